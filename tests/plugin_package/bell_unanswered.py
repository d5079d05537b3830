"""A signal of another package."""

from thirdplace.flow.signals import signal
from thirdplace.foundation.engine import Tables
from thirdplace.foundation.engine.expr import Table, _


@signal(
    suggests="ring_bell",
    question="coming_up",
    minutes=2,
    subject="message",
    line="%(who)s spoke of **the bell**.",
    why="They spoke of it %(n)s time.",
)
def bell_unanswered(t: Tables) -> Table:
    """Somebody spoke of the bell.

    Why:      A bell that nobody rings is silent.
    Evidence: none; a test.
    Rests:    when it is rung.
    """
    spoke = t.activities.filter(_.text.lower().contains("the bell"))
    return spoke.select(
        subject=_.key, member_id=_.member_id, channel=_.channel, began_at=_.happened_at, weight=1.0, n=1
    )

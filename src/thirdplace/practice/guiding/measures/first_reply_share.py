"""Whether newcomers are answered."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _, within
from thirdplace.foundation.engine.measuring import EVER
from thirdplace.practice.guiding.first_words import PATIENCE, first_words


@measure(
    title="Newcomers answered within a day", question="answered", unit="share", fold="mean", least=10, near=True,
    before=EVER,
)  # fmt: skip
def first_reply_share(t: Tables) -> Table:
    """Share of newcomers whose first words got a reply within a day.

    Unit:   share, from 0 to 1; shown as a percentage.
    Better: up.
    Source: first messages, and what was said after them in their conversation or in reply to them by name.
    Counts: each member once, by the first thing they said here, when it has had its day. In a flat channel, a
            conversation ends with half an hour of silence.
    Omits:  first words that reply to somebody; staff and bots; replies by bots and by the newcomer. A steward's reply
            is a reply. Where an archive begins in the middle, its first weeks take old hands for newcomers.
    Empty:  None when no newcomer spoke: we cannot tell. Silence is not a bad score.
    """
    spoken = first_words(t).filter(_.happened_at <= _.known_until - PATIENCE)
    return spoken.mutate(value=within(_.replied_at, _.happened_at, PATIENCE).ifelse(1.0, 0.0))

"""How long people wait."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.conversations import FOLLOWED
from thirdplace.foundation.engine.expr import Table, _, first_known, least, seconds_between


@measure(title="Time to first response", question="answered", unit="seconds", fold="survival", least=10, near=True)
def time_to_first_response(t: Tables) -> Table:
    """How long half of those who open a conversation wait for a first response.

    Unit:   seconds; shown as minutes, hours or days.
    Better: down.
    Source: openers of conversations, and what was said after them in their conversation or in reply to them by name.
            After the CHAOSS metric Time to First Response; the estimate is Kaplan and Meier's.
    Counts: each question, topic, and first message after half an hour of silence in a flat channel, on the day it was
            written. Who still waits counts for as long as they have waited, thirty days at most.
    Omits:  conversations opened by staff and bots; responses by bots and by the opener. A steward's response counts.
    Empty:  None when nobody opened one, and when fewer than half of them have had a response: then no half has.
    """
    end = least(_.known_until, _.happened_at + FOLLOWED)
    return (
        t.openings.filter(_.opens)
        .mutate(seen=(_.replied_at <= _.known_until).fill_null(False).ifelse(1, 0))
        .mutate(until=(_.seen == 1).ifelse(_.replied_at, end))
        .mutate(value=seconds_between(_.happened_at, first_known(_.until, end)))
    )

"""How many arrive."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table
from thirdplace.foundation.engine.measuring import EVER
from thirdplace.practice.guiding.first_words import first_spoken


@measure(title="Newcomers", question="coming", unit="members", fold="distinct", near=True, before=EVER)
def newcomers(t: Tables) -> Table:
    """How many members spoke here for the first time.

    Unit:   members.
    Better: up.
    Source: the first message of each member, in any of our places, as they stand today.
    Counts: each member once, on the day of their first message, where they wrote it.
    Omits:  staff and bots; who joined and has not spoken. Where an archive begins in the middle, its first weeks take
            old hands for newcomers.
    Empty:  None before the first and after the last day that we know of; a day on which nobody arrived is 0.
    """
    return first_spoken(t)

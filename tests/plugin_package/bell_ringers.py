"""A measure of another package."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _


@measure(title="Bell ringers", question="own", unit="members", fold="distinct")
def bell_ringers(t: Tables) -> Table:
    """How many members spoke in a thread called bell.

    Unit:   members.
    Better: neither. A quiet bell is a quiet parish.
    Source: what was asked.
    Counts: each member once, on the days they asked.
    Omits:  staff and bots.
    Empty:  None where nothing was read.
    """
    return t.activities.filter(_.kind == "asked").mutate(value=1)

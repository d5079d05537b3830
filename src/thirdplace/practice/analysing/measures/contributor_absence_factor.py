"""On how few it rests."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.engine.periods import Grain
from thirdplace.foundation.translation import gettext_noop


@measure(
    title="Contributor absence factor", question="shared", unit="members", fold="half", least=10, near=True,
    channels=False,
    grains=(Grain.WEEK, Grain.MONTH),
    says=gettext_noop("Half of all messages %(when)s came from the busiest members: %(value)s of %(n)s."),
)  # fmt: skip
def contributor_absence_factor(t: Tables) -> Table:
    """The smallest number of members who together wrote half of all messages.

    Unit:   members.
    Better: up. The more there are, the less is lost when one of them leaves.
    Source: messages of each member. The CHAOSS metric Contributor Absence Factor, once called bus factor, which counts
            any contribution; here messages alone.
    Counts: every member who wrote in the period, those who wrote most first, until half of all messages is reached.
    Omits:  staff and bots; messages whose author is not named.
    Empty:  None when nobody wrote. By day too few write to compare them.
    """
    return t.days.filter(_.member_id.notnull()).mutate(value=_.n)

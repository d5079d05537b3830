"""How often those who come are here."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.engine.periods import Grain
from thirdplace.foundation.translation import gettext_noop


@measure(
    title="Stickiness", question="staying", unit="share", fold="sticky", least=20, near=True, channels=False,
    grains=(Grain.WEEK, Grain.MONTH),
    says=gettext_noop("On an average day %(of)s of every 100 who wrote %(when)s wrote something."),
)  # fmt: skip
def stickiness(t: Tables) -> Table:
    """Members active on an average day, as a share of those active in the whole period.

    Unit:   share, from 0 to 1; shown as a percentage.
    Better: up.
    Source: on which days each member said something. By month it is what others call daily over monthly active users;
            by week the same over the week. CHAOSS and the Orbit model have no such metric.
    Counts: of each member who was active in the period, on what part of its days they were.
    Omits:  staff and bots; who only read or reacted. In a period that is not over, days to come count as days away.
    Empty:  None when nobody was active. By day it would always be 1.
    """
    return t.days.filter(_.member_id.notnull()).mutate(value=_.n)

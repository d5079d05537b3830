"""How many of those who begin are there later."""

from thirdplace.foundation.engine import Tables, picture
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.translation import gettext_noop


@picture(
    title="Retention", question="staying", shape="triangle", least=10,
    sure=gettext_noop("Wilson's interval of a share: where the true share probably lies, in 95 of 100 cases."),
)  # fmt: skip
def retention(t: Tables) -> Table:
    """Of those who first wrote in a month, how many wrote again in each month after.

    Unit:   share of those who began, from 0 to 1; shown as a percentage.
    Better: up.
    Source: on which days each member said something. CHAOSS and the Orbit model have no such metric; elsewhere it is
            called cohort retention.
    Counts: each member by the calendar month of their first words, and each later month in which they wrote, whatever
            lies between. A month that is not over is not shown.
    Omits:  staff and bots; who reads on without writing. Where an archive begins in the middle, its first months take
            old hands for newcomers.
    Empty:  None where a month has not come yet. Of fewer than ten who began, their number is shown and no share.
    """
    spoken = t.days.filter(_.member_id.notnull())
    months = spoken.mutate(year=_.happened_on.year(), month=_.happened_on.month())
    months = months.mutate(on=_.year * 12 + _.month - 1).select("member_id", "on").distinct()
    began = months.group_by(who="member_id").agg(since=_.on.min())
    there = months.join(began, months.member_id == began.who)
    there = there.mutate(began=_.since // 12 * 100 + _.since % 12 + 1, age=_.on - _.since)
    return there.group_by("began", "age").agg(n=_.count())

"""How much a very few write."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.engine.periods import Grain
from thirdplace.foundation.translation import gettext_noop


@measure(
    title="Share of the busiest hundredth", question="shared", unit="share", fold="top", least=100, near=True,
    channels=False,
    grains=(Grain.WEEK, Grain.MONTH),
    says=gettext_noop(
        "Of every 100 messages %(when)s, the busiest 1 %% of members wrote %(of)s, the next 9 %% wrote %(next)s, all "
        "others %(rest)s."
    ),
)  # fmt: skip
def top_share(t: Tables) -> Table:
    """Share of messages that the busiest 1 % of members wrote; with it, those of the next 9 % and of all others.

    Unit:   share, from 0 to 1; shown as a percentage.
    Better: neither. Look when it moves.
    Source: messages of each member. After Nielsen's 90-9-1 rule, in which 90 % only read: we cannot see who reads, so
            these are shares of those who wrote. CHAOSS has no such metric; its Contributor Absence Factor is akin.
    Counts: every member who wrote in the period; the hundredth and the tenth rounded to whole members.
    Omits:  staff and bots; who wrote nothing; messages whose author is not named.
    Empty:  None when nobody wrote. Below 100 members there is no hundredth: no share is said.
    """
    return t.days.filter(_.member_id.notnull()).mutate(value=_.n)

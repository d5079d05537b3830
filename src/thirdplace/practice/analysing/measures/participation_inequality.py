"""How evenly the talk is shared."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.engine.periods import Grain
from thirdplace.foundation.translation import gettext_noop


@measure(
    title="Participation inequality", question="shared", unit="index", fold="gini", least=20, near=True, channels=False,
    grains=(Grain.WEEK, Grain.MONTH),
    says=gettext_noop(
        "%(value)s %(when)s, where 0 means that all who wrote wrote equally much and 1 that one wrote everything."
    ),
)  # fmt: skip
def participation_inequality(t: Tables) -> Table:
    """How unequally messages are spread over those who wrote (Gini's coefficient).

    Unit:   index, from 0 (everyone wrote as much) to 1 (one wrote everything).
    Better: neither. Every community has a few who write much; look when it moves.
    Source: messages of each member. Gini's coefficient, not corrected for small numbers: of so many members it is at
            most one less one part in so many. CHAOSS has no such metric; its Contributor Absence Factor is akin.
    Counts: every member who wrote in the period, by how many messages they wrote in it.
    Omits:  staff and bots; who wrote nothing, so that readers do not count; messages whose author is not named.
    Empty:  None when nobody wrote. By day too few write to compare them.
    """
    return t.days.filter(_.member_id.notnull()).mutate(value=_.n)

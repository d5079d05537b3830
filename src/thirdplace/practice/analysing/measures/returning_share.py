"""Whether those who are here come back."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.engine.spreads import AGAIN
from thirdplace.foundation.translation import gettext_noop


@measure(
    title="Returning members", question="staying", unit="share", fold="again", least=20, near=True, ripens=AGAIN,
    channels=False,
    says=gettext_noop("Of every 100 who wrote %(when)s, %(of)s wrote again in the four weeks after."),
)  # fmt: skip
def returning_share(t: Tables) -> Table:
    """Share of those active in a period who are active again within the four weeks after it.

    Unit:   share, from 0 to 1; shown as a percentage.
    Better: up.
    Source: on which days each member said something. CHAOSS counts contributors who came again whatever the time
            between; here it is four weeks. The Orbit model has no such metric.
    Counts: each member who was active in the period, newcomers too, when its four weeks are over. Of a channel or a
            source: who came back to the same one.
    Omits:  staff and bots; who came back only to read or react.
    Empty:  None when nobody was active, and until four weeks after a period.
    """
    return t.days.filter(_.member_id.notnull()).mutate(value=_.n)

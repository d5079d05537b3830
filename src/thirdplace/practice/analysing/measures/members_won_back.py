"""Who comes back after a silence."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.translation import gettext_noop
from thirdplace.practice.analysing.silences import FORGOTTEN, SILENCE, visits


@measure(
    title="Members won back", question="staying", unit="members", fold="distinct", near=True, channels=False,
    before=FORGOTTEN.days + 1,
    says=gettext_noop("Members who came back after four weeks of silence or more %(when)s: %(value)s."),
)  # fmt: skip
def members_won_back(t: Tables) -> Table:
    """How many members spoke again after four weeks of silence or more.

    Unit:   members.
    Better: up.
    Source: on which days each member said something. CHAOSS and the Orbit model have no such metric.
    Counts: each member once a period, on the day they spoke again, where they did.
    Omits:  staff and bots; newcomers; who had been silent for longer than a year, who is as good as new.
    Empty:  None before the first and after the last day that we know of; a day on which nobody came back is 0.
    """
    return t.by_day(
        visits(t)
        .filter((_.first_at > _.before_at + SILENCE).fill_null(False), _.first_at <= _.before_at + FORGOTTEN)
        .mutate(happened_at=_.first_at)
    )

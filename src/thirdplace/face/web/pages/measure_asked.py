"""Which part of a measure a reader asked for: how long back, by what, of whom; read from the address."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy

from thirdplace.face.web.pages.keys import number
from thirdplace.face.web.request import Request
from thirdplace.foundation.engine import Slice
from thirdplace.foundation.engine.look import ONLY, WITH, WITHOUT
from thirdplace.foundation.engine.periods import Grain, Period

BACK = {
    "3": (gettext_lazy("3 months"), 13),
    "6": (gettext_lazy("6 months"), 26),
    "24": (gettext_lazy("2 years"), 104),
    "all": (gettext_lazy("All"), None),
}  # in weeks
GRAINS = {Grain.DAY: gettext_lazy("Day"), Grain.WEEK: gettext_lazy("Week"), Grain.MONTH: gettext_lazy("Month")}
STAFF = {
    WITHOUT: gettext_lazy("without staff"),
    WITH: gettext_lazy("with staff"),
    ONLY: gettext_lazy("only staff"),
}


@dataclass(frozen=True)
class MeasureAsked:
    """The period shown, its grain, the part of the community, and the one period whose rows are asked for."""

    back: str
    grain: str
    part: Slice
    on: date | None = None

    @property
    def is_part(self) -> bool:
        """Whether it is a part of the community only, or staff too."""
        return self.part != Slice()

    def begin(self, last: date) -> date | None:
        """The first day shown, counted back from the last known one."""
        weeks = BACK[self.back][1]
        return None if weeks is None else Period.of(last - timedelta(weeks=weeks), self.grain).begins_on

    def period(self, otherwise: date | None) -> Period | None:
        """The period whose rows are asked for; else the one given."""
        on = self.on or otherwise
        return Period.of(on, self.grain) if on else None


def read(request: Request) -> MeasureAsked:
    """What was asked for; what makes no sense is left out."""
    query = request.GET
    grain = query.get("grain", "")
    back = query.get("back", "")
    staff = query.get("staff", "")
    language = query.get("language", "")
    part = Slice(
        source=number(query.get("source")),
        channel=number(query.get("channel")),
        language=language if language.isalpha() and len(language) <= 8 else None,
        staff=staff if staff in STAFF else WITHOUT,
    )
    return MeasureAsked(
        back if back in BACK else "6", grain if grain in set(Grain) else Grain.WEEK, part, _day(query.get("on"))
    )


def _day(given: str | None) -> date | None:
    """A day from an address."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        return None

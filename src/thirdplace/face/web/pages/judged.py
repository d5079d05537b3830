"""A measure judged: its last whole period, what is usual, and the verdict in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from thirdplace.flow import charts
from thirdplace.flow.charts import Unit, figure
from thirdplace.flow.dates import date_format
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.engine import Measure, Reading
from thirdplace.foundation.engine.periods import Grain, Period
from thirdplace.foundation.engine.showing import YEAR, Usual, last_whole, usual, verdict
from thirdplace.foundation.members.models import Community

UNITS = {"share": Unit.SHARE, "seconds": Unit.SECONDS, "index": Unit.INDEX}
SHOWN = 14  # periods of a tiny line


def unit_of(measure: Measure) -> Unit:
    """How a measure's values are written."""
    return UNITS.get(measure.unit, Unit.COUNT)


@dataclass(frozen=True)
class Judged:
    """A measure with its readings of one grain and slice, oldest first."""

    measure: Measure
    grain: str
    readings: Sequence[Reading]
    last: Reading
    usual: Usual | None
    verdict: str  # higher, lower, as_usual, cannot_tell, early, few

    @property
    def title(self) -> str:
        """The measure's name."""
        return gettext(self.measure.title)

    @property
    def to(self) -> str:
        """Its page."""
        return reverse("measure", args=[self.measure.slug])

    @property
    def unit(self) -> Unit:
        """How its values are written."""
        return unit_of(self.measure)

    @property
    def figure(self) -> str:
        """Its last value, or nothing where it would be a rate from too few."""
        if self.last.value is None or self.verdict == "few":
            return ""
        return figure(self.last.value, self.unit)

    @property
    def of(self) -> str:
        """What stands small behind the value: the period, or where the true value probably lies."""
        if self.last.value is None or self.verdict == "few":
            return ""
        if self.measure.is_rate:
            return between(self.last, self.unit, whole=False)
        return {
            Grain.DAY: gettext("a day"), Grain.WEEK: gettext("a week"), Grain.MONTH: gettext("a month"),
        }[Grain(self.grain)]  # fmt: skip

    @property
    def words(self) -> str:
        """The verdict, as one would say it."""
        if self.verdict == "few":
            return ngettext("too few to say: %(n)s case", "too few to say: %(n)s cases", self.last.n) % {
                "n": self.last.n
            }
        return {
            "higher": gettext("higher than usual"),
            "lower": gettext("lower than usual"),
            "as_usual": gettext("as usual"),
            "early": gettext("too early to say"),
        }.get(self.verdict, gettext("we cannot tell"))

    @property
    def is_unusual(self) -> bool:
        """Whether it stands out."""
        return self.verdict in ("higher", "lower")

    @property
    def within(self) -> str:
        """The last whole period, as a sentence has it."""
        return within(self.last.begins_on, self.grain) if self.last.begins_on else ""

    @property
    def period(self) -> str:
        """The last whole period, by its name."""
        return named(self.last.begins_on, self.grain) if self.last.begins_on else ""

    def spark(self, *, width: int = 108, height: int = 28) -> SafeString:
        """The last periods as a tiny line over the usual range."""
        shown = list(self.readings[-SHOWN:])
        opened = sum(reading.open for reading in shown)
        values = [each.value for each in self.drawable(shown)]
        band = (self.usual.low, self.usual.high) if self.usual else None
        return charts.spark(values, usual=band, open=opened, width=width, height=height)

    def drawable(self, readings: Sequence[Reading]) -> list[Reading]:
        """Readings without rates from too few: those are gaps in a line, and rows below it."""
        if not self.measure.is_rate:
            return list(readings)
        return [replace(each, value=None) if each.n < self.measure.least else each for each in readings]


def judge(
    measure: Measure,
    community: Community,
    *,
    grain: str = Grain.WEEK,
    part: str = "all",
    begin: date | None = None,
    end: date | None = None,
    now: datetime | None = None,
) -> Judged:
    """A measure's stored readings, judged: two queries. begin, end: the first day, and the one after the last.

    now: judge by what was known at another moment than the community's; computed, and remembered.
    """
    readings = measure.series(community, grain, part, begin=begin, end=end, now=now)
    if end is not None:
        readings = [each for each in readings if each.ends_on and each.ends_on <= end]
    last = last_whole(readings)
    rate, on = measure.is_rate, last.begins_on
    known = usual(readings, before=on, least=measure.least, shares=rate) if on else None
    return Judged(measure, grain, readings, last, known, _verdict(measure, last, known))


def lately(community: Community, grain: str) -> date | None:
    """From when readings must be known to say how things are: the usual year, and what a tiny line shows."""
    last = Source.objects.filter(community=community).aggregate(last=Max("known_until"))["last"]
    if last is None:
        return None
    shown = timedelta(days=SHOWN * {Grain.DAY: 1, Grain.WEEK: 7, Grain.MONTH: 31}[Grain(grain)])
    began: date = last.astimezone(community.tz).date() - YEAR - shown
    return Period.of(began, grain).begins_on


def _verdict(measure: Measure, last: Reading, known: Usual | None) -> str:
    """How the last whole period stands; why not, where we cannot say."""
    if last.value is None:
        return "cannot_tell"
    if measure.is_rate and last.n < measure.least:
        return "few"
    if known is None:
        return "early"
    return verdict(last, known, least=measure.least if measure.is_rate else 0)  # a count of 0 is a count


def edges(reading: Reading, unit: Unit, *, whole: bool = True) -> dict[str, str]:
    """Between what the true value probably lies; people are `whole`, means are not. An unknown end is ""."""
    low, high = reading.low, reading.high
    if unit is Unit.COUNT and whole:
        low, high = None if low is None else math.floor(low), None if high is None else math.ceil(high)
    return {"low": "" if low is None else figure(low, unit), "high": "" if high is None else figure(high, unit)}


def between(reading: Reading, unit: Unit, *, whole: bool = True) -> str:
    """The same in words. A wait may have no upper end: too few of them ended."""
    told = edges(reading, unit, whole=whole)
    if not told["low"]:
        return ""
    return (gettext("%(low)s to %(high)s") if told["high"] else gettext("%(low)s or more")) % told


def named(on: date, grain: str, *, year: bool = False) -> str:
    """A period by its name: 17 November, week of 9 November, November 2026."""
    if grain == Grain.MONTH:
        return date_format(on, "F Y")
    told = date_format(on, "j F Y" if year else "j F")
    return gettext("week of %(day)s") % {"day": told} if grain == Grain.WEEK else told


def within(on: date, grain: str) -> str:
    """A period as a sentence has it: on 17 November; in the week of 9 November; in November 2026."""
    if grain == Grain.MONTH:
        return gettext("in %(month)s") % {"month": date_format(on, "F Y")}
    told = {"day": date_format(on, "j F")}
    return gettext("in the week of %(day)s") % told if grain == Grain.WEEK else gettext("on %(day)s") % told


def short(on: date, grain: str) -> str:
    """The same below an axis."""
    return date_format(on, "M Y" if grain == Grain.MONTH else "j M")

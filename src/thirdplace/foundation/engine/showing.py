"""Readings for pages: as they were stored, or computed now and remembered; and what is usual."""

import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from thirdplace.foundation.channels.models import Channel
from thirdplace.foundation.engine import folds
from thirdplace.foundation.engine.models import Reading as Row
from thirdplace.foundation.engine.models import Settled
from thirdplace.foundation.engine.opening import tables
from thirdplace.foundation.engine.periods import Period, periods
from thirdplace.foundation.engine.reading import NOTHING, Reading, counted
from thirdplace.foundation.engine.slices import Slice
from thirdplace.foundation.engine.spans import known
from thirdplace.foundation.members.models import Community

if TYPE_CHECKING:
    from thirdplace.foundation.engine.measuring import Measure

ENOUGH = 8  # readings, before we say what is usual
YEAR = timedelta(days=365)
REMEMBERED = 200  # series that were computed on opening
STORED = {"all": ("day", "week", "month"), "source": ("day", "week", "month"), "channel": ("week",)}
Days = dict[date, Reading]


@dataclass(frozen=True)
class Usual:
    """Between what a measure's readings lay in four of five periods of the year before. n: how many periods."""

    low: float
    high: float
    n: int


class _Remembered:
    """What was computed on opening, until the log moves on."""

    series: "OrderedDict[tuple[Any, ...], tuple[Days, tuple[date | None, date | None]]]" = OrderedDict()


def series(
    measure: "Measure",
    community: Community,
    grain: str,
    part: Slice,
    *,
    begin: date | None,
    end: date | None,
    now: datetime | None,
) -> list[Reading]:
    """A measure's readings period by period, oldest first; one for each period, known or not.

    begin, end: the first day, and the day after the last; all that is known when they are left out.
    """
    found, (first, last) = _found(measure, community, grain, part, now, begin)
    if first is None or last is None:
        return []
    wanted = periods(begin or first, end or last + timedelta(days=1), grain)
    if grain not in measure.grains:
        return [NOTHING.of(each.begins_on, each.ends_on, open=each.ends_on > last) for each in wanted]
    return [_reading(measure, found, period, first, last) for period in wanted]


def usual(readings: Iterable[Reading], *, before: date, least: int, shares: bool) -> Usual | None:
    """What was usual in the year before a day; None while too little is known."""
    year = [each for each in readings if each.begins_on and before - YEAR <= each.begins_on < before]
    values = [each.value for each in year if each.value is not None and not each.open]
    if shares:
        values = [each.value for each in year if each.value is not None and not each.open and each.n >= least]
    if len(values) < ENOUGH:
        return None
    low, high = np.quantile(values, [0.1, 0.9])
    return Usual(float(low), float(high), len(values))


def verdict(reading: Reading, usual: Usual | None, *, least: int) -> str:
    """How a reading stands to what is usual: higher, lower, as_usual; cannot_tell from too little."""
    if usual is None or reading.value is None or reading.n < least:
        return "cannot_tell"
    if reading.value > usual.high:
        return "higher"
    return "lower" if reading.value < usual.low else "as_usual"


def last_whole(readings: list[Reading]) -> Reading:
    """The newest reading whose period is over."""
    return next((each for each in reversed(readings) if not each.open), NOTHING)


def until(settled: Settled) -> datetime:
    """The moment after which stored readings know nothing."""
    return max(datetime.fromisoformat(each) for each in settled.follows_from["known"].values())


def _found(
    measure: "Measure", community: Community, grain: str, part: Slice, now: datetime | None, begin: date | None
) -> tuple[Days, tuple[date | None, date | None]]:
    """The readings there are by the day they begin on, and from when until when something is known."""
    settled = Settled.objects.filter(community=community).first()
    if settled is None or not settled.spans:
        return {}, (None, None)
    written = str(part)
    kind = written.partition(":")[0]
    stored = grain in STORED.get(kind, ()) and (measure.channels or kind != "channel")
    if now is None and "," not in written and stored:
        return _stored(measure, community, grain, written, begin), _span(settled, part)
    at = now or until(settled)
    key = (community.pk, measure.slug, grain, written, at.isoformat(), json.dumps(settled.follows_from, sort_keys=True))
    remembered = _Remembered.series
    if key not in remembered:
        seen = tables(community, at)
        ask = measure.sql(part.staff), part.condition(), grain, seen.query
        remembered[key] = folds.series(measure.fold, *ask), known(seen, part)
        while len(remembered) > REMEMBERED:
            remembered.popitem(last=False)
    return remembered[key]


def _stored(measure: "Measure", community: Community, grain: str, written: str, begin: date | None) -> Days:
    rows = Row.objects.filter(community=community, measure=measure.slug, grain=grain, slice=written)
    if begin is not None:
        rows = rows.filter(begins_on__gte=Period.of(begin, grain).begins_on)
    columns = rows.values_list("begins_on", "value", "n", "low", "high", "more")
    return {on: Reading(value, n, low, high, more or {}) for on, value, n, low, high, more in columns.iterator()}


def _span(settled: Settled, part: Slice) -> tuple[date | None, date | None]:
    """From when until when a part is known, as it was stored: a channel as far as its source."""
    source = part.source
    if source is None and part.channel is not None:
        channels = Channel.objects.filter(community_id=settled.community_id, number=part.channel)
        source = channels.values_list("source_id", flat=True).first()
    found = settled.spans.get("all" if source is None else str(source))
    return (date.fromisoformat(found[0]), date.fromisoformat(found[1])) if found else (None, None)


def _reading(measure: "Measure", found: Days, period: Period, first: date, last: date) -> Reading:
    """A period's reading. Where something is known and nothing was said, a count is 0 and a share is nothing.

    What leans on days that are not known yet is nothing, and open.
    """
    if period.ends_on <= first or period.begins_on > last:
        return NOTHING.of(period.begins_on, period.ends_on, open=period.begins_on > last)
    if measure.ripens and period.ends_on + timedelta(days=measure.ripens) > last:
        return NOTHING.of(period.begins_on, period.ends_on, open=True)
    reading = found.get(period.begins_on, NOTHING if measure.is_rate else counted(0, 0))
    return reading.of(period.begins_on, period.ends_on, open=period.ends_on > last)

"""What drawings are made of: points, units and their words, a scale with plain figures, and the table beside it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext


class Unit(StrEnum):
    """What a value is: a share or an index from 0 to 1, a number of things, or seconds."""

    SHARE = "share"
    COUNT = "count"
    SECONDS = "seconds"
    INDEX = "index"


@dataclass(frozen=True, kw_only=True)
class Point:
    """A value with its name under the axis. value is None where nothing is known; open: its period is not over yet.

    low and high: where the true value probably lies. n: of how many. long: its name in full, for the table.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    open: bool = False
    long: str = ""


@dataclass(frozen=True)
class Table:
    """The numbers of a drawing, in words. right: which columns hold figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """A drawing, the words of its key (class of the sign, its meaning), and the same numbers as a table.

    beyond: an interval goes on above the drawing, which would otherwise hide the line.
    """

    svg: SafeString
    key: tuple[tuple[str, str], ...]
    table: Table
    beyond: bool = False


_SECONDS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400)


def figure(value: float | None, unit: Unit | str = Unit.COUNT) -> str:
    """A value as people read it: 84 %, 1,204, 2 h 5 min; a dash where nothing is known."""
    if value is None:
        return "–"
    if unit == Unit.SHARE:
        return f"{number_format(round(100 * value), decimal_pos=0)}\u00a0%"
    if unit == Unit.INDEX:
        return number_format(round(value, 2), decimal_pos=2)
    if unit == Unit.SECONDS:
        return _wait(value)
    places = 0 if value == round(value) or abs(value) >= 10 else 1
    return number_format(round(value, places), decimal_pos=places, force_grouping=True)  # it would cut, not round


def _wait(value: float) -> str:
    """A length of time in its two largest units; rounded to the smaller of them."""
    coarse = 3_600 if value >= 86_400 else 60 if value >= 60 else 1
    left = round(value / coarse) * coarse
    parts = []
    for size, sign in _SECONDS:
        whole, left = divmod(left, size)
        if whole:
            parts.append(_in(int(whole), sign))
    return " ".join(parts[:1] if value >= 864_000 else parts[:2]) or _in(0, "s")


def _in(n: int, sign: str) -> str:
    """A number of days, hours, minutes or seconds, short."""
    words = {
        "d": gettext("%(n)s d"),
        "h": gettext("%(n)s h"),
        "min": gettext("%(n)s min"),
        "s": gettext("%(n)s s"),
    }
    return words[sign] % {"n": n}


@dataclass(frozen=True)
class Scale:
    """The upright axis: from low to high in even steps, over a height in pixels below a top."""

    low: float
    high: float
    step: float
    top: float
    height: float

    def y(self, value: float) -> float:
        """Where a value stands, in pixels from the top of the drawing; never outside the plot."""
        part = (value - self.low) / (self.high - self.low)
        return round(self.top + self.height * (1 - min(max(part, 0.0), 1.0)), 1)

    def ticks(self) -> list[float]:
        """The values with a rule and a word."""
        count = round((self.high - self.low) / self.step)
        return [self.low + nth * self.step for nth in range(count + 1)]


def scale(values: Iterable[float | None], unit: Unit | str, *, top: float, height: float, zero: bool = True) -> Scale:
    """An axis with plain steps that holds all values. Bars and counts begin at 0; a line of shares may begin higher."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    most, least = max(known, default=0.0), min(known, default=0.0)
    many = 4 if height > 120 else 2
    if unit in (Unit.SHARE, Unit.INDEX) and not known:
        return Scale(0.0, 1.0, 0.25, top, height)
    if unit in (Unit.SHARE, Unit.INDEX):
        return _share_scale(least, most, top=top, height=height, zero=zero)
    from_ = 0.0 if zero or least < most / 2 else least
    step = _step((most - from_) / many, unit) or 1.0
    low = math.floor(from_ / step) * step
    high = max(math.ceil(most / step) * step, low + step)
    return Scale(low, high, step, top, height)


def _share_scale(least: float, most: float, *, top: float, height: float, zero: bool) -> Scale:
    """Shares stand on 0 to 100 %; a line may begin at a fifth or two below what is seen, and end above it."""
    if most <= 0.1:
        step = 0.02 if most > 0.04 else 0.01
        return Scale(0.0, max(math.ceil(most / step) * step, step), step, top, height)
    step = 0.2 if height > 120 else 0.5
    low = 0.0 if zero else max(0.0, math.floor((least - 0.02) / step) * step)
    high = min(1.0, max(math.ceil(round(most / step, 6)) * step, low + step))
    return Scale(round(low, 2), round(high, 2), step, top, height)


def _step(rough: float, unit: Unit | str) -> float:
    """The next plain step: 1, 2 or 5 times a power of ten; of time: what clocks and calendars have."""
    if rough <= 0:
        return 0.0
    if unit == Unit.SECONDS and rough <= _STEPS[-1]:
        return float(next(step for step in _STEPS if step >= rough))
    if unit == Unit.SECONDS:
        return 86_400 * _step(rough / 86_400, Unit.COUNT)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough * 0.999)
    return max(step, 1.0)


def table(points: Sequence[Point], unit: Unit | str, *, what: str, when: str) -> Table:
    """The numbers of one series; columns only for what is there."""
    ranged, counted = any(p.low is not None for p in points), any(p.n is not None for p in points)
    head = [when, what, *([gettext("probably between")] if ranged else []), *([gettext("of")] if counted else [])]
    rows = []
    for point in points:
        row = [point.long or point.name, words(point, unit)]
        if ranged:
            row.append("" if point.low is None or point.value is None else between(point, unit))
        if counted:
            row.append("" if point.n is None else figure(point.n))
        rows.append(tuple(row))
    return Table(tuple(head), tuple(rows), tuple(range(1, len(head))))


def words(point: Point, unit: Unit | str) -> str:
    """A point's value in words, and whether it may still change."""
    if point.value is None:
        return gettext("nothing to count")
    told = figure(point.value, unit)
    return gettext("%(value)s, still open") % {"value": told} if point.open else told


def between(point: Point, unit: Unit | str) -> str:
    """A point's interval in words; some know no upper end."""
    if point.high is None:
        return gettext("%(low)s or more") % {"low": figure(point.low, unit)}
    return gettext("%(low)s to %(high)s") % {"low": figure(point.low, unit), "high": figure(point.high, unit)}

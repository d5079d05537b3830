"""Lines over time, several lines with their names at their ends, and how many still wait after how long."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from thirdplace.flow.charts import drawing
from thirdplace.flow.charts.parts import Chart, Point, Scale, Table, Unit, figure, scale, table

REACH = 2  # times the highest value: an interval that goes further would press the line flat
FOOT = 24  # pixels for the names under the axis
KNOTS = (0, 1_800, 7_200, 28_800, 86_400, 345_600, 1_209_600, 5_184_000, 31_536_000)  # waits that people tell apart


@dataclass(frozen=True)
class Deed:
    """Something we did, as an upright between two points: at the nth point, with its word."""

    nth: float
    word: str


@dataclass(frozen=True)
class Series:
    """One of several lines: its name, and its points."""

    name: str
    points: Sequence[Point]


def line(
    points: Sequence[Point],
    *,
    unit: Unit | str,
    what: str,
    usual: tuple[float, float] | None = None,
    deeds: Sequence[Deed] = (),
    small: bool = False,
    within: Sequence[float | None] = (),
) -> Chart:
    """One measure over time: line, interval, usual range, open periods hollow, gaps where nothing is known.

    what: the measure's name, for key and table. small: one of several multiples; `within`: the values of all of them,
    so that they share a scale.
    """
    top, height = (30 if deeds else 10), (112 if small else 296 if deeds else 272)
    said = [value for value in (*(p.value for p in points), *(usual or ()), *within) if value is not None]
    room = math.inf if unit == Unit.SHARE or not any(said) else REACH * max(said)
    sure = [edge for p in points for edge in (p.low, p.high) if edge is not None and p.value is not None]
    axis = scale(
        [*said, *(min(edge, room) for edge in sure)], unit, top=top, height=height - top - FOOT, zero=unit != Unit.SHARE
    )
    places = _places(len(points))
    drawn = [
        drawing.usual_range(axis, *usual) if usual else drawing.NOTHING,
        drawing.grid(axis, unit),
        _one(points, places, axis, thin=small),
        drawing.usual_word(axis, usual[1], gettext("usual")) if usual and not small else drawing.NOTHING,
        drawing.join(_deed(deed, len(points), top, height - FOOT) for deed in deeds),
        drawing.under([p.name for p in points], places, height - 5, most=3 if small else 7),
    ]
    svg = drawing.picture(
        drawn,
        height=height,
        classes=drawing.gutter(axis, unit),
        names=[p.long or p.name for p in points],
        told=drawing.told(points, unit),
        plot=height - FOOT,
    )
    told = table(points, unit, what=what, when=gettext("When"))
    return Chart(svg, _key(points, what, usual is not None), told, beyond=max(sure, default=0.0) > axis.high)


def _places(count: int) -> list[float]:
    """Where each of so many points stands across; one alone stands in the middle."""
    return [0.5] if count == 1 else [nth / (count - 1) for nth in range(count)]


def _one(points: Sequence[Point], places: Sequence[float], axis: Scale, *, thin: bool) -> SafeString:
    """Band, line, what is open, and points that stand alone."""
    closed = _runs(points, places, axis, lambda point: not point.open)
    ranged = [
        [(places[n], axis.y(points[n].low or 0.0), axis.y(points[n].high or 0.0)) for n in run]
        for run in _spans(points, lambda point: point.low is not None and point.high is not None)
    ]
    late = [
        [(places[a], axis.y(points[a].value or 0.0)), (places[b], axis.y(points[b].value or 0.0))]
        for a, b in pairwise(range(len(points)))
        if points[b].open and points[a].value is not None and points[b].value is not None
    ]
    kind = "thin" if thin else ""
    strokes = [drawing.band(ranged, ""), drawing.curve(closed, kind), drawing.curve(late, "open")]
    alone = [drawing.dot(*run[0], "lone") for run in closed if len(run) == 1]
    hollow = [
        drawing.dot(places[n], axis.y(point.value), "hollow", 3.5)
        for n, point in enumerate(points)
        if point.open and point.value is not None
    ]
    return drawing.join([drawing.inner(axis, strokes), *alone, *hollow])


def _spans(points: Sequence[Point], fits: Callable[[Point], bool]) -> Iterator[list[int]]:
    """Stretches of neighbouring points that have a value and fit."""
    run: list[int] = []
    for n, point in enumerate(points):
        if point.value is not None and fits(point):
            run.append(n)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _runs(
    points: Sequence[Point], places: Sequence[float], axis: Scale, fits: Callable[[Point], bool]
) -> list[list[tuple[float, float]]]:
    """The stretches as places in the drawing."""
    return [[(places[n], axis.y(points[n].value or 0.0)) for n in run] for run in _spans(points, fits)]


def _deed(deed: Deed, count: int, top: float, foot: float) -> SafeString:
    """A dotted upright with its word above it, which stays inside the drawing."""
    x = deed.nth / max(count - 1, 1)
    anchor = "start" if x < 0.2 else "end" if x > 0.8 else "middle"
    return format_html(
        '<line class="deed" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<text class="word" x="{0}" y="{3}" text-anchor="{4}">{5}</text>',
        drawing.per_cent(min(max(x, 0.0), 1.0)),
        top - 10,
        foot,
        top - 16,
        anchor,
        deed.word,
    )


def _key(points: Sequence[Point], what: str, usual: bool) -> tuple[tuple[str, str], ...]:
    """What each sign of a line means; only signs that are there."""
    key = [("l", what)]
    if any(p.low is not None for p in points):
        key.append(("area", _sure()))
    if usual:
        key.append(("sand", gettext("usual range, the year before")))
    if any(p.open and p.value is not None for p in points):
        key.append(("o", gettext("still open, may change")))
    return tuple(key)


def _sure() -> str:
    """What a band says. Its space before % is no part of the text: one as an escape would never be found again."""
    return gettext("where the true value probably lies (%(share)s)") % {"share": figure(0.95, Unit.SHARE)}


def lines(series: Sequence[Series], *, unit: Unit | str) -> Chart:
    """Several lines of the same periods, named where they end: at most five, told apart by lightness and dash too."""
    top, height = 10, 272
    every = [p for one in series for p in one.points]
    axis = scale([p.value for p in every], unit, top=top, height=height - top - FOOT, zero=unit != Unit.SHARE)
    names = [p.name for p in series[0].points]
    places = _places(len(names))
    strokes, ends = [], []
    for nth, one in enumerate(series[:5]):
        runs = _runs(one.points, places, axis, lambda _: True)
        strokes.append(drawing.curve(runs, f"c{nth + 1}{' dash' if nth else ''}"))
        if last := [p.value for p in one.points if p.value is not None]:
            ends.append((axis.y(last[-1]), nth, one.name))
    drawn = [
        drawing.grid(axis, unit),
        drawing.inner(axis, strokes),
        _ends(ends),
        drawing.under(names, places, height - 5, most=5),
    ]
    told = [[f"{one.name} {figure(one.points[n].value, unit)}" for one in series] for n in range(len(names))]
    classes = f"{drawing.gutter(axis, unit)} {_room([one.name for one in series])}"
    svg = drawing.picture(drawn, height=height, classes=classes, names=names, told=told, plot=height - FOOT)
    rows = tuple((name, *(figure(one.points[n].value, unit) for one in series)) for n, name in enumerate(names))
    head = (gettext("When"), *(one.name for one in series))
    return Chart(svg, _names_key([one.name for one in series]), Table(head, rows, tuple(range(1, len(head)))))


def _ends(ends: list[tuple[float, int, str]]) -> SafeString:
    """The names where lines end, pushed apart so that each can be read."""
    placed: list[SafeString] = []
    floor = 0.0
    for y, nth, name in sorted(ends):
        floor = max(y, floor + 15 if placed else y)
        text = '<text class="name end c{}" x="100%" dx="8" y="{}">{}</text>'
        placed.append(format_html(text, nth + 1, round(floor + 4, 1), name))
    return drawing.join(placed)


def _room(names: Sequence[str]) -> str:
    """How much room the names at the right need: a class of charts.css."""
    return "ended r9" if max(map(len, names), default=0) > 14 else "ended r6"


def _names_key(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The names as a key, for columns too narrow to have them at the lines' ends."""
    return tuple((f"{'d' if nth else 'l'} c{nth + 1} narrow", name) for nth, name in enumerate(names[:5]))


def steps(
    curves: Sequence[tuple[str, Sequence[tuple[float, float, float | None, float | None]]]], *, what: str
) -> Chart:
    """How many of 100 still wait after how long. A curve: its name, and (seconds, share, low, high) in order."""
    top, height = 10, 248
    axis = scale([1.0, 0.0], Unit.SHARE, top=top, height=height - top - FOOT)
    axis = Scale(0.0, 1.0, 0.25, axis.top, axis.height)
    longest = max((point[0] for _, points in curves for point in points), default=0.0)
    knots = [knot for nth, knot in enumerate(KNOTS) if nth < 3 or KNOTS[nth - 1] < longest]
    bands, strokes, ends = [], [], []
    for nth, (name, points) in enumerate(curves[:5]):
        shown = (
            [(0.0, 1.0, 1.0, 1.0), *points, (float(knots[-1]), points[-1][1], points[-1][2], points[-1][3])]
            if points
            else []
        )
        kind = f"c{nth + 1}{' dash' if nth else ''}"
        bands.append(drawing.band([_stairs_band(shown, knots, axis)], kind))
        strokes.append(drawing.curve([_stairs(shown, knots, axis)], kind))
        if shown:
            ends.append((axis.y(shown[-1][1]), nth, name))
    named = len(curves) > 1
    places = [nth / (len(knots) - 1) for nth in range(len(knots))]
    drawn = [
        drawing.grid(axis, Unit.SHARE),
        drawing.inner(axis, [*bands, *reversed(strokes)]),
        _ends(ends) if named else drawing.NOTHING,
        drawing.under([figure(knot, Unit.SECONDS) if knot else "0" for knot in knots], places, height - 5),
    ]
    svg = drawing.picture(drawn, height=height, classes=f"g3 {_room([name for name, _ in curves])}" if named else "g3")
    sure = ("area", _sure())
    key = (*_names_key([name for name, _ in curves]), sure) if named else (("l", what), sure)
    return Chart(svg, key, _waits(curves, knots))


def _across(seconds: float, knots: Sequence[float]) -> float:
    """Where a wait stands: evenly between the waits that people tell apart."""
    for nth, (begin, end) in enumerate(pairwise(knots)):
        if seconds <= end:
            return (nth + (seconds - begin) / (end - begin)) / (len(knots) - 1)
    return 1.0


def _stairs(
    points: Sequence[tuple[float, float, float | None, float | None]], knots: Sequence[float], axis: Scale
) -> list[tuple[float, float]]:
    """A curve that stays until it falls."""
    drawn: list[tuple[float, float]] = []
    for seconds, share, _, _ in points:
        x = _across(seconds, knots)
        if drawn:
            drawn.append((x, drawn[-1][1]))
        drawn.append((x, axis.y(share)))
    return drawn


def _stairs_band(
    points: Sequence[tuple[float, float, float | None, float | None]], knots: Sequence[float], axis: Scale
) -> list[tuple[float, float, float]]:
    """Its interval, in the same steps; from where it is known."""
    drawn: list[tuple[float, float, float]] = []
    for seconds, _, low, high in points:
        if low is None or high is None:
            continue
        x = _across(seconds, knots)
        if drawn:
            drawn.append((x, *drawn[-1][1:]))
        drawn.append((x, axis.y(low), axis.y(high)))
    return drawn


def _waits(
    curves: Sequence[tuple[str, Sequence[tuple[float, float, float | None, float | None]]]], knots: Sequence[float]
) -> Table:
    """How many still wait at each of the waits that the axis names."""
    rows = []
    for knot in knots[1:]:
        shares = (next((p[1] for p in reversed(points) if p[0] <= knot), 1.0) for _, points in curves)
        rows.append((figure(knot, Unit.SECONDS), *(figure(share, Unit.SHARE) for share in shares)))
    head = (gettext("After"), *(name or gettext("still wait") for name, _ in curves))
    return Table(head, tuple(rows), tuple(range(1, len(head))))

"""Strokes of a drawing. Across it, places are shares of its width: it fits any column, and its text never shrinks.

Rules, words and dots take their place across in per cent; curves and bands, which cannot, lie in an inner drawing that
is a thousand wide and stretched, with strokes that are not.
"""

import json
from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from thirdplace.flow.charts.parts import Point, Scale, Unit, between, figure, words

WIDE = 1000  # of the inner drawing
NOTHING = mark_safe("")


def per_cent(part: float) -> str:
    """A place across the drawing."""
    return f"{100 * part:.2f}".rstrip("0").rstrip(".") + "%"


def join(parts: Iterable[SafeString]) -> SafeString:
    """Strokes one after another."""
    return format_html_join("", "{}", ((part,) for part in parts))


def grid(scale: Scale, unit: Unit | str) -> SafeString:
    """The rules across, each with its value left of the drawing."""
    return format_html_join(
        "",
        '<line class="rule" x1="0" x2="100%" y1="{0}" y2="{0}"/><text x="-8" y="{1}" text-anchor="end">{2}</text>',
        ((scale.y(tick), scale.y(tick) + 4, figure(tick, unit)) for tick in scale.ticks()),
    )


def under(names: Sequence[str], places: Sequence[float], y: float, *, most: int = 7) -> SafeString:
    """Names under the axis: as many as fit, evenly; on narrow screens every second or fourth is left."""
    if not names:
        return NOTHING
    every = max(1, -(-(len(names) - 1) // most)) if len(names) > most else 1
    shown = list(range(0, len(names), every))
    if len(names) - 1 - shown[-1] >= every:
        shown.append(len(names) - 1)
    return join(_name(nth, names[at], places[at], y, len(shown)) for nth, at in enumerate(shown))


def _name(nth: int, name: str, place: float, y: float, count: int) -> SafeString:
    """One name; those at the edges stay inside the drawing."""
    anchor = "start" if place < 0.02 else "end" if place > 0.94 else "middle"
    thin = " half" if nth % 2 and count > 3 else ""
    text = '<text class="under{}" x="{}" y="{}" text-anchor="{}">{}</text>'
    return format_html(text, thin, per_cent(place), y, anchor, name)


def inner(scale: Scale, drawn: Iterable[SafeString]) -> SafeString:
    """The stretched part, for curves and bands."""
    return format_html(
        '<svg class="in" y="{}" width="100%" height="{}" viewBox="0 {} {} {}" preserveAspectRatio="none">{}</svg>',
        scale.top,
        scale.height,
        scale.top,
        WIDE,
        scale.height,
        join(drawn),
    )


def curve(runs: Iterable[Sequence[tuple[float, float]]], kind: str) -> SafeString:
    """Lines through points (share across, pixels down), one for each run of at least two."""
    paths = ("L".join(_at(x, y) for x, y in run) for run in runs if len(run) > 1)
    return format_html_join("", '<path class="curve {}" d="M{}"/>', ((kind, path) for path in paths))


def band(runs: Iterable[Sequence[tuple[float, float, float]]], kind: str) -> SafeString:
    """Areas between low and high (share across, pixels down to low, to high), one a run of at least two."""
    shapes = []
    for run in runs:
        if len(run) > 1:
            there = [_at(x, high) for x, _, high in run]
            back = [_at(x, low) for x, low, _ in reversed(run)]
            shapes.append("L".join([*there, *back]))
    return format_html_join("", '<path class="band {}" d="M{}Z"/>', ((kind, shape) for shape in shapes))


def _at(x: float, y: float) -> str:
    return f"{x * WIDE:.1f} {y:.1f}"


def dot(x: float, y: float, kind: str, size: float = 2.75) -> SafeString:
    """A point of its own."""
    return format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', kind, per_cent(x), y, size)


def usual_range(scale: Scale, low: float, high: float) -> SafeString:
    """Where the value usually is: sand, with dotted edges."""
    top, foot = scale.y(high), scale.y(low)
    return format_html(
        '<rect class="usual" width="100%" y="{0}" height="{1}"/>'
        '<line class="edge" x2="100%" y1="{0}" y2="{0}"/><line class="edge" x2="100%" y1="{2}" y2="{2}"/>',
        top,
        round(max(foot - top, 1), 1),
        foot,
    )


def usual_word(scale: Scale, high: float, word: str) -> SafeString:
    """The word on the upper edge of the usual range."""
    return format_html('<text class="word" x="4" y="{}">{}</text>', scale.y(high) - 5, word)


def picture(
    drawn: Iterable[SafeString],
    *,
    height: float,
    classes: str,
    names: Sequence[str] = (),
    told: object = (),
    plot: float = 0,
) -> SafeString:
    """The whole drawing, with what a pointer over it may read."""
    pointed = NOTHING
    if names:
        pointed = format_html(
            ' data-x="{}" data-y="{}" data-high="{}"',
            json.dumps(list(names), ensure_ascii=False),
            json.dumps(told, ensure_ascii=False),
            plot,
        )
    svg = '<svg class="pic {}" height="{}" focusable="false"{}>{}</svg>'
    return format_html(svg, classes, height, pointed, join(drawn))


def told(points: Sequence[Point], unit: Unit | str) -> list[list[str]]:
    """What a pointer reads at each point: the value, where it probably lies, of how many."""
    lines = []
    for point in points:
        line = [words(point, unit)]
        if point.value is not None and point.low is not None:
            line.append(between(point, unit))
        if point.n is not None and unit == Unit.SHARE:
            line.append(f"n = {figure(point.n)}")
        lines.append(line)
    return lines


def gutter(scale: Scale, unit: Unit | str) -> str:
    """How much room the words at the left need: a class of charts.css."""
    longest = max(len(figure(tick, unit)) for tick in scale.ticks())
    return "g2" if longest <= 3 else "g3" if longest <= 5 else "g4"

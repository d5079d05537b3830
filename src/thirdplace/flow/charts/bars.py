"""Bars, which always stand on 0, and the bare histogram over a list."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from thirdplace.flow.charts import drawing
from thirdplace.flow.charts.lines import FOOT
from thirdplace.flow.charts.parts import Chart, Point, Unit, scale, table

GAP = 0.28  # of a bar's room that stays free


def bars(
    points: Sequence[Point], *, unit: Unit | str, what: str, chosen: Sequence[int] = (), height: int = 220
) -> Chart:
    """One bar a point; an open period is pale; nothing known leaves its room free; `chosen` ones stand out."""
    axis = scale([p.value for p in points], unit, top=10, height=height - 10 - FOOT)
    places = [(nth + 0.5) / len(points) for nth in range(len(points))]
    kinds = ["open" if p.open else "chosen" if n in chosen else "" for n, p in enumerate(points)]
    drawn = [
        drawing.grid(axis, unit),
        _bars([p.value for p in points], kinds, foot=axis.y(axis.low), y=axis.y),
        drawing.under([p.name for p in points], places, height - 5),
    ]
    svg = drawing.picture(
        drawn,
        height=height,
        classes=drawing.gutter(axis, unit),
        names=[p.long or p.name for p in points],
        told=drawing.told(points, unit),
        plot=height - FOOT,
    )
    key = (("", what), *((("area", gettext("not over yet")),) if any(p.open for p in points) else ()))
    return Chart(_as_bars(svg), key, table(points, unit, what=what, when=gettext("When")))


def histogram(
    points: Sequence[Point], *, what: str, chosen: Sequence[int] = (), height: int = 62, names: int = 5
) -> Chart:
    """Bars without an axis: how a list, or one member's weeks, is spread over time. Its words say the rest."""
    axis = scale([p.value for p in points], Unit.COUNT, top=0, height=height - 20)
    kinds = ["chosen" if n in chosen else "open" if p.open else "" for n, p in enumerate(points)]
    most = max((p.value or 0 for p in points), default=0) or 1
    foot = height - 20

    def y(value: float) -> float:
        return round(foot * (1 - value / most), 1)

    drawn = [
        _bars([p.value for p in points], kinds, foot=axis.top + axis.height, y=y),
        drawing.under(
            [p.name for p in points], [n / max(len(points) - 1, 1) for n in range(len(points))], height - 4, most=names
        ),
    ]
    svg = drawing.picture(
        drawn,
        height=height,
        classes="hist",
        names=[p.long or p.name for p in points],
        told=drawing.told(points, Unit.COUNT),
        plot=foot,
    )
    return Chart(_as_bars(svg), (), table(points, Unit.COUNT, what=what, when=gettext("When")))


def _as_bars(svg: SafeString) -> SafeString:
    """Tells the script that points fill their room, rather than stand at its ends."""
    return SafeString(svg.replace("<svg ", '<svg data-kind="bars" ', 1))


def _bars(values: Sequence[float | None], kinds: Sequence[str], *, foot: float, y: object) -> SafeString:
    """The bars themselves; a value of 0 is a hair's breadth, nothing known is nothing."""
    room = 1 / max(len(values), 1)
    drawn = []
    for nth, (value, kind) in enumerate(zip(values, kinds, strict=True)):
        if value is None:
            continue
        top = min(y(value), foot - 1)  # type: ignore[operator]
        drawn.append(
            format_html(
                '<rect class="col {}" x="{}" width="{}" y="{}" height="{}" rx="1.5"/>',
                kind,
                drawing.per_cent((nth + GAP / 2) * room),
                drawing.per_cent(room * (1 - GAP)),
                round(top, 1),
                round(foot - top, 1),
            )
        )
    return drawing.join(drawn)

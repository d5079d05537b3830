"""Grids: a week by hours, or a triangle of months; each cell in one of five tones, with its figure where it fits."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from thirdplace.flow.charts import drawing
from thirdplace.flow.charts.parts import Chart, Table, Unit, figure

HIGH, GAP, FOOT, TONES = 24, 2, 20, 5


def grid(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float | None]],
    *,
    unit: Unit | str,
    corner: str,
    written: bool = False,
) -> Chart:
    """Values by row and column; None leaves its cell free. corner: what the rows are. written: figures in the cells."""
    most = max((value for row in values for value in row if value is not None), default=0.0) or 1.0
    drawn = [
        format_html('<text x="-8" y="{}" text-anchor="end">{}</text>', nth * (HIGH + GAP) + 16, name)
        for nth, name in enumerate(rows)
    ]
    drawn += [
        _cell(down, across, len(columns), tone(value, most), _short(value, unit) if written else "")
        for down, row in enumerate(values)
        for across, value in enumerate(row)
        if value is not None
    ]
    foot = len(rows) * (HIGH + GAP)
    places = [(nth + 0.5) / len(columns) for nth in range(len(columns))]
    drawn.append(drawing.under(columns, places, foot + 14, most=12))
    svg = drawing.picture(drawn, height=foot + FOOT, classes="grid " + _gutter(rows))
    key = tuple((f"h{nth}", words) for nth, words in ((0, gettext("least")), (TONES - 1, gettext("most"))))
    cells = tuple(
        (name, *("" if value is None else figure(value, unit) for value in row))
        for name, row in zip(rows, values, strict=True)
    )
    return Chart(svg, key, Table((corner, *columns), cells, tuple(range(1, len(columns) + 1))))


def tone(value: float, most: float) -> int:
    """Which of five tones a value has, from nothing to the most there is."""
    return 0 if value <= 0 else min(TONES - 1, int(TONES * value / most))


def _cell(down: int, across: int, of: int, shade: int, words: str) -> SafeString:
    y = down * (HIGH + GAP)
    box = format_html(
        '<rect class="h{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>',
        shade, drawing.per_cent(across / of), y, drawing.per_cent(0.94 / of), HIGH,
    )  # fmt: skip
    if not words:
        return box
    middle = drawing.per_cent((across + 0.47) / of)
    text = '{}<text class="in{}" x="{}" y="{}" text-anchor="middle">{}</text>'
    return format_html(text, box, " on" if shade >= TONES - 2 else "", middle, y + 16, words)


def _short(value: float, unit: Unit | str) -> str:
    """A figure that fits a cell: of a share, how many of every hundred."""
    return str(round(100 * value)) if unit == Unit.SHARE else figure(value, unit)


def _gutter(rows: Sequence[str]) -> str:
    longest = max((len(name) for name in rows), default=0)
    return "g2" if longest <= 3 else "g3" if longest <= 5 else "g4"

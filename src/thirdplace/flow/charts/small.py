"""Drawings that stand inside a line of text: a spark, a person's rhythm, the ring of the round, countable dots."""

from collections.abc import Sequence
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from thirdplace.flow.charts import drawing


def spark(
    values: Sequence[float | None],
    *,
    usual: tuple[float, float] | None = None,
    open: int = 0,  # noqa: A002 - what it is called everywhere
    width: int = 84,
    height: int = 26,
) -> SafeString:
    """A line of the last values over the usual range; the last `open` of them are not over yet. Gaps stay gaps."""
    known = [value for value in [*values, *(usual or ())] if value is not None]
    if not known:
        return format_html('<svg class="spark" width="{}" height="{}" aria-hidden="true"></svg>', width, height)
    low, high = min(known), max(known)
    reach = (high - low) or 1.0

    def place(nth: int, value: float) -> tuple[float, float]:
        x = 2 + (width - 6) * nth / max(len(values) - 1, 1)
        flat = 0.5 if high == low else (value - low) / reach
        return round(x, 1), round(height - 3 - (height - 6) * flat, 1)

    drawn = []
    if usual:
        top, foot = place(0, usual[1])[1], place(0, usual[0])[1]
        rect = '<rect class="u" y="{}" width="{}" height="{}" rx="2"/>'
        drawn.append(format_html(rect, top, width, max(round(foot - top, 1), 1)))
    at = [place(nth, value) if value is not None else None for nth, value in enumerate(values)]
    closed = len(values) - open
    drawn += [_path(run, "") for run in _runs(at[:closed])]
    drawn += [_path(run, "open") for run in _runs(at[max(closed - 1, 0) :]) if open]
    if at and (last := at[-1]):
        end = '<circle cx="{}" cy="{}" r="2.25"{}/>'
        drawn.append(format_html(end, *last, SafeString(' class="hollow"') if open else ""))
    svg = '<svg class="spark" width="{0}" height="{1}" viewBox="0 0 {0} {1}" aria-hidden="true">{2}</svg>'
    return format_html(svg, width, height, drawing.join(drawn))


def _runs(places: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Stretches without a gap."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _path(run: Sequence[tuple[float, float]], kind: str) -> SafeString:
    """A line; its end stands twice, so that a lone point is a dot."""
    shape = "L".join(f"{x} {y}" for x, y in [*run, run[-1]])
    return format_html('<path{} d="M{}"/>', SafeString(f' class="{kind}"') if kind else "", shape)


def rhythm(
    ago: Sequence[float], *, usual: float | None, days: int = 120, label: str, ours: Sequence[float] = ()
) -> SafeString:
    """When someone was here: a tick a visit, sand as long as they usually stay away, dashes for the silence now.

    ago: days before now of each visit. usual: days they usually stay away; None: too short to know. ours: days before
    now of what we did for them. label: what it says, for those who do not see it.
    """
    visits = sorted(day for day in ago if 0 <= day <= days)
    drawn = []
    last = visits[0] if visits else None
    if last is not None and usual is not None:
        width = drawing.per_cent(min(usual, last or usual) / days)
        rect = '<rect class="sand" x="{}" y="3" width="{}" height="20" rx="2"/>'
        drawn.append(format_html(rect, drawing.per_cent(1 - last / days), width))
    tick = '<line class="{0}" x1="{1}" x2="{1}" y1="4" y2="22"/>'
    drawn.append(format_html_join("", tick, (("visit", drawing.per_cent(1 - day / days)) for day in visits)))
    drawn.append(
        format_html_join("", tick, (("ours", drawing.per_cent(1 - day / days)) for day in ours if 0 <= day <= days))
    )
    if last:
        silence = '<line class="silence" x1="{}" x2="100%" y1="13" y2="13"/>'
        drawn.append(format_html(silence, drawing.per_cent(1 - last / days)))
    drawn.append(SafeString('<line class="now" x1="100%" x2="100%" y1="6" y2="20"/>'))
    svg = '<svg class="pic beat" height="26" role="img" aria-label="{}">{}</svg>'
    return format_html(svg, label, drawing.join(drawn))


def ring(done: int, of: int, *, words: str, label: str) -> SafeString:
    """The round as a ring of arcs, one a question; the answered ones in the accent. words: what stands inside."""
    room, gap, r = 2 * pi / of, 0.087, 16
    arcs = []
    for nth in range(of):
        begin, end = nth * room + gap - pi / 2, (nth + 1) * room - gap - pi / 2
        shape = f"M{_round(begin, r)}A{r} {r} 0 0 1 {_round(end, r)}"
        arcs.append(("done" if nth >= of - done else "left", shape))
    return format_html(
        '<svg class="ring" viewBox="0 0 40 40" width="60" height="60" role="img" aria-label="{}">'
        '<text x="20" y="22.6" text-anchor="middle">{}</text>{}</svg>',
        label,
        words,
        format_html_join("", '<path class="{}" d="{}"/>', arcs),
    )


def _round(angle: float, r: float) -> str:
    return f"{20 + r * cos(angle):.2f} {20 + r * sin(angle):.2f}"


def dots(yes: int, no: int) -> SafeString:
    """Too few for a rate: each one as a dot that can be counted; hollow ones did not."""
    kinds = [*([""] * yes), *(["no"] * no)]
    return format_html(
        '<span class="dots" aria-hidden="true">{}</span>',
        format_html_join("", "<i{}></i>", ((SafeString(f' class="{kind}"') if kind else "",) for kind in kinds)),
    )

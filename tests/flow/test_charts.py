"""What a drawing shows of what is known, and that it shows nothing of what is not."""

import re

from django.utils.safestring import SafeString

from thirdplace.flow.charts import (
    Deed,
    Point,
    Series,
    Unit,
    bars,
    dots,
    figure,
    histogram,
    line,
    lines,
    rhythm,
    ring,
    spark,
    steps,
)
from thirdplace.flow.charts.parts import scale


def weeks(*values: float | None, open: int = 0) -> list[Point]:
    """One point a week; the last `open` are not over."""
    closed = len(values) - open
    return [Point(name=f"w{nth}", value=value, open=nth >= closed) for nth, value in enumerate(values)]


def curves(svg: str) -> list[str]:
    """The paths of lines, without bands."""
    return re.findall(r'<path class="curve [^"]*" d="([^"]+)"', svg)


def test_a_line_breaks_where_nothing_is_known() -> None:
    """Two stretches, and never a fall to zero."""
    chart = line(weeks(0.5, 0.6, None, 0.7, 0.8), unit=Unit.SHARE, what="answered")
    first, second = curves(chart.svg)
    assert first.count("L") == 1
    assert second.count("L") == 1
    assert second.startswith("M750.0 ")


def test_a_lone_point_is_a_dot() -> None:
    """Between two gaps nothing can be connected, and the value is still seen."""
    chart = line(weeks(None, 0.6, None), unit=Unit.SHARE, what="answered")
    assert curves(chart.svg) == []
    assert '<circle class="lone" cx="50%"' in chart.svg


def test_open_periods_are_hollow_and_reached_by_a_dotted_line() -> None:
    """The last week may still rise: it is no part of the line."""
    chart = line(weeks(4, 5, 6, open=1), unit=Unit.COUNT, what="newcomers")
    assert chart.svg.count('class="hollow"') == 1
    assert 'class="curve open"' in chart.svg
    assert ("o", "still open, may change") in chart.key
    assert chart.table.rows[-1] == ("w2", "6, still open")


def test_nothing_at_all_is_an_empty_drawing_with_its_table() -> None:
    """No stroke and no zero."""
    chart = line(weeks(None, None), unit=Unit.SHARE, what="answered")
    assert curves(chart.svg) == []
    assert "circle" not in chart.svg
    assert chart.table.rows == (("w0", "nothing to count"), ("w1", "nothing to count"))


def test_the_table_says_the_same_with_interval_and_number() -> None:
    """Columns only for what is there."""
    points = [Point(name="w1", long="Week of 2 November", value=0.84, low=0.75, high=0.9, n=81)]
    chart = line(points, unit=Unit.SHARE, what="Answered within a day")
    assert chart.table.head == ("When", "Answered within a day", "probably between", "of")
    assert chart.table.rows == (("Week of 2 November", "84\u00a0%", "75\u00a0% to 90\u00a0%", "81"),)


def test_hostile_names_are_only_text() -> None:
    """Nothing of a name can leave its element, its attribute, or the JSON in it."""
    evil = "\"><script>alert(1)</script>' onload='x"
    points = [Point(name=evil, value=1), Point(name=evil, value=2)]
    drawn = [
        line(points, unit=Unit.COUNT, what=evil, deeds=[Deed(1, evil)]).svg,
        lines([Series(evil, points)], unit=Unit.COUNT).svg,
        bars(points, unit=Unit.COUNT, what=evil).svg,
        histogram(points, what=evil).svg,
        steps([(evil, [(60.0, 0.5, 0.4, 0.6)]), (evil, [(60.0, 0.4, 0.3, 0.5)])], what=evil).svg,
        rhythm([1, 2], usual=1, label=evil),
        ring(1, 8, words=evil, label=evil),
    ]
    for svg in drawn:
        assert isinstance(svg, SafeString)
        assert "<script" not in svg
        assert not re.search(r"\sonload='", svg)
        assert evil not in svg


def test_no_drawing_carries_a_style() -> None:
    """The policy of our pages forbids it; colours come by class."""
    points = weeks(1, None, 3, 4, open=1)
    drawn = [
        line(points, unit=Unit.COUNT, what="x", usual=(1, 3), deeds=[Deed(1, "we asked")]).svg,
        bars(points, unit=Unit.COUNT, what="x").svg,
        spark([1, None, 3], usual=(1, 2)),
        dots(8, 3),
    ]
    assert not [svg for svg in drawn if "style=" in svg or "#" in svg]


def test_bars_stand_on_zero_and_an_unknown_one_is_missing() -> None:
    """A zero can be seen; what is not known cannot."""
    chart = bars(weeks(10, 0, None, 5), unit=Unit.COUNT, what="messages")
    heights = [float(height) for height in re.findall(r'class="col[^>]* height="([\d.]+)"', chart.svg)]
    assert len(heights) == 3
    assert heights[0] == 2 * heights[2]
    assert heights[1] == 1.0


def test_who_still_waits_falls_in_steps() -> None:
    """The table tells the share at each wait that people tell apart."""
    chart = steps([("", [(1_800, 0.7, 0.6, 0.8), (86_400, 0.2, 0.1, 0.3)])], what="still without an answer")
    assert chart.table.head == ("After", "still wait")
    assert chart.table.rows[0] == ("30 min", "70\u00a0%")
    assert chart.table.rows[-1] == ("1 d", "20\u00a0%")


def test_axes_have_plain_figures() -> None:
    """Steps of 1, 2 and 5; a line of shares may begin higher; seconds step as clocks do."""
    assert scale([612], Unit.COUNT, top=0, height=200).ticks() == [0, 200, 400, 600, 800]
    assert scale([0.71, 0.9], Unit.SHARE, top=0, height=200, zero=False).low == 0.6
    assert scale([7_000], Unit.SECONDS, top=0, height=200).step == 1_800
    assert scale([], Unit.COUNT, top=0, height=200).ticks() == [0.0, 1.0]
    assert scale([], Unit.SHARE, top=0, height=200).ticks() == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_figures_as_people_read_them() -> None:
    """Shares in hundreds, waits in their two largest parts, a dash for nothing known."""
    assert figure(0.844, Unit.SHARE) == "84\u00a0%"
    assert figure(1_204) == "1,204"
    assert figure(2.5) == "2.5"
    assert figure(7_500, Unit.SECONDS) == "2 h 5 min"
    assert figure(3_599.9, Unit.SECONDS) == "1 h"
    assert figure(86_399, Unit.SECONDS) == "1 d"
    assert figure(None) == "–"


def test_a_rhythm_shows_visits_sand_and_silence() -> None:
    """Three visits, away for nine days where two are usual."""
    svg = rhythm([9, 11, 13], usual=2, days=100, label="Usually here every 2 days; now away for 9 days")
    assert svg.count('class="visit"') == 3
    assert '<rect class="sand" x="91%" y="3" width="2%"' in svg
    assert 'class="silence" x1="91%"' in svg


def test_a_spark_keeps_its_gap_and_its_open_end() -> None:
    """Two stretches, the last value hollow."""
    svg = spark([1, 2, None, 3, 4], open=1)
    assert svg.count("<path") == 3
    assert 'class="hollow"' in svg


def test_an_interval_that_would_press_the_line_flat_goes_on_above() -> None:
    """The axis holds the values; the band touches the top, and the drawing says so."""
    waits = [
        Point(name="w1", value=600.0, low=300.0, high=90_000.0),
        Point(name="w2", value=900.0, low=500.0, high=1_200.0),
    ]
    chart = line(waits, unit=Unit.SECONDS, what="first response")
    assert chart.beyond
    assert ">30 min</text>" in chart.svg
    assert "1\u00a0d" not in chart.svg.split("data-x")[0]
    assert not line(waits[1:], unit=Unit.SECONDS, what="first response").beyond
    assert not line([Point(name="w", value=0.0, low=0.0, high=3.7)], unit=Unit.COUNT, what="newcomers").beyond


def test_an_interval_without_an_upper_end_is_not_ended_by_nothing() -> None:
    """A median wait whose upper edge the curve never reached: no dash, and no zero."""
    chart = line([Point(name="w1", value=600.0, low=300.0)], unit=Unit.SECONDS, what="first response")
    assert chart.table.rows == (("w1", "10 min", "5 min or more"),)

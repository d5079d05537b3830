"""Readings as pages ask for them."""

from datetime import date, timedelta

import pytest
from town import NOW, Town, at

from thirdplace.foundation.engine import Period, Reading, measures, tables
from thirdplace.foundation.engine.periods import periods
from thirdplace.foundation.engine.showing import ENOUGH, Usual, usual, verdict

pytestmark = pytest.mark.django_db
messages, share = measures["messages"], measures["first_reply_share"]


@pytest.fixture
def town():
    """Ann speaks every day of twelve weeks, from a Monday on, but for the second week; Ben asked and was answered."""
    made = Town(zone="UTC")
    begin = 4  # Monday 5 January
    days = [begin + nth for nth in range(84) if nth // 7 != 1]
    rows = [{"who": "ann", "kind": "said", "day": day + 0.5, "channel": "green"} for day in days]
    rows += [
        {"who": "ben", "kind": "asked", "day": begin + 2, "thread": "gate", "channel": "mill"},
        {"who": "ann", "kind": "replied", "day": begin + 2.5, "thread": "gate", "channel": "mill"},
    ]
    made.tell(rows)
    made.refresh()
    return made


def values(readings):
    return [reading.value for reading in readings]


def test_a_series_has_every_period_from_the_first_to_the_last_known(town):
    series = messages.series(town.community, "week")
    assert values(series) == [9.0, 0.0, *[7.0] * 10]
    assert [each.begins_on for each in series][:2] == [date(2026, 1, 5), date(2026, 1, 12)]
    assert [each.open for each in series] == [*[False] * 11, True]  # read until a noon of its last day


def test_outside_what_is_known_it_is_nothing_and_a_gap_is_no_nought(town):
    series = messages.series(town.community, "week", begin=date(2025, 12, 29), end=date(2026, 4, 20))
    assert values(series)[:3] == [None, 9.0, 0.0]
    assert (values(series)[-1], series[-1].open) == (None, True)
    shares = share.series(town.community, "week")
    assert (shares[0], shares[1]) == (Reading(0.5, n=2), Reading(None))


def test_days_months_and_channels_are_stored_too(town):
    assert values(messages.series(town.community, "month")) == [22.0, 28.0, 29.0]
    assert values(messages.series(town.community, "day"))[:3] == [1.0, 1.0, 3.0]
    from thirdplace.foundation.numbers import channel_number

    mill = f"channel:{channel_number(town.sources[0].pk, 'mill')}"
    assert values(messages.series(town.community, "week", mill))[:2] == [2.0, 0.0]
    assert values(messages.series(town.community, "day", mill))[2] == 2.0


def test_a_computed_series_is_the_stored_one(town):
    source = f"source:{town.sources[0].pk}"
    for measure in measures.values():
        for grain in ("day", "week", "month"):
            stored = measure.series(town.community, grain, source)
            computed = measure.series(town.community, grain, source, now=NOW)
            assert stored == computed
            assert [each.begins_on for each in stored] == [each.begins_on for each in computed]


def test_every_stored_reading_is_what_a_page_would_compute(town):
    seen = tables(town.community, NOW)
    for measure in measures.values():
        for period in periods(date(2026, 1, 5), date(2026, 3, 30), "week"):
            stored = measure.series(town.community, "week", begin=period.begins_on, end=period.ends_on)
            assert stored == [measure.reading(seen, period)]


def test_a_channel_is_known_no_further_than_its_source_and_later_it_is_a_gap_no_nought(town):
    from thirdplace.foundation.numbers import channel_number

    town.tell([{"who": "cho", "kind": "said", "day": 5.5, "channel": "pier"}], source=1)
    town.refresh()
    pier = f"channel:{channel_number(town.sources[1].pk, 'pier')}"
    whole = messages.series(town.community, "week", begin=date(2026, 1, 5), end=date(2026, 1, 26))
    assert values(whole) == [10.0, 0.0, 7.0]
    for now in (None, NOW):  # as it was stored, and computed
        series = messages.series(town.community, "week", pier, begin=date(2026, 1, 5), end=date(2026, 1, 26), now=now)
        assert values(series) == [1.0, None, None]
    third = Period(date(2026, 1, 19), date(2026, 1, 26))
    assert messages.reading(tables(town.community, NOW), third, pier) == Reading(None)


def test_a_language_is_computed_when_it_is_opened(town):
    assert values(messages.series(town.community, "week", "language:nl"))[:2] == [0.0, 0.0]
    assert values(messages.series(town.community, "week", "staff:only"))[0] == 0.0
    town.mark("ann", staff=True)
    town.refresh()
    assert values(messages.series(town.community, "week", "staff:only"))[0] == 8.0
    assert values(messages.series(town.community, "week"))[0] == 1.0


def test_the_past_knows_only_what_had_happened(town):
    series = messages.series(town.community, "week", now=at(20.9))
    assert values(series) == [9.0, 0.0, 3.0]
    assert [each.open for each in series] == [False, False, True]


def test_now_is_the_last_period_that_is_over(town):
    assert messages.now_reading(town.community) == Reading(7.0, n=7)
    assert messages.now_reading(town.community, now=at(20.9)) == Reading(0.0, n=0)


def test_what_is_usual_leaves_the_ends_out(town):
    found = messages.usual(town.community)
    assert found is not None
    assert (round(found.low, 6), round(found.high, 6), found.n) == (6.3, 7.2, 10)
    assert messages.usual(town.community, before=date(2026, 2, 9)) is None


def test_verdicts():
    asked = Usual(5, 9, 20)
    assert [verdict(Reading(value, n=10), asked, least=10) for value in (4, 5, 9, 10)] == [
        "lower", "as_usual", "as_usual", "higher",
    ]  # fmt: skip
    assert verdict(Reading(10, n=9), asked, least=10) == "cannot_tell"
    assert verdict(Reading(None), asked, least=1) == "cannot_tell"
    assert verdict(Reading(10, n=10), None, least=1) == "cannot_tell"


def test_what_is_usual_needs_enough_periods():
    weeks = list(periods(date(2026, 1, 5), date(2026, 1, 5) + timedelta(weeks=ENOUGH), "week"))
    readings = [Reading(float(nth), n=nth).of(week.begins_on, week.ends_on) for nth, week in enumerate(weeks)]
    end = weeks[-1].ends_on
    assert usual(readings, before=end, least=1, shares=False) is not None
    assert usual(readings[1:], before=end, least=1, shares=False) is None
    assert usual(readings, before=end, least=3, shares=True) is None


def test_which_ones_opens_down_to_the_message(town):
    seen = tables(town.community, NOW)
    week = Period.of(date(2026, 1, 5), "week")
    (first, second) = share.rows(seen, week)
    assert (first.value, second.value) == (0.0, 1.0)
    said = dict(seen.query("SELECT key, kind FROM activities").fetchall())
    assert (said[first.key], said[second.key]) == ("said", "asked")
    rows = messages.rows(seen, week)
    assert [row.value for row in rows] == [8.0, 1.0]
    assert all(row.key is not None for row in rows)

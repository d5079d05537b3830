"""Times are said as people say them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from thirdplace.face.web.pages import times

NOW = datetime(2026, 11, 17, 8, 30, tzinfo=UTC)  # a Tuesday
ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=20), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1, minutes=5), "1 hour 5 minutes"),
        (timedelta(hours=5, minutes=5), "5 hours"),
        (timedelta(days=2, hours=21, minutes=3), "2 days 21 hours"),
        (timedelta(days=4), "4 days"),
        (timedelta(days=20), "2 weeks"),
        (timedelta(days=100), "3 months"),
        (timedelta(days=800), "2 years"),
    ],
)
def test_how_long(length, said):
    assert times.span(length) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 17, 8, 18, tzinfo=UTC), "today 09:18"),
        (datetime(2026, 11, 16, 23, 30, tzinfo=UTC), "today 00:30"),
        (datetime(2026, 11, 16, 9, 0, tzinfo=UTC), "yesterday 10:00"),
        (datetime(2026, 11, 14, 10, 42, tzinfo=UTC), "Saturday 11:42"),
        (datetime(2026, 8, 14, 10, 42, tzinfo=UTC), "14 August"),
        (datetime(2024, 8, 14, 10, 42, tzinfo=UTC), "14 August 2024"),
    ],
)
def test_when(at, said):
    assert times.moment(at, now=NOW, zone=ZONE) == said


def test_days_are_named_in_the_readers_language():
    with translation.override("nl"):
        assert times.day(date(2026, 11, 17), today=date(2026, 11, 17)) == "dinsdag 17 november"
    with translation.override("sv"):
        assert times.day(date(2025, 11, 17), today=date(2026, 11, 17)) == "måndag 17 november 2025"


def test_a_wait_in_a_column():
    assert [times.seconds(value) for value in (45, 720, 7500, 273600)] == ["45 s", "12 min", "2 h 5 min", "3 d 4 h"]


def test_how_long_ago_a_day_was():
    today = date(2026, 11, 17)
    said = [times.ago(today - timedelta(days=back), today) for back in (0, 1, 4)]
    assert said == ["today", "yesterday", "4 days ago"]

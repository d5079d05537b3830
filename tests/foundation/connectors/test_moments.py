"""Times of a whole column."""

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest

from thirdplace.foundation.connectors.columns import EPOCH, microseconds
from thirdplace.foundation.connectors.times import UNREADABLE, all_microseconds, one


def test_a_column_says_what_the_language_says_of_each():
    dice = random.Random(5)
    said = []
    for _ in range(3_000):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=dice.randrange(10**17))
        moment = moment.astimezone(timezone(timedelta(minutes=dice.randrange(-720, 840, 15))))
        said.append(moment.isoformat(timespec=dice.choice(["seconds", "milliseconds", "microseconds"])))
    assert all_microseconds(said).tolist() == [microseconds(datetime.fromisoformat(each)) for each in said]


@pytest.mark.parametrize(
    "bad",
    ["", "soon", "2025-02-29T10:00:00+00:00", "2025-13-01T10:00:00+00:00", "2025-01-01T24:30:00+00:00",
     "2025-01-01T10:00:60+00:00", "2025-01-32T10:00:00.123+00:00", "２０２５-01-01T10:00:00+00:00",
     "0000-01-01T10:00:00+00:00"],
)  # fmt: skip
def test_what_is_no_time_is_unreadable_and_the_others_are_not(bad):
    assert one(bad) == UNREADABLE
    assert all_microseconds([bad, "1970-01-01T00:00:01+00:00"]).tolist() == [UNREADABLE, 1_000_000]


def test_leap_days_and_ends_of_years():
    said = [
        "2024-02-29T23:59:59.5+00:00",
        "2000-02-29T00:00:00+00:00",
        "2023-12-31T23:59:59-02:00",
        "1970-01-01T00:00:00Z",
    ]
    assert [EPOCH + timedelta(microseconds=each) for each in all_microseconds(said).tolist()] == [
        datetime(2024, 2, 29, 23, 59, 59, 500_000, tzinfo=UTC),
        datetime(2000, 2, 29, tzinfo=UTC),
        datetime(2024, 1, 1, 1, 59, 59, tzinfo=UTC),
        EPOCH,
    ]


@pytest.mark.parametrize(
    "far",
    ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "9999-06-01T00:00:00+00:00", "0002-03-04T00:00:00+00:00",
     "1969-12-31T23:59:59+00:00"],
)  # fmt: skip
def test_a_time_before_there_was_a_log_or_past_all_calendars_is_unreadable(far):
    assert one(far) == UNREADABLE
    assert all_microseconds([far, far.replace("+", ".5+")]).tolist()[0] == UNREADABLE
    assert all_microseconds([far, "2024-01-01T00:00:00+00:00"]).tolist() == [UNREADABLE, 1_704_067_200_000_000]

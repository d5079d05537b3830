"""The last moment of a day, where clocks are turned back at midnight: an hour of it comes twice."""

from datetime import UTC, date, datetime

import pytest

from thirdplace.flow.deeds import day_of
from thirdplace.foundation.members.models import Community

LATE = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "on", "last"),
    [
        ("Asia/Beirut", date(2024, 10, 26), datetime(2024, 10, 26, 21, 59, 59, 999_999, tzinfo=UTC)),
        ("Europe/Amsterdam", date(2024, 10, 26), datetime(2024, 10, 26, 21, 59, 59, 999_999, tzinfo=UTC)),
        ("Africa/Cairo", date(2024, 4, 25), datetime(2024, 4, 25, 21, 59, 59, 999_999, tzinfo=UTC)),
    ],
)
def test_it_is_just_before_the_next_day_begins(zone: str, on: date, last: datetime) -> None:
    community = Community(zone=zone, clock_on=on)
    assert community.now(LATE).astimezone(UTC) == last
    assert day_of(community, on)[1].astimezone(UTC) == last
    assert day_of(community, on)[1].date() == on

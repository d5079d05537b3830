"""A line put off until this afternoon comes back the same day, at its hour in the community's zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hedgerow import NOW, Village, at
from thirdplace.flow import clocks, worklist
from thirdplace.flow.actions import undo
from thirdplace.flow.models import SetAside
from thirdplace.foundation.errors import ThirdplaceError

WAITS = (("ann", "asked", 6, "stile"), ("cho", "said", 7.9, None))
NOON = NOW + timedelta(hours=12)


def states(village: Village, wall: datetime) -> list[str]:
    question = village.day(wall=wall).questions[1]
    return [item.state for item in (*question.items, *question.later)]


def put_off(village: Village, now: datetime = NOON, **more: object) -> SetAside:
    (item,) = village.lines("waiting", wall=now)
    village.do("set_aside", now=now, finding=item.finding, because="later", this_afternoon=True, **more)
    return SetAside.objects.get()


@pytest.mark.parametrize(("zone", "hour"), [("UTC", 14), ("Europe/Helsinki", 12), ("America/Lima", 19)])
def test_it_comes_back_at_two_where_the_community_lives(village: Village, zone: str, hour: int) -> None:
    village.community.zone = zone
    village.community.save()
    village.tell(*WAITS)
    morning = NOW + timedelta(hours=6)
    row = put_off(village, morning)
    assert row.until_at == datetime(2026, 11, 9, hour, tzinfo=UTC)
    assert row.until_on is None
    assert states(village, row.until_at - timedelta(seconds=1)) == ["later"]
    assert states(village, row.until_at) == ["waiting"]


def test_what_comes_back_today_stands_before_what_comes_back_later(village: Village) -> None:
    village.tell(*WAITS, ("dov", "asked", 6, "gate"))
    first, second = village.lines("waiting", wall=NOON)
    village.do("set_aside", now=NOON, finding=first.finding, because="later", until=date(2026, 11, 10))
    village.do("set_aside", now=NOON, finding=second.finding, because="later", this_afternoon=True)
    assert [item.pk for item in worklist.coming_back(village.community, wall=NOON)] == [second.pk, first.pk]


def test_in_the_afternoon_there_is_no_more_afternoon_to_come(village: Village) -> None:
    village.tell(*WAITS)
    assert clocks.afternoon(village.community, now=NOW + timedelta(hours=14)) is None
    with pytest.raises(ThirdplaceError, match="has begun already"):
        put_off(village, NOW + timedelta(hours=14))


def test_on_a_day_that_is_set_no_hours_pass(village: Village) -> None:
    village.tell(*WAITS, wall=at(400))
    assert clocks.afternoon(village.community, now=village.community.now(at(400))) is None


def test_this_afternoon_and_another_day_are_not_both(village: Village) -> None:
    village.tell(*WAITS)
    with pytest.raises(ThirdplaceError, match="not both"):
        put_off(village, until=date(2026, 11, 12))


def test_undone_over_another_it_stands_until_that_hour_again(village: Village) -> None:
    village.tell(*WAITS)
    before = put_off(village)
    (item,) = village.day(wall=NOON).questions[1].later
    deed = village.do("set_aside", now=NOON, finding=item.finding, because="later", until=date(2026, 11, 20))
    assert SetAside.objects.get().until_at is None
    undo(deed, steward=village.steward, now=NOON)
    row = SetAside.objects.get()
    assert (row.until_at, row.until_on) == (before.until_at, None)

"""Whether members stay: stickiness, who returns, who is lost and won back."""

import pytest

from thirdplace.foundation.engine import Reading, measures
from thirdplace.foundation.engine.periods import Period
from village import MONDAY, WEEK

sticky, returning = measures["stickiness"], measures["returning_share"]
lost, back = measures["lost_members"], measures["members_won_back"]


def said(who, *days, **given):
    """What somebody said on some days."""
    return [(who, "said", day, None, given) for day in days]


def day_of(nth):
    """The period of the nth day; 1 is Monday."""
    on = MONDAY.fromordinal(MONDAY.toordinal() + nth - 1)
    return Period.of(on, "day")


def test_who_is_there_on_an_average_day(village):
    tables = village(*said("ann", 1, 1.2, 2, 3.5), *said("ben", 5))
    reading = sticky.reading(tables, WEEK)
    assert (reading.value, reading.n) == (pytest.approx(4 / 14), 2)
    assert 0 < reading.low < reading.value < reading.high <= 1
    assert [row.value for row in sticky.rows(tables, WEEK)] == [3.0, 1.0]


def test_who_comes_back_within_four_weeks_has_returned(village):
    rows = [*said("ann", 2, 8.1), *said("ben", 7.9, 35.9), *said("cho", 1, 36.1), *said("dee", 6)]
    assert returning.reading(village(*rows, now=35), WEEK) == Reading(None)
    tables = village(*rows, now=37)
    assert returning.reading(tables, WEEK) == Reading(0.5, n=4)
    assert {tables.village.name(row.member_id): row.value for row in returning.rows(tables, WEEK)} == {
        "ann": 1.0, "ben": 1.0, "cho": 0.0, "dee": 0.0,
    }  # fmt: skip


def test_of_a_channel_who_comes_back_to_it(village):
    rows = [*said("ann", 2, channel=7), *said("ann", 9, channel=8), *said("ben", 3, 10, channel=7)]
    tables = village(*rows, now=60)
    assert returning.reading(tables, WEEK) == Reading(1.0, n=2)
    assert returning.reading(tables, WEEK, "channel:7") == Reading(0.5, n=2)


def test_a_member_is_lost_four_weeks_after_their_last_words(village):
    rows = [*said("ann", 1, 3.5), *said("ben", 3.25, 31.25), *said("cho", 3.25, 31.26), *said("vic", 3.5)]
    tables = village(*rows, now=33)
    assert lost.reading(tables, day_of(31)) == Reading(2.0, n=2)
    names = {tables.village.name(row.member_id) for row in lost.rows(tables, day_of(31))}
    assert names == {"ann", "cho"}
    assert lost.reading(village(*rows, now=31.4), day_of(31)) == Reading(1.0, n=1)  # Ann may still speak


def test_who_speaks_after_four_weeks_is_won_back_and_newcomers_are_not(village):
    rows = [*said("ann", 1, 30), *said("ben", 3, 30), *said("dee", 30), *said("eve", -340, 30)]
    tables = village(*rows, now=33)
    assert back.reading(tables, day_of(30)) == Reading(1.0, n=1)
    assert [tables.village.name(row.member_id) for row in back.rows(tables, day_of(30))] == ["ann"]


def test_nobody_lost_is_nought_where_something_is_known(village):
    tables = village(*said("ann", 1, 2), now=9)
    assert lost.reading(tables, WEEK) == Reading(0.0, n=0)
    assert back.reading(tables, WEEK) == Reading(0.0, n=0)

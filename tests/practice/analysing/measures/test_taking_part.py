"""Active members and messages."""

from thirdplace.foundation.engine import Period, Reading, measures
from village import MONDAY, WEEK

active, messages = measures["active_members"], measures["messages"]
DAYS = [
    ("ann", "said", 1, None), ("ann", "said", 1.1, None), ("ann", "replied", 2, "gate"), ("ben", "asked", 2, "gate"),
]  # fmt: skip


def test_a_member_counts_once_a_period(village):
    tables = village(*DAYS)
    assert active.reading(tables, WEEK) == Reading(2.0, n=2)
    assert active.reading(tables, Period.of(MONDAY, "day")) == Reading(1.0, n=1)


def test_every_message_counts(village):
    assert messages.reading(village(*DAYS), WEEK) == Reading(4.0, n=4)


def test_reactions_votes_and_joins_are_not_taking_part(village):
    tables = village(DAYS[0], ("cho", "reacted", 1, None), ("dee", "voted", 1, None), ("eve", "joined", 1, None))
    assert active.reading(tables, WEEK) == Reading(1.0, n=1)
    assert messages.reading(tables, WEEK) == Reading(1.0, n=1)


def test_staff_count_when_asked_and_bots_never(village):
    tables = village(DAYS[0], ("vic", "said", 2, None), ("bot", "said", 3, None))
    assert active.reading(tables, WEEK) == Reading(1.0, n=1)
    assert active.reading(tables, WEEK, "staff:with") == Reading(2.0, n=2)
    assert messages.reading(tables, WEEK, "staff:only") == Reading(1.0, n=1)


def test_a_message_without_a_name_is_a_message_of_no_member(village):
    tables = village(DAYS[0], ("cho", "said", 2, None, {"identity": None}))
    assert messages.reading(tables, WEEK) == Reading(2.0, n=2)
    assert active.reading(tables, WEEK) == Reading(1.0, n=1)


def test_a_quiet_day_is_nought_and_an_unknown_one_is_nothing(village):
    tables = village(DAYS[0], now=4)
    day = [Period.of(MONDAY.replace(day=nth), "day") for nth in (1, 2, 3, 5, 9)]
    assert [messages.reading(tables, each).value for each in day] == [None, 1.0, 0.0, 0.0, None]


def test_a_period_that_is_not_over_says_so(village):
    tables = village(*DAYS, now=4)
    assert messages.reading(tables, WEEK).open is True
    assert messages.reading(village(*DAYS, now=9), WEEK).open is False


def test_which_ones_are_the_members_who_said_most(village):
    tables = village(*DAYS)
    rows = [(tables.village.name(row.member_id), row.value) for row in messages.rows(tables, WEEK)]
    assert rows == [("ann", 3.0), ("ben", 1.0)]
    assert [tables.village.name(row.key) for row in active.rows(tables, WEEK)] == ["ann-1", "ben-1"]


def test_a_message_that_its_platform_deleted_stands_for_nobody(village):
    tables = village(("ann", "said", 1, None), ("ann", "said", 1.5, None), ("ann", "deleted", 2, "ann-1"))
    assert [tables.village.name(row.key) for row in active.rows(tables, WEEK)] == ["ann-2"]

"""Conversations, and how the talk is shared."""

import pytest

from thirdplace.foundation.engine import Reading, measures
from thirdplace.foundation.engine.periods import Period
from village import MONDAY, WEEK

opened, depth = measures["conversations"], measures["conversation_depth"]
gini, top, half = (measures[slug] for slug in ("participation_inequality", "top_share", "contributor_absence_factor"))


def wrote(**times):
    """So many messages of each, on Monday and Tuesday."""
    return [(who, "said", 1 + nth / 10, None) for who, count in times.items() for nth in range(count)]


def test_threads_and_stretches_of_a_flat_channel_are_conversations(village):
    tables = village(
        ("ann", "asked", 1, "a"), ("ben", "replied", 1.1, "a"), ("cho", "said", 2, None), ("ann", "said", 2.01, None),
        ("ben", "said", 3, None),
    )  # fmt: skip
    assert opened.reading(tables, WEEK) == Reading(3.0, n=3)


def test_how_deep_a_conversation_goes_is_known_after_thirty_days(village):
    rows = [
        ("ann", "asked", 1, "a"), ("ben", "replied", 1.1, "a"), ("bot", "replied", 1.2, "a"),
        ("vic", "replied", 30, "a"),
        ("ben", "replied", 31.5, "a"), ("cho", "said", 2, None), ("ann", "said", 2.01, None),
    ]  # fmt: skip
    assert depth.reading(village(*rows, now=37.9), WEEK) == Reading(None)
    assert depth.reading(village(*rows, now=39), WEEK) == Reading(2.5, n=2)  # 3 of the question, 2 of the talk


def test_a_conversation_ends_where_the_next_begins(village):
    tables = village(
        ("ann", "said", 1, None), ("ben", "said", 1.01, None), ("cho", "asked", 1.02, None),
        ("ann", "said", 1.03, None), ("dee", "said", 2, None), now=40,
    )  # fmt: skip
    assert sorted(row.value for row in depth.rows(tables, WEEK)) == [1.0, 2.0, 2.0]


def test_the_interval_of_a_mean_comes_from_how_much_values_differ(village):
    rows = [
        ("ann", "said", 1, None),
        ("ann", "said", 1.01, None),
        ("ann", "said", 1.02, None),
        ("ben", "said", 2, None),
    ]
    reading = depth.reading(village(*rows, now=40), WEEK)
    assert (reading.value, reading.n) == (2.0, 2)
    assert (reading.low, reading.high) == (pytest.approx(2 - 1.959964), pytest.approx(2 + 1.959964))


def test_everyone_alike_is_no_inequality_and_one_for_all_is_nearly_one(village):
    assert gini.reading(village(*wrote(ann=2, ben=2, cho=2)), WEEK) == Reading(0.0, n=3)
    reading = gini.reading(village(*wrote(ann=1, ben=3)), WEEK)
    assert reading == Reading(0.25, n=2)
    assert reading.low is None
    assert gini.reading(village(("ann", "reacted", 1, None)), WEEK) == Reading(None)


def test_half_of_all_messages_come_from_so_few(village):
    assert half.reading(village(*wrote(ann=5, ben=3, cho=1, dee=1)), WEEK) == Reading(1.0, n=4)
    assert half.reading(village(*wrote(ann=4, ben=3, cho=2, dee=1)), WEEK) == Reading(2.0, n=4)
    assert half.reading(village(*wrote(ann=1, ben=1, cho=1)), WEEK) == Reading(2.0, n=3)


def test_the_hundredth_the_tenth_and_the_rest(village):
    tables = village(*wrote(ann=12, **{f"m{nth}": 2 if nth < 9 else 1 for nth in range(99)}))
    reading = top.reading(tables, WEEK)
    assert reading == Reading(12 / 120, n=100)
    assert reading.more == {"next": pytest.approx(18 / 120), "rest": pytest.approx(90 / 120)}


def test_staff_bots_and_the_nameless_write_no_part_of_it(village):
    rows = [*wrote(ann=1, ben=3, vic=9, bot=9), ("cho", "said", 2, None, {"identity": None})]
    assert gini.reading(village(*rows), WEEK) == Reading(0.25, n=2)
    assert half.reading(village(*rows), WEEK, "staff:with") == Reading(1.0, n=3)


def test_those_compared_are_shown_who_wrote_most_first(village):
    tables = village(*wrote(ann=1, ben=3))
    assert [(tables.village.name(row.member_id), row.value) for row in gini.rows(tables, WEEK)] == [
        ("ben", 3.0), ("ann", 1.0),
    ]  # fmt: skip


def test_weeks_and_channels_are_compared_apart(village):
    rows = [*wrote(ann=1, ben=3), ("ann", "said", 9, None, {"channel": 7}), ("ben", "said", 9, None)]
    tables = village(*rows, now=20)
    assert gini.weekly(tables) == {MONDAY: Reading(0.25, n=2), WEEK.ends_on: Reading(0.0, n=2)}
    assert gini.reading(tables, Period(WEEK.ends_on, WEEK.ends_on.replace(day=16)), "channel:7") == Reading(0.0, n=1)

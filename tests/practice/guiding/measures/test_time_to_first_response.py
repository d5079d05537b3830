"""How long people wait, those who still wait with them."""

from thirdplace.foundation.engine import Reading, measures
from village import WEEK

wait = measures["time_to_first_response"]
DAY = 86_400


def test_the_median_of_three_waits(village):
    tables = village(
        ("ann", "asked", 1, "a"), ("ben", "started", 2, "b"), ("cho", "asked", 3, "c"),
        ("dee", "replied", 1.25, "a"), ("dee", "replied", 2.5, "b"), ("dee", "replied", 4, "c"),
    )  # fmt: skip
    reading = wait.reading(tables, WEEK)
    assert reading == Reading(0.5 * DAY, n=3)
    assert reading.more["p90"] == DAY


def test_who_still_waits_counts_for_as_long_as_they_have_waited(village):
    tables = village(("ann", "asked", 1, "a"), ("ben", "asked", 2, "b"), ("dee", "replied", 1.5, "a"))
    reading = wait.reading(tables, WEEK)
    assert reading == Reading(0.5 * DAY, n=2)
    assert reading.more["ended"] == 1
    assert reading.more["curve"][-1][0] == 6 * DAY


def test_where_fewer_than_half_were_answered_no_half_was(village):
    asked = [(who, "asked", day, who) for who, day in (("ann", 1), ("ben", 2), ("cho", 3))]
    assert wait.reading(village(*asked, ("dee", "replied", 1.5, "ann")), WEEK) == Reading(None, n=3)


def test_nobody_waits_longer_than_thirty_days(village):
    (row,) = wait.rows(village(("ann", "asked", 1, "a"), now=60), WEEK)
    assert (row.value, row.seen) == (30 * DAY, False)


def test_in_a_flat_channel_openers_wait_and_others_do_not(village):
    tables = village(("ann", "said", 1, None), ("cho", "said", 1.01, None), ("ann", "said", 1.02, None))
    assert wait.reading(tables, WEEK) == Reading(864.0, n=1)


def test_staff_and_bots_do_not_wait(village):
    tables = village(("vic", "asked", 1, "a"), ("bot", "asked", 2, "b"), ("dee", "replied", 1.5, "a"))
    assert wait.reading(tables, WEEK) == Reading(None, n=0)


def test_nobody_waiting_is_nothing(village):
    assert wait.reading(village(("ann", "reacted", 1, None)), WEEK) == Reading(None, n=0)


def test_which_ones_begins_with_who_still_waits(village):
    tables = village(("ann", "asked", 1, "a"), ("ben", "asked", 2, "b"), ("dee", "replied", 1.5, "a"))
    assert [tables.village.name(row.key) for row in wait.rows(tables, WEEK)] == ["ben-1", "ann-1"]


def test_weeks_are_estimated_apart(village):
    tables = village(
        ("ann", "asked", 1, "a"), ("dee", "replied", 1.5, "a"), ("ben", "asked", 9, "b"), ("dee", "replied", 9.25, "b"),
        now=15,
    )  # fmt: skip
    assert [reading.value for reading in wait.weekly(tables).values()] == [0.5 * DAY, 0.25 * DAY]

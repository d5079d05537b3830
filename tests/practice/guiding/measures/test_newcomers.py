"""Who arrives."""

from thirdplace.foundation.engine import Period, Reading, measures
from village import WEEK

newcomers = measures["newcomers"]


def test_each_member_arrives_once(village):
    tables = village(("ann", "said", 1, None), ("ann", "said", 5, None), ("ben", "replied", 2, "gate"))
    assert newcomers.reading(tables, WEEK) == Reading(2.0, n=2)


def test_who_came_before_is_no_newcomer(village):
    tables = village(("ann", "said", -3, None), ("ann", "said", 2, None), ("ben", "said", 2, None))
    assert newcomers.reading(tables, WEEK) == Reading(1.0, n=1)


def test_staff_bots_and_who_only_reacts_are_left_out(village):
    tables = village(("vic", "said", 1, None), ("bot", "said", 1, None), ("ann", "joined", 1, None))
    assert newcomers.reading(tables, WEEK) == Reading(0.0, n=0)


def test_first_words_that_were_deleted_make_the_next_the_first(village):
    tables = village(("ann", "said", -3, None), ("ann", "said", 2, None), ("ann", "deleted", 3, "ann-1"))
    assert newcomers.reading(tables, WEEK) == Reading(1.0, n=1)


def test_before_anything_is_known_it_is_nothing(village):
    before = Period(WEEK.before().before().begins_on, WEEK.before().begins_on)
    assert newcomers.reading(village(("ann", "said", 1, None)), before) == Reading(None)


def test_which_ones_are_the_newcomers_with_their_first_message(village):
    tables = village(("ann", "said", 1, None), ("ann", "said", 5, None))
    (row,) = newcomers.rows(tables, WEEK)
    assert (tables.village.name(row.key), tables.village.name(row.member_id)) == ("ann-1", "ann")

"""A week in the village, a sentence of the card at a time."""

from thirdplace.foundation.engine import Reading, measures
from village import MONDAY, WEEK

share = measures["first_reply_share"]


def test_one_newcomer_of_two_answered_is_a_half(village):
    tables = village(("ann", "asked", 1, "stile"), ("ben", "asked", 2, "gate"), ("cho", "replied", 1.5, "stile"))
    assert share.reading(tables, WEEK) == Reading(0.5, n=2)


def test_answering_oneself_does_not_count(village):
    tables = village(("ann", "asked", 1, "stile"), ("ann", "replied", 1.5, "stile"))
    assert share.reading(tables, WEEK) == Reading(0.0, n=1)


def test_a_stewards_reply_counts_and_a_bots_does_not(village):
    asked = [("ann", "asked", 1, "stile"), ("ben", "asked", 2, "gate")]
    tables = village(*asked, ("bot", "replied", 1.1, "stile"), ("vic", "replied", 2.1, "gate"))
    assert share.reading(tables, WEEK) == Reading(0.5, n=2)


def test_a_steward_who_asks_is_no_newcomer(village):
    tables = village(("vic", "asked", 1, "stile"), ("ann", "replied", 1.1, "stile"))
    assert share.reading(tables, WEEK) == Reading(None, n=0)
    assert share.reading(tables, WEEK, "staff:only") == Reading(1.0, n=1)


def test_a_question_that_has_not_had_its_day_is_left_out(village):
    assert share.reading(village(("ann", "asked", 7.5, "stile")), WEEK) == Reading(None, n=0)


def test_a_day_is_a_day(village):
    asked = [("ann", "asked", 1, "stile"), ("ben", "asked", 2, "gate")]
    tables = village(*asked, ("cho", "replied", 2.0, "stile"), ("cho", "replied", 3.001, "gate"))
    assert share.reading(tables, WEEK) == Reading(0.5, n=2)


def test_a_source_that_stalled_makes_nobody_look_neglected(village):
    tables = village(("ann", "asked", 1, "stile"), known={1: 1.9})
    assert share.reading(tables, WEEK) == Reading(None, n=0)


def test_who_begins_with_a_reply_waits_for_nobody(village):
    tables = village(("ann", "asked", 1, "stile"), ("ben", "replied", 1.5, "stile"), ("ben", "asked", 2, "gate"))
    assert share.reading(tables, WEEK) == Reading(1.0, n=1)


def test_only_the_first_words_count(village):
    said = [("ann", "asked", 1, "stile"), ("cho", "replied", 1.5, "stile"), ("ann", "asked", 3, "gate")]
    assert share.reading(village(*said), WEEK) == Reading(1.0, n=1)


def test_in_a_flat_channel_whoever_speaks_next_has_replied(village):
    tables = village(("ann", "said", 1, None), ("cho", "said", 1.01, None))
    assert share.reading(tables, WEEK) == Reading(0.5, n=2)


def test_after_half_an_hour_of_silence_nobody_has(village):
    tables = village(("ann", "said", 1, None), ("cho", "said", 1.03, None))
    assert share.reading(tables, WEEK) == Reading(0.0, n=2)


def test_where_nobody_speaks_first_we_cannot_tell(village):
    assert share.reading(village(("ann", "reacted", 1, None)), WEEK) == Reading(None, n=0)


def test_what_its_platform_deleted_is_gone(village):
    tables = village(("ann", "asked", 1, "stile"), ("cho", "replied", 1.5, "stile"), ("cho", "deleted", 2, "cho-1"))
    assert share.reading(tables, WEEK) == Reading(0.0, n=1)


def test_sunday_night_in_utc_is_monday_in_amsterdam(village):
    tables = village(("ann", "asked", 0.99, "stile"), ("cho", "replied", 1.5, "stile"), zone="Europe/Amsterdam")
    assert share.weekly(tables) == {MONDAY: Reading(1.0, n=1)}


def test_the_past_knows_nothing_of_what_came_later(village):
    said = [("ann", "asked", 1, "stile"), ("cho", "replied", 3.5, "stile"), ("ben", "asked", 4, "gate")]
    assert share.reading(village(*said, now=3), WEEK) == Reading(0.0, n=1)


def test_it_can_be_cut_by_channel_and_language(village):
    tables = village(
        ("ann", "asked", 1, "stile", {"channel": 7, "language": "nl"}),
        ("ben", "asked", 2, "gate", {"channel": 8, "language": "sv"}),
        ("cho", "replied", 1.5, "stile"),
    )
    assert share.reading(tables, WEEK, "channel:7") == Reading(1.0, n=1)
    assert share.reading(tables, WEEK, "channel:8") == Reading(0.0, n=1)
    assert share.reading(tables, WEEK, "language:nl") == Reading(1.0, n=1)
    assert share.reading(tables, WEEK, "source:1,language:sv") == Reading(0.0, n=1)
    assert share.reading(tables, WEEK, "source:2") == Reading(None, n=0)


def test_which_ones_begins_with_who_was_not_answered(village):
    tables = village(("ann", "asked", 1, "stile"), ("ben", "asked", 2, "gate"), ("cho", "replied", 1.5, "stile"))
    rows = share.rows(tables, WEEK)
    assert [(tables.village.name(row.key), row.value) for row in rows] == [("ben-1", 0.0), ("ann-1", 1.0)]
    assert share.rows(tables, WEEK, limit=1, offset=1) == rows[1:]
    assert share.rows_count(tables, WEEK) == 2

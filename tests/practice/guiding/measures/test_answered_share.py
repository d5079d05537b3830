"""Questions and their answers."""

from thirdplace.foundation.engine import Reading, measures
from village import WEEK

share = measures["answered_share"]
ASKED = [("ann", "asked", 1, "stile"), ("ben", "asked", 2, "gate")]


def test_an_answer_within_a_day_counts(village):
    tables = village(*ASKED, ("cho", "answered", 1.9, "stile"), ("cho", "answered", 3.1, "gate"))
    assert share.reading(tables, WEEK) == Reading(0.5, n=2)


def test_every_question_counts_not_only_the_first(village):
    tables = village(ASKED[0], ("ann", "asked", 3, "bridge"), ("cho", "answered", 1.5, "stile"))
    assert share.reading(tables, WEEK) == Reading(0.5, n=2)


def test_a_remark_is_no_answer(village):
    assert share.reading(village(ASKED[0], ("cho", "commented", 1.5, "stile")), WEEK) == Reading(0.0, n=1)


def test_where_answers_are_not_told_apart_a_reply_is_one(village):
    assert share.reading(village(ASKED[0], ("cho", "replied", 1.5, "stile")), WEEK) == Reading(1.0, n=1)


def test_ones_own_answer_and_a_bots_do_not_count_and_a_stewards_does(village):
    asked = [*ASKED, ("dee", "asked", 3, "ford")]
    tables = village(
        *asked, ("ann", "answered", 1.5, "stile"), ("bot", "answered", 2.5, "gate"), ("vic", "answered", 3.5, "ford")
    )
    assert share.reading(tables, WEEK) == Reading(1 / 3, n=3)


def test_a_question_by_staff_is_left_out(village):
    tables = village(("vic", "asked", 1, "stile"), ("cho", "answered", 1.5, "stile"))
    assert share.reading(tables, WEEK) == Reading(None, n=0)


def test_a_question_that_has_not_had_its_day_is_left_out(village):
    assert share.reading(village(("ann", "asked", 7.5, "stile")), WEEK) == Reading(None, n=0)


def test_where_no_question_is_marked_we_cannot_tell(village):
    tables = village(("ann", "said", 1, None), ("cho", "said", 1.01, None), ("ben", "started", 2, "gate"))
    assert share.reading(tables, WEEK) == Reading(None, n=0)

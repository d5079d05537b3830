"""Newcomers to whom nobody has replied: each sentence of the card."""

import pytest

from thirdplace.flow.signals import signals
from village import facts, noticed

waiting = signals["newcomer_waiting"]


def test_who_has_waited_more_than_a_day_is_noticed(village):
    assert noticed(waiting, village(("ann", "asked", 6.9, "stile"))) == ["ann-1"]
    assert noticed(waiting, village(("ann", "asked", 7.1, "stile"))) == []


def test_it_rests_when_anyone_else_replies(village):
    assert noticed(waiting, village(("ann", "asked", 5, "stile"), ("cho", "replied", 6, "stile"))) == []
    assert noticed(waiting, village(("ann", "asked", 5, "stile"), ("vic", "replied", 6, "stile"))) == []


def test_a_bots_reply_does_not_end_the_waiting(village):
    assert noticed(waiting, village(("ann", "asked", 5, "stile"), ("bot", "replied", 6, "stile"))) == ["ann-1"]


def test_a_newcomer_who_answers_themselves_is_still_waiting(village):
    assert noticed(waiting, village(("ann", "asked", 1, "stile"), ("ann", "replied", 1.5, "stile"))) == ["ann-1"]


def test_it_rests_two_weeks_after_the_message(village):
    assert noticed(waiting, village(("ann", "asked", 1, "stile"), now=14.9)) == ["ann-1"]
    assert noticed(waiting, village(("ann", "asked", 1, "stile"), now=15.1)) == []


def test_who_spoke_before_is_no_newcomer(village):
    tables = village(("ann", "asked", 1, "gate"), ("cho", "replied", 1.5, "gate"), ("ann", "asked", 5, "stile"))
    assert noticed(waiting, tables) == []


def test_staff_and_bots_do_not_wait(village):
    assert noticed(waiting, village(("vic", "asked", 5, "stile"), ("bot", "asked", 5, "gate"))) == []


def test_a_source_that_stalled_makes_nobody_look_neglected(village):
    assert noticed(waiting, village(("ann", "asked", 5, "stile"), known={1: 5.9})) == []


def test_the_past_is_seen_as_it_was(village):
    said = [("ann", "asked", 3, "stile"), ("cho", "replied", 6, "stile")]
    assert noticed(waiting, village(*said, now=5)) == ["ann-1"]
    assert noticed(waiting, village(*said, now=7)) == []


def test_a_reply_that_was_deleted_is_none(village):
    said = [("ann", "asked", 5, "stile"), ("cho", "replied", 6, "stile"), ("cho", "deleted", 6.5, "cho-1")]
    assert noticed(waiting, village(*said)) == ["ann-1"]


def test_a_question_is_heavier_than_a_hello_and_a_recent_one_than_an_old_one(village):
    said = [("ann", "said", 6, None), ("ben", "asked", 5, "stile"), ("cho", "asked", 6, "gate")]
    assert noticed(waiting, village(*said)) == ["cho-1", "ben-1", "ann-1"]


def test_it_says_how_long_and_from_what_it_knows(village):
    known = facts(waiting, village(("ann", "asked", 5, "stile")))
    assert known == {
        "waited_seconds": 3 * 86_400, "answered_share": None, "answered_n": 0,
        "unanswered_share": None, "unanswered_n": 0,
    }  # fmt: skip
    assert waiting.why_of(known) == waiting.unsure


def newcomers(count, *, answered, back, begin=1):
    """Newcomers of their own threads; some answered within a day; some speak again ten days later."""
    for nth in range(count):
        who = f"{'heard' if answered else 'alone'}{nth}"
        yield who, "asked", begin + nth / 1000, who
        if answered:
            yield "cho", "replied", begin + 0.5 + nth / 1000, who
        if nth < back:
            yield who, "replied", begin + 10 + nth / 1000, who


def test_it_counts_in_this_community_who_spoke_again(village):
    past = [("cho", "said", 0, None), *newcomers(20, answered=True, back=15), *newcomers(20, answered=False, back=5)]
    known = facts(waiting, village(*past, ("ann", "asked", 68, "stile"), now=70))
    assert (known["answered_share"], known["answered_n"]) == (0.75, 20)
    # Cho's own first words had no reply either, and Cho was not seen again after the second day
    assert (known["unanswered_share"], known["unanswered_n"]) == (0.238095, 21)
    assert waiting.why_of(known) == waiting.why


def test_below_twenty_on_either_side_it_does_not_tell(village):
    past = [*newcomers(19, answered=True, back=15), *newcomers(25, answered=False, back=5)]
    known = facts(waiting, village(*past, ("ann", "asked", 68, "stile"), now=70))
    assert (known["answered_share"], known["answered_n"]) == (None, 19)
    assert known["unanswered_share"] is not None


def test_a_thank_you_the_next_day_is_not_speaking_again(village):
    past = []
    for nth in range(20):
        past += [(f"n{nth}", "asked", 1 + nth / 1000, f"t{nth}"), ("cho", "replied", 1.5 + nth / 1000, f"t{nth}")]
        past += [(f"n{nth}", "replied", 1.9 + nth / 1000, f"t{nth}")]
    known = facts(waiting, village(*past, ("ann", "asked", 68, "stile"), now=70))
    assert (known["answered_share"], known["answered_n"]) == (0.0, 20)


@pytest.mark.parametrize(
    ("answered", "n", "unanswered", "m", "which"),
    [(0.51, 227, 0.29, 62, "why"), (0.41, 308, 0.49, 65, "alike"), (0.61, 21, 0.52, 44, "alike"),
     (0.5, 40, 0.5, 40, "alike"), (1.0, 40, 0.0, 40, "why"), (None, 3, 0.5, 40, "unsure")],
)  # fmt: skip
def test_shares_that_chance_may_put_apart_are_not_told_as_a_difference(answered, n, unanswered, m, which):
    known = {
        "waited_seconds": 86_400, "answered_share": answered, "answered_n": n, "unanswered_share": unanswered,
        "unanswered_n": m,
    }  # fmt: skip
    assert waiting.why_of(known) == getattr(waiting, which)

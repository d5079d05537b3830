"""What was planted is found, and what was shuffled is lost: the numbers follow from who said what when."""

import random

from thirdplace.flow.signals import signals
from thirdplace.foundation.engine import Period, measures
from village import MONDAY, facts, noticed

waiting, quiet = signals["newcomer_waiting"], signals["regular_gone_quiet"]
ANN = ("ann", "asked", 118, "now")  # somebody waits now, so that the numbers are told


def arrivals(back):
    """120 newcomers, every second one answered within a day; back: who of them speaks again ten days later."""
    rows = []
    for nth in range(120):
        who, day = f"n{nth}", 1 + nth / 3
        rows.append((who, "asked", day, who))
        if nth % 2:
            rows.append(("cho", "replied", day + 0.5, who))
        if nth in back:
            rows.append((who, "replied", day + 10, who))
    return rows


def difference(village, back):
    known = facts(waiting, village(*arrivals(back), ANN, now=120))
    return known["answered_share"] - known["unanswered_share"]


def test_a_planted_effect_of_answering_is_found(village):
    answered, other = [nth for nth in range(120) if nth % 2], [nth for nth in range(120) if not nth % 2]
    back = set(answered[:45] + other[:15])
    assert difference(village, back) == 0.75 - 0.25


def test_shuffling_who_came_back_destroys_it(village):
    found = [difference(village, set(random.Random(seed).sample(range(120), 60))) for seed in range(3)]
    assert all(abs(each) < 0.25 for each in found)


def test_shuffled_moments_make_nobody_silent(village):
    steady = [("ann", "said", -150 + 3 * nth, None) for nth in range(44)]
    assert noticed(quiet, village(*steady, ("ben", "said", 7, None))) == ["ann"]
    chance = random.Random(1)
    spread = [("ann", "said", chance.uniform(-150, 8), None) for _ in range(200)]
    assert noticed(quiet, village(*spread, ("ben", "said", 7, None))) == []


def test_waits_that_are_made_longer_are_measured_longer(village):
    wait, year = measures["time_to_first_response"], Period(MONDAY, MONDAY.replace(year=MONDAY.year + 1))

    def median(times):
        rows = [row for nth in range(30) for row in _asked(nth, times)]
        return wait.reading(village(*rows, now=200), year).value

    def _asked(nth, times):
        day = 1 + nth
        return [("ann", "asked", day, f"t{nth}"), ("cho", "replied", day + times * (nth % 3 + 1) / 24, f"t{nth}")]

    assert (median(1), median(3)) == (2 * 3600, 6 * 3600)


def test_replies_put_before_the_questions_answer_nothing(village):
    share, year = measures["first_reply_share"], Period(MONDAY, MONDAY.replace(year=MONDAY.year + 1))
    asked = [(f"n{nth}", "asked", 10 + nth, f"t{nth}") for nth in range(20)]
    after = [("cho", "replied", 10.5 + nth, f"t{nth}") for nth in range(20)]
    before = [("cho", "replied", 9.5 + nth, f"t{nth}") for nth in range(20)]
    assert share.reading(village(*asked, *after, now=60), year).value == 1.0
    assert share.reading(village(*asked, *before, now=60), year).value == 0.0

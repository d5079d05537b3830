"""Regulars who have fallen silent: each sentence of the card."""

from thirdplace.flow.signals import signals
from village import facts, noticed

quiet = signals["regular_gone_quiet"]


def visits(who, *, until, every, times, kind="said"):
    """So many visits, so many days apart, the last on a day."""
    return [(who, kind, until - every * nth, None) for nth in reversed(range(times))]


def test_a_regular_who_is_silent_for_more_than_twice_their_usual_pause_is_noticed(village):
    assert noticed(quiet, village(*visits("ann", until=8 - 31, every=15, times=12))) == ["ann"]
    assert noticed(quiet, village(*visits("ann", until=8 - 29, every=15, times=12))) == []


def test_within_three_weeks_nobody_is_noticed(village):
    assert noticed(quiet, village(*visits("ann", until=8 - 20.5, every=2, times=60))) == []
    assert noticed(quiet, village(*visits("ann", until=8 - 21.5, every=2, times=60))) == ["ann"]


def test_their_own_rhythm_counts(village):
    rare, often = visits("ann", until=-21, every=15, times=12), visits("ben", until=-21, every=2, times=60)
    assert noticed(quiet, village(*rare, *often)) == ["ben"]


def test_it_rests_when_they_speak_again(village):
    said = visits("ann", until=-20, every=5, times=20)
    assert noticed(quiet, village(*said)) == ["ann"]
    assert noticed(quiet, village(*said, ("ann", "said", 7.5, None))) == []


def test_a_reaction_is_not_speaking(village):
    assert noticed(quiet, village(*visits("ann", until=-20, every=5, times=20), ("ann", "reacted", 7.5, None))) == [
        "ann"
    ]


def test_it_rests_after_ninety_days(village):
    assert noticed(quiet, village(*visits("ann", until=8 - 89, every=5, times=20))) == ["ann"]
    assert noticed(quiet, village(*visits("ann", until=8 - 91, every=5, times=20))) == []


def test_ninety_days_are_counted_to_now_though_a_source_was_read_no_further(village):
    said = visits("ann", until=-20, every=5, times=20)
    assert noticed(quiet, village(*said, now=69, known={1: 3})) == ["ann"]
    assert noticed(quiet, village(*said, now=71, known={1: 3})) == []


def test_a_place_they_left_before_that_half_year_does_not_matter_and_one_they_used_in_it_does(village):
    said = visits("ann", until=-20, every=5, times=20)
    elsewhere = {"source": 2, "channel": 200}
    assert noticed(quiet, village(("ann", "said", -300, None, elsewhere), *said, known={1: 8, 2: -290})) == ["ann"]
    assert noticed(quiet, village(("ann", "said", -100, None, elsewhere), *said, known={1: 8, 2: -90})) == []


def test_who_spoke_on_fewer_than_twelve_days_is_no_regular(village):
    assert noticed(quiet, village(*visits("ann", until=-30, every=7, times=11))) == []
    assert noticed(quiet, village(*visits("ann", until=-30, every=7, times=12))) == ["ann"]


def test_only_the_half_year_before_counts(village):
    assert noticed(quiet, village(*visits("ann", until=-60, every=17, times=30))) == []


def test_twelve_days_within_two_months_are_a_visit_no_habit(village):
    assert noticed(quiet, village(*visits("ann", until=-20, every=2, times=14))) == []


def test_staff_and_bots_are_left_out(village):
    said = [*visits("vic", until=-20, every=5, times=20), *visits("bot", until=-20, every=5, times=20)]
    assert noticed(quiet, village(*said)) == []


def test_a_source_that_stalled_makes_nobody_look_silent(village):
    said = visits("ann", until=-20, every=5, times=20)
    assert noticed(quiet, village(*said, known={1: -12})) == []


def test_the_past_is_seen_as_it_was(village):
    said = [*visits("ann", until=-20, every=5, times=20), ("ann", "said", 5, None)]
    assert noticed(quiet, village(*said, now=4)) == ["ann"]
    assert noticed(quiet, village(*said, now=8)) == []


def test_who_was_there_most_is_heaviest(village):
    said = [*visits("ann", until=-20, every=6, times=20), *visits("ben", until=-20, every=3, times=50)]
    assert noticed(quiet, village(*said)) == ["ben", "ann"]


def test_it_says_what_is_usual_and_from_how_many_pauses(village):
    known = facts(quiet, village(*visits("ann", until=-20, every=5, times=20)))
    assert known.pop("last_at").startswith("2026-02-09")
    assert known == {"active_n": 20, "usual_days": 5.0, "gaps_n": 19, "silent_seconds": 28 * 86_400.0}

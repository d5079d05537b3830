"""Waits that have not ended, beside the numbers of a textbook."""

import numpy as np
import pytest

from thirdplace.foundation.engine.folds import summaries, survived
from thirdplace.foundation.engine.survival import Waits

# Freireich and others, 1963: weeks of remission under 6-MP; a minus means that it was still going on.
WEEKS = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]


def waits(*groups):
    numbers = np.concatenate([np.full(len(group), nth) for nth, group in enumerate(groups)])
    values = np.concatenate([np.array(group, dtype=float) for group in groups])
    return Waits(numbers.astype(np.int64), np.abs(values), (values > 0).astype(np.int64))


def test_the_curve_is_the_textbooks():
    found = waits(WEEKS)
    curve = dict(zip(found.seconds.tolist(), found.still.round(4).tolist(), strict=True))
    assert {week: curve[week] for week in (6, 7, 10, 13, 16, 22, 23, 35)} == {
        6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482, 35: 0.4482,
    }  # fmt: skip


def test_its_interval_is_greenwoods_on_the_log_log_scale():
    found = waits(WEEKS)
    at = found.seconds.tolist().index(6)
    assert (found.low[at], found.high[at]) == pytest.approx((0.6197, 0.9516), abs=1e-4)
    at = found.seconds.tolist().index(23)
    assert (found.low[at], found.high[at]) == pytest.approx((0.1881, 0.6801), abs=1e-4)


def test_the_median_and_between_what_it_lies():
    (reading,) = summaries(waits(WEEKS))
    assert (reading.value, reading.n, reading.low, reading.high) == (23, 21, 13, None)
    assert reading.more == {"p90": None, "ended": 9}


def test_where_fewer_than_half_have_ended_there_is_no_median():
    (reading,) = summaries(waits([1, 2, -3, -3, -3]))
    assert reading.value is None
    assert (reading.n, reading.more["ended"]) == (5, 2)


def test_without_anyone_waiting_it_is_the_plain_median():
    (reading,) = summaries(waits([1, 2, 3, 4, 5]))
    assert reading.value == 3
    assert reading.more["p90"] == 5


def test_groups_do_not_touch_each_other():
    alone = [summaries(waits(group))[0] for group in (WEEKS, [5.0, 9.0], [-4.0])]
    together = summaries(waits(WEEKS, [5.0, 9.0], [-4.0]))
    assert together == alone
    assert [each.low for each in together] == [each.low for each in alone]
    assert [each.more for each in together] == [each.more for each in alone]


def test_among_hundreds_of_groups_each_has_to_the_last_digit_the_curve_it_has_alone():
    dice = np.random.default_rng(7)
    sizes = dice.integers(1, 90, 300).tolist()
    groups = [dice.integers(1, 100_000, size) * dice.choice([1, 1, 1, 1, -1], size) for size in sizes]
    together = waits(*groups)
    for nth, group in enumerate(groups):
        alone, mine = waits(group), together.group == nth
        assert alone.still.tolist() == together.still[mine].tolist()
        assert (alone.low.tolist(), alone.high.tolist()) == (together.low[mine].tolist(), together.high[mine].tolist())


def test_the_order_of_waits_does_not_matter():
    shuffled = np.random.default_rng(1).permutation(WEEKS)
    assert summaries(waits(list(shuffled))) == summaries(waits(WEEKS))


def test_nobody_is_nobody():
    empty = np.zeros(0, dtype=np.int64)
    assert summaries(Waits(empty, empty.astype(float), empty)) == []


def test_a_curve_begins_with_everyone_and_is_short():
    reading = survived(waits(list(range(1, 500))), 0, curve=True)
    assert reading.more["curve"][0] == [0.0, 1.0, 1.0, 1.0]
    assert len(reading.more["curve"]) <= 61
    assert reading.more["curve"][-1][:2] == [499.0, 0.0]
    for _seconds, still, low, high in reading.more["curve"]:
        assert low <= still <= high

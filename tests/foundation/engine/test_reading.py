"""Values, and where the true ones probably lie."""

import pytest

from thirdplace.foundation.engine.reading import Reading, counted, poisson, shared, wilson


def test_readings_are_equal_by_value_and_n():
    assert Reading(0.5, n=2, low=0.1) == Reading(0.5, n=2, low=0.2, open=True)
    assert Reading(0.5, n=2) != Reading(0.5, n=3)
    assert Reading(None, n=0) != Reading(0.0, n=0)


def test_wilsons_interval():
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


def test_an_interval_always_holds_its_value():
    for whole in range(1, 40):
        for part in range(whole + 1):
            low, high = wilson(part, whole)
            assert 0 <= low <= part / whole <= high <= 1


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.69), (1, 0.03, 5.57), (10, 4.80, 18.39), (100, 81.36, 121.63)]
)
def test_the_interval_of_a_count_is_close_to_the_exact_one(count, low, high):
    assert poisson(count) == pytest.approx((low, high), abs=0.03, rel=0.02)


def test_a_share_of_nobody_is_nothing():
    assert shared(0, 0) == Reading(None)


def test_a_count_of_nothing_is_nought():
    assert counted(0, 0) == Reading(0.0, n=0)

"""What the curve of waits says in words: half, nine of ten, and that who waits counts."""

import pytest

from thirdplace.face.web.pages.counted import curve_words
from thirdplace.foundation.engine import Reading, measures

WAITS = measures["time_to_first_response"]


@pytest.mark.parametrize(
    ("value", "p90", "says"),
    [
        (600.0, 90_000.0, "Nine of ten have one after 1 d 1 h."),
        (600.0, None, "Too many still wait to say when nine of ten have one."),
    ],
)
def test_nine_of_ten_are_told_where_they_are_known(value, p90, says):
    now, before = Reading(value, 40, 300.0, 900.0, {"p90": p90}), Reading(1_200.0, 30, 600.0, 2_000.0, {"p90": p90})
    words = curve_words([now, before], WAITS)
    assert words.startswith("Half have a response after 10 min. In the twelve weeks before: 20 min. ")
    assert says in words
    assert curve_words([Reading(value, 3, more={"p90": p90}), before], WAITS).startswith("Too few")


def test_where_not_even_half_are_known_nothing_is_said_of_nine():
    words = curve_words([Reading(None, 40, more={"p90": None}), Reading(None, 0)], WAITS)
    assert words == "Whoever still waits counts for as long as they have waited."

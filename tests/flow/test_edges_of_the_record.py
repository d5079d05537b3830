"""Days before anything was read and long after: nothing is said of them. Of a day between, what was known by then."""

from datetime import date

import pytest

from hedgerow import NOW, Village, at
from thirdplace.flow.models import Round

SAID = (("ann", "said", 1, None), ("cho", "said", 7.9, None))
WEEKS = [(who, "said", -7 * week + day, None) for week in range(12) for day, who in enumerate(("ann", "cho", "dov"))]


def test_a_day_before_the_first_is_not_known(village: Village) -> None:
    village.tell(*SAID)
    day = village.day(at(-300))
    assert (day.title, day.answered, day.can_tell) == ("Nothing is known of this day.", 0, 0)
    assert day.begins == date(2026, 11, 2)
    assert day.told == "This day lies before all that has been read: that begins on 2 November 2026."
    assert {each.answer for each in day.questions if each.slug in ("waiting", "hand", "changing")} == {
        "We cannot tell: what has been read begins on 2 November 2026."
    }


def test_the_first_day_itself_is_known(village: Village) -> None:
    village.tell(*SAID)
    day = village.day(at(1))
    assert day.begins is None
    assert day.questions[1].can_tell


@pytest.mark.parametrize(("days", "knows"), [(14, True), (15, False)])
def test_long_after_the_last_day_nothing_is_known(village: Village, days: int, knows: bool) -> None:
    village.tell(*SAID)
    waiting = village.day(wall=at(7.9 + days)).questions[1]
    assert waiting.can_tell is knows
    if not knows:
        assert waiting.answer == "We cannot tell: nothing has been read since 8 November 2026."


def test_what_changed_is_judged_by_what_was_known_that_day(village: Village) -> None:
    village.tell(*WEEKS, ("cho", "said", 7.9, None))
    village.day(at(-1))
    was = Round.objects.get(on=at(-1).date()).truths["changing"]
    village.tell(*(("late", "said", day, None) for day in (7.91, 7.92, 7.93)), wall=NOW)
    village.day(at(-1))
    assert Round.objects.get(on=at(-1).date()).truths["changing"] == was

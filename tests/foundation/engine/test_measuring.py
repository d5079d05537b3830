"""A definition that is wrong is refused, with its file and the mend."""

import pytest

from thirdplace.foundation.engine import keeping, measure, measures
from thirdplace.foundation.engine.measuring import LINES, QUESTIONS
from thirdplace.foundation.registry import WrongDefinition

CARD = {
    "Unit": "members.", "Better": "up.", "Source": "talk.", "Counts": "each.", "Omits": "none.", "Empty": "None.",
}  # fmt: skip


def define(card=CARD, name="of_a_test", **given):
    def function(t):
        return t.days

    function.__name__ = function.__qualname__ = name
    function.__doc__ = "How many.\n\n" + "\n".join(f"{line}: {said}" for line, said in card.items())
    try:
        return measure(**{"title": "Test", "question": "own", "unit": "members", "fold": "distinct"} | given)(function)
    finally:
        measures.forget(name) if name == "of_a_test" else None


@pytest.mark.parametrize("line", LINES)
def test_a_card_that_lacks_a_line_is_refused(line):
    with pytest.raises(WrongDefinition, match=f"The docstring of of_a_test lacks {line}.") as error:
        define({name: said for name, said in CARD.items() if name != line})
    assert error.value.file.endswith("test_measuring.py")


@pytest.mark.parametrize(("what", "said"), [("fold", "middle"), ("question", "money"), ("unit", "points")])
def test_a_word_that_nobody_knows_is_refused(what, said):
    with pytest.raises(WrongDefinition, match=f"of_a_test has the {what} '{said}'"):
        define(**{what: said})


def test_better_begins_with_up_down_or_neither():
    with pytest.raises(WrongDefinition, match="begins with 'more'"):
        define(CARD | {"Better": "more is better"})
    assert define(CARD | {"Better": "neither. It depends."}).better == "neither"


def test_two_of_one_name_are_refused():
    with pytest.raises(WrongDefinition, match="Two measures are called 'messages'"):
        define(name="messages")


def test_every_measure_answers_one_of_the_questions_and_shows_its_query():
    assert len(measures) >= 6
    for each in measures.values():
        assert each.question in QUESTIONS
        assert each.sql().startswith(("SELECT", "WITH"))
        assert each.least >= 1


def test_a_count_has_no_share_and_a_share_has_a_minimum():
    for each in measures.values():
        assert (each.unit == "share") == (each.fold in ("mean", "again", "sticky", "top"))
        assert each.fold in ("distinct", "sum") or each.least >= 10
        assert each.is_rate == (each.fold not in ("distinct", "sum"))


@pytest.mark.parametrize("fold", ["distinct", "sum", "mean"])
def test_rows_that_tell_only_day_member_and_value_can_be_counted_and_shown(village, fold):
    from village import WEEK

    def twice_spoken(t):
        return t.days.select("happened_on", "member_id", value=t.days.n / 2)

    twice_spoken.__doc__ = "How often.\n\n" + "\n".join(f"{line}: {said}" for line, said in CARD.items())
    try:
        made = measure(title="Test", question="own", unit="messages", fold=fold)(twice_spoken)
        tables = village(("ann", "said", 1, None), ("ann", "said", 1.5, None))
        (row,) = made.rows(tables, WEEK)
        assert (row.member_id, row.value, row.happened_at) == (tables.village.member("ann"), 1.0, None)
        assert made.reading(tables, WEEK).value == 1.0
        assert {part for _grain, part, _on in keeping.compute(made, tables)} == {"all"}
    finally:
        measures.forget("twice_spoken")

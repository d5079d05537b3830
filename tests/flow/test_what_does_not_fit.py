"""The lines that do not fit in a morning are folded, not lost; what is done today has taken its part of it."""

from datetime import datetime

from hedgerow import NOW, Village, at
from thirdplace import settings
from thirdplace.flow import worklist


def many(n: int) -> list[tuple[str, str, float, str]]:
    return [(f"new{nth:02}", "asked", 5 + nth / 100, f"thread{nth}") for nth in range(n)]


def do_all(village: Village, wall: datetime = NOW) -> None:
    for item in village.day(wall=wall).waiting:
        now = village.community.now(wall)
        village.do("welcome_newcomer", now=now, finding=item.finding, message=item.subject, text="Hello")


def test_they_are_kept_with_their_words_for_who_unfolds_them(village: Village) -> None:
    village.tell(*many(8), ("cho", "said", 7.9, None), new00="Which stile is it?")
    question = village.day().questions[1]
    assert len(question.rest) == question.more == 8 - settings.TODAY_LINES
    assert {item.pk for item in question.rest} & {item.pk for item in question.items} == set()
    worklist.show(village.community, question.rest)
    assert all(item.words is not None for item in question.rest)


def test_a_morning_s_work_is_a_morning_s_work(village: Village) -> None:
    village.tell(*many(8), ("cho", "said", 7.9, None))
    do_all(village)
    day = village.day()
    assert day.is_done
    assert day.title == "That is the round."
    assert (day.questions[1].more, day.questions[1].answered) == (3, False)
    assert day.questions[1].more_why == "Three more like these wait for tomorrow."


def test_where_no_tomorrow_comes_by_itself_they_follow_at_once(village: Village) -> None:
    village.tell(*many(8), ("cho", "said", 7.9, None), wall=at(400))
    assert village.day(wall=at(400)).questions[1].more_why == "Three more like these."
    do_all(village, at(400))
    question = village.day(wall=at(400)).questions[1]
    assert (len(question.waiting), question.more) == (3, 0)

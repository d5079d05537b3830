"""A morning in the village: who waits, who was answered, what rests, what comes back."""

from datetime import date

import pytest
from django.utils import translation

from hedgerow import NOW, Village, at
from thirdplace import settings
from thirdplace.flow import worklist
from thirdplace.flow.actions import undo
from thirdplace.flow.models import Finding, SetAside
from thirdplace.flow.questions import SLUGS
from thirdplace.foundation.errors import ThirdplaceError

WAITS = (("ann", "asked", 6, "stile"), ("cho", "said", 7.9, None))


def states(village: Village, slug: str = "waiting") -> list[tuple[str, str]]:
    return [(item.who, item.state) for item in village.lines(slug)]


def test_the_eight_questions_are_asked_in_their_order(village: Village) -> None:
    day = village.day()
    assert tuple(each.slug for each in day.questions) == SLUGS
    assert SLUGS == ("safe", "waiting", "hand", "step_up", "goes_out", "coming_up", "changing", "inside")
    assert day.title == "Nothing has been read yet."
    assert (day.answered, day.can_tell, day.minutes) == (0, 0, 0)


def test_a_question_nobody_looks_at_says_so_and_is_not_answered(village: Village) -> None:
    village.tell(("ann", "said", 7, None))
    safe = village.day().questions[0]
    assert (safe.answer, safe.answered) == ("We cannot tell yet: no reports are read here.", False)


def test_a_newcomer_waits_with_their_words_and_one_action(village: Village) -> None:
    village.tell(*WAITS, ann="How do I cross the stile? I am new.")
    day = village.day()
    (item,) = village.lines("waiting")
    assert (item.who, item.state, item.action.slug) == ("Ann", "waiting", "welcome_newcomer")
    assert item.sentence.startswith("Ann ")
    assert item.message is not None
    assert item.message.text == "How do I cross the stile? I am new."
    assert item.meta[0] == "Waiting 1 day 21 hours"
    assert item.button == "Welcome Ann"
    assert "How do I cross the stile?" in item.draft
    assert "!" not in item.draft
    assert item.why
    assert item.advice is not None
    assert day.title == "One person waiting."
    assert day.minutes == item.minutes


def test_their_message_stands_between_its_neighbours(village: Village) -> None:
    village.tell(
        ("ann", "asked", 5, "stile"), ("ann", "replied", 5.1, "stile"), ("ann", "replied", 5.2, "stile"),
        ("cho", "said", 7.9, None),
    )  # fmt: skip
    (item,) = village.lines("waiting")
    assert [each.happened_at for each in item.context] == [at(5), at(5.1)]


def test_what_was_answered_shows_as_done_today_and_rests_tomorrow(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting", wall=at(8.3))
    village.do("welcome_newcomer", finding=item.finding, message=item.subject, text="Welcome.", now=at(8.4))
    day = village.day(wall=at(8.5))
    assert states_of(day) == [("Ann", "done")]
    assert day.title == "That is the round."
    assert day.is_done
    assert [deed.action for deed in day.deeds] == ["welcome_newcomer"]
    assert states_of(village.day(wall=at(9.5))) == []


def states_of(day: worklist.Day) -> list[tuple[str, str]]:
    return [
        (item.who, item.state) for question in day.questions for item in question.items if question.slug == "waiting"
    ]


def test_undone_it_waits_again(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    deed = village.do("welcome_newcomer", finding=item.finding, message=item.subject, text="Welcome.")
    assert states(village) == [("Ann", "done")]
    undo(deed, steward=village.steward, now=NOW)
    assert states(village) == [("Ann", "waiting")]


def test_a_deed_done_from_elsewhere_counts_too(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    village.do("welcome_newcomer", message=item.subject, text="Welcome.")
    assert states(village) == [("Ann", "done")]


def test_a_note_does_not_let_a_line_rest(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    village.do("write_note", finding=item.finding, member=village.member("Ann"), text="New here.")
    assert states(village) == [("Ann", "waiting")]


def test_it_ends_by_itself_when_another_answers(village: Village) -> None:
    village.tell(*WAITS)
    assert states(village) == [("Ann", "waiting")]
    village.tell(("cho", "replied", 7.95, "stile"))
    assert states(village) == []
    waiting = village.day().questions[1]
    assert waiting.answered
    assert waiting.answer.startswith("Nobody is waiting.")


def test_put_off_until_a_day_it_comes_back_on_that_day(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    until = date(2026, 11, 11)
    deed = village.do("set_aside", finding=item.finding, because="later", until=until.isoformat())
    assert states(village) == []
    assert [each.until for each in village.day().questions[1].later] == [until]
    assert [each.who for each in worklist.coming_back(village.community, wall=NOW)] == ["Ann"]
    assert states_of(village.day(wall=at(9.5))) == []
    assert states_of(village.day(wall=at(10.5))) == [("Ann", "waiting")]
    undo(deed, steward=village.steward, now=NOW)
    assert states(village) == [("Ann", "waiting")]


def test_put_off_until_something_changes_it_comes_back_with_a_word_in_its_thread(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    village.do("set_aside", finding=item.finding, because="later", now=at(8))
    assert states(village) == []
    village.tell(("ann", "replied", 8.1, "stile"), wall=at(8.2))
    assert states_of(village.day(wall=at(8.3))) == [("Ann", "waiting")]


def test_done_elsewhere_is_done_today(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    village.do("set_aside", finding=item.finding, because="elsewhere")
    assert states(village) == [("Ann", "done")]


@pytest.mark.parametrize("because", ["no_problem", "fewer"])
def test_what_is_not_useful_is_gone(village: Village, because: str) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    village.do("set_aside", finding=item.finding, because=because)
    assert states(village) == []


def test_a_wrong_moment_brings_it_back_in_two_weeks(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    village.do("set_aside", finding=item.finding, because="wrong_moment")
    assert SetAside.objects.get().until_on == date(2026, 11, 23)


def test_asking_for_fewer_halves_what_counts_and_says_so(village: Village) -> None:
    village.tell(*WAITS, ("ben", "asked", 6.1, "gate"))
    first, second = village.lines("waiting")
    weights = [first.weight, second.weight]
    deed = village.do("set_aside", finding=first.finding, because="fewer")
    (left,) = village.lines("waiting")
    assert left.weight == second.weight / 2
    assert left.fewer.startswith("You asked for fewer lines of this kind")
    undo(deed, steward=village.steward, now=NOW)
    assert [item.weight for item in village.lines("waiting")] == weights


def test_a_day_that_is_no_later_than_today_is_refused_to_bring_it_back(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    with pytest.raises(ThirdplaceError, match="is not after the day"):
        village.do("set_aside", finding=item.finding, because="later", until="2026-11-09")


def test_a_day_of_the_past_is_as_it_was_by_then(village: Village) -> None:
    village.tell(("ann", "asked", 2, "stile"), ("cho", "replied", 5, "stile"), ("dov", "said", 7.9, None))
    assert states(village) == []
    past = village.day(at(4))
    assert states_of(past) == [("Ann", "waiting")]
    assert past.told == "As it was on 5 November 2026."
    assert not past.live
    assert states_of(village.day(at(2))) == []


def test_a_deed_of_later_is_not_yet_done_in_the_past(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    village.do("welcome_newcomer", finding=item.finding, message=item.subject, text="Welcome.")
    assert states_of(village.day(at(7.5))) == [("Ann", "waiting")]


def test_a_day_that_has_not_come_is_refused(village: Village) -> None:
    village.tell(*WAITS)
    with pytest.raises(ThirdplaceError, match="has not come yet in Hedgerow"):
        village.day(at(20))


def test_an_archive_that_ended_stands_still_and_offers_its_last_days(village: Village) -> None:
    village.tell(*WAITS, wall=at(400))
    day = village.day(wall=at(400))
    assert (day.on, day.ended, day.live) == (date(2026, 11, 8), date(2026, 11, 8), False)
    assert day.told == "The archive ended on 8 November 2026. This is its last day."
    assert states_of(day) == [("Ann", "waiting")]
    assert worklist.last_days(village.community)[:2] == [date(2026, 11, 8), date(2026, 11, 7)]


def test_an_archive_that_goes_on_runs_again(village: Village) -> None:
    village.tell(*WAITS, wall=at(100))
    assert village.community.clock_on == date(2026, 11, 8)
    village.tell(("ben", "said", 99, None), wall=at(100))
    assert village.community.clock_on is None


def test_a_clock_that_a_steward_set_is_left_alone(village: Village) -> None:
    village.tell(*WAITS, wall=at(100))
    village.community.clock_on = date(2026, 11, 7)
    village.community.save()
    village.tell(("ben", "said", 9, None), wall=at(100))
    assert village.community.clock_on == date(2026, 11, 7)


def many(n: int) -> list[tuple[str, str, float, str]]:
    return [(f"new{nth:02}", "asked", 5 + nth / 100, f"thread{nth}") for nth in range(n)]


def test_never_more_lines_than_a_question_may_have(village: Village) -> None:
    village.tell(*many(12), ("cho", "said", 7.9, None))
    waiting = village.day().questions[1]
    assert (len(waiting.items), waiting.more) == (settings.TODAY_LINES, 12 - settings.TODAY_LINES)
    assert waiting.more_why == "Seven more like these wait for tomorrow."
    assert not waiting.answered


def test_never_longer_than_a_morning(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.tell(*many(4), ("cho", "said", 7.9, None))
    (first, *_) = village.lines("waiting")
    monkeypatch.setattr(settings, "TODAY_MINUTES", first.minutes * 2)
    day = village.day()
    assert day.minutes == first.minutes * 2
    assert (len(day.waiting), day.questions[1].more) == (2, 2)
    assert day.questions[1].more_why == "Two more wait: they do not fit in a morning."
    assert day.title == "Four people waiting."


def test_twenty_lines_cost_no_more_queries_than_ten(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    monkeypatch.setattr(settings, "TODAY_LINES", 20)
    monkeypatch.setattr(settings, "TODAY_MINUTES", 10_000)

    def queries(n: int) -> int:
        village.tell(*many(n), ("cho", "said", 7.9, None))
        village.day()
        with CaptureQueriesContext(connection) as seen:
            day = village.day()
            assert len(day.waiting) == n
            assert all(item.sentence and item.button and item.place for item in day.waiting)
        return len(seen)

    assert queries(10) == queries(20)


def test_a_line_keeps_its_number_when_the_day_is_asked_again(village: Village) -> None:
    village.tell(*WAITS)
    before = Finding.objects.get().pk
    village.tell(("ben", "said", 7.95, None))
    assert Finding.objects.get(subject=village.lines("waiting")[0].finding.subject).pk == before


def test_one_line_by_itself_says_what_the_page_says(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    alone = worklist.item_for(item.finding, wall=NOW)
    assert (alone.sentence, alone.meta, alone.draft) == (item.sentence, item.meta, item.draft)


def test_a_draft_is_in_their_language_whatever_the_stewards(village: Village) -> None:
    village.tell(*WAITS)
    (item,) = village.lines("waiting")
    with translation.override("nl"):
        assert item.language == "en"
        assert item.draft.startswith("Hello Ann")


def test_nothing_is_unusual_only_where_the_usual_is_known(village: Village) -> None:
    late = at(8.5)
    village.tell(*[("ann", "said", day, None) for day in range(1, 9)], wall=late)
    changing = village.day(wall=late).questions[6]
    assert changing.answer.startswith("We cannot tell yet")
    village.tell(*[("ann", "said", -7 * week, None) for week in range(60)], wall=late)
    assert village.day(wall=late).questions[6].answer == "Messages: higher than usual, 7 last week against 1."


def test_when_the_past_is_changed_its_stored_days_are_asked_again(village: Village) -> None:
    village.tell(("ann", "asked", 2, "stile"), ("dov", "said", 7.9, None))
    assert states_of(village.day(at(4))) == [("Ann", "waiting")]
    village.tell(("cho", "replied", 3, "stile"))
    assert states_of(village.day(at(4))) == []


def test_marked_as_staff_they_no_longer_wait(village: Village) -> None:
    village.tell(*WAITS)
    village.do("mark_staff", member=village.member("Ann"))
    from thirdplace.flow import refresh

    refresh.refresh(village.community, wall=NOW)
    assert states(village) == []


def test_a_newcomers_line_falls_silent_and_leaves_the_open_question(village: Village) -> None:
    village.tell(("ann", "asked", 2, "stile"), ("dov", "said", 30, None), wall=at(30.5))
    noticed = [
        [item.finding.signal for item in village.lines("waiting", at(day), wall=at(30.5))] for day in (2, 4, 15, 18)
    ]
    assert noticed == [[], ["newcomer_waiting"], ["newcomer_waiting"], ["question_unanswered"]]


REGULAR = [("ann", "said", day, None) for day in range(-120, -19, 4)]


def test_a_regular_who_went_quiet_is_shown_with_their_last_words(village: Village) -> None:
    village.tell(*REGULAR, ("cho", "said", 7.9, None), ann="The ford is passable again.")
    (item,) = village.lines("hand")
    assert (item.who, item.action.slug, item.button) == ("Ann", "thank_member", "Write to Ann")
    assert item.subject == village.member("Ann").pk
    assert item.message is None
    assert item.words is not None
    assert item.words.text == "The ford is passable again."
    assert item.draft == "Hello Ann, thank you for all you have given here. It was seen."
    assert item.meta == ["Since 12 October", "about 10 minutes"]
    assert "spoke on 26 days" in item.why


def test_a_regular_who_was_written_to_rests_until_they_fall_silent_anew(village: Village) -> None:
    village.tell(*REGULAR, ("cho", "said", 7.9, None))
    (item,) = village.lines("hand")
    village.do("thank_member", finding=item.finding, member=item.subject, text="Thank you, Ann.")
    assert [line.state for line in village.lines("hand")] == ["done"]
    assert village.lines("hand", wall=at(9.5)) == []
    village.tell(("ann", "said", 8.2, None), ("cho", "said", 40, None), wall=at(40.5))
    assert [line.state for line in village.lines("hand", wall=at(40.5))] == ["waiting"]

"""The first texts of actions: plain, warm, never loud, and about what they said."""

from datetime import UTC, datetime

import pytest

from thirdplace.flow import lines
from thirdplace.flow.actions import actions
from thirdplace.foundation.index import Message

WRITTEN = ["answer_message", "thank_member", "welcome_newcomer"]


def message(text: str, kind: str = "asked") -> Message:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    return Message(1, 1, 1, None, 1, kind, at, None, None, "en", None, text, "m", None)


def test_these_prepare_a_text() -> None:
    assert [slug for slug in actions if actions[slug].draft and actions[slug].listed] == WRITTEN


@pytest.mark.parametrize("slug", WRITTEN)
@pytest.mark.parametrize("language", lines.DRAFTED)
def test_it_uses_their_first_name_and_their_words(slug: str, language: str) -> None:
    text = lines.draft(actions[slug], "Priya Raghunathan", message("My track is one straight line. Why?"), language)
    assert "Priya" in text
    assert "Raghunathan" not in text
    assert "My track is one straight line" in text


@pytest.mark.parametrize("slug", WRITTEN)
@pytest.mark.parametrize("said", [None, "", "Hello."])
def test_it_is_calm_and_short(slug: str, said: str | None) -> None:
    text = lines.draft(actions[slug], "Priya", None if said is None else message(said), "en")
    assert text
    assert "!" not in text
    assert len(text) < 400
    assert "None" not in text


@pytest.mark.parametrize("slug", WRITTEN)
def test_what_they_wrote_is_quoted_as_text_and_cut_short(slug: str) -> None:
    text = lines.draft(actions[slug], "Priya %(subject)s", message("100 %(who)s\u202e " + "very long " * 50), "en")
    assert "\u202e" not in text
    assert len(text) < 500


def test_what_sends_nothing_prepares_nothing() -> None:
    assert lines.draft(actions["write_note"], "Priya", None, "en") == ""


def test_who_introduces_themselves_is_not_asked_what_they_have_tried() -> None:
    text = lines.draft(actions["welcome_newcomer"], "Priya", message("I am Priya and I map streams.", "said"), "en")
    assert "tried" not in text
    assert "map streams" not in text
    assert "tried" in lines.draft(actions["welcome_newcomer"], "Priya", message("Where do I begin？", "said"), "en")


@pytest.mark.parametrize("kind", ["answered", "replied", "commented"])
def test_who_helped_others_is_thanked_for_that_and_not_for_a_sentence_of_it(kind: str) -> None:
    text = lines.draft(actions["thank_member"], "Priya", message("Have you restarted the device yet?", kind), "en")
    assert "restarted" not in text
    assert "what others asked and said" in text


def test_an_answer_says_nothing_of_waiting_and_calls_only_a_question_one() -> None:
    asked = lines.draft(actions["answer_message"], "Priya", message("Where is the stile?"), "en")
    said = lines.draft(actions["answer_message"], "Priya", message("The stile is mended again.", "said"), "en")
    assert "for a while" not in asked + said
    assert ("question" in asked, "question" in said) == (True, False)

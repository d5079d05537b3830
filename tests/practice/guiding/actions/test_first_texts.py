"""The first texts of actions: plain, warm, never loud, and about what they said."""

from datetime import UTC, datetime

import pytest

from thirdplace.flow import lines
from thirdplace.flow.actions import actions
from thirdplace.foundation.index import Message

WRITTEN = ["answer_message", "thank_member", "welcome_newcomer"]


def message(text: str) -> Message:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    return Message(1, 1, 1, None, 1, "asked", at, None, None, "en", None, text, "m", None)


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

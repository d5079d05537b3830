"""Advice: prose, strictly of three lines at its end, in the reader's language."""

from pathlib import Path

import pytest
from django.utils import translation

from thirdplace.flow import advice
from thirdplace.foundation.errors import NotFound
from thirdplace.foundation.registry import WrongDefinition

WHOLE = """# When it rains
**First, look up.** It may be a <b>tree</b>.

**Usually helps:** `write_note`. **Rarely helps:** hoping.

**How sure are we:** weakly.
"""


def written(folder: Path, text: str, name: str = "rain.md") -> advice.Advice:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return advice.read(path)


def test_a_piece_is_its_title_its_words_and_three_lines(tmp_path: Path) -> None:
    piece = written(tmp_path, WHOLE)
    assert (piece.slug, piece.language, piece.title) == ("rain", "en", "When it rains")
    assert piece.body == ("**First, look up.** It may be a <b>tree</b>.",)
    assert (piece.usually, piece.rarely, piece.sure) == ("`write_note`.", "hoping.", "weakly.")


def test_it_is_shown_as_text_with_actions_by_their_names(tmp_path: Path) -> None:
    piece = written(tmp_path, WHOLE)
    assert piece.html(piece.body[0]) == "<strong>First, look up.</strong> It may be a &lt;b&gt;tree&lt;/b&gt;."
    assert piece.html(piece.usually) == "<b>Write a note</b>."
    assert piece.plain(piece.usually) == "Write a note."


@pytest.mark.parametrize(("taken", "lacks"), [("Rarely helps", "Rarely helps"), ("How sure are we", "How sure are we")])
def test_a_piece_that_lacks_a_line_is_refused(tmp_path: Path, taken: str, lacks: str) -> None:
    with pytest.raises(WrongDefinition, match=f"lacks '{lacks}'"):
        written(tmp_path, WHOLE.replace(f"**{taken}:**", ""))


def test_a_piece_without_a_title_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongDefinition, match="has no title"):
        written(tmp_path, WHOLE.removeprefix("# "))


def test_it_speaks_the_readers_language_else_english() -> None:
    with translation.override("nl"):
        found = advice.require("newcomer_waiting")
    assert (found.language, found.labels[0]) == ("nl", "Meestal helpt")
    with translation.override("de"):
        assert advice.require("newcomer_waiting").language == "en"


def test_what_nobody_has_written_is_said_to_be_missing() -> None:
    with pytest.raises(NotFound, match="newcomer_waiting"):
        advice.require("newcomer_waitin")

"""Advice: prose, strictly of three lines at its end, in the reader's language."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

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


def packaged(folder: Path, **files: str) -> ModuleType:
    """A package with pieces of advice, by folder__name."""
    for name, text in files.items():
        room, _, piece = name.partition("__")
        (folder / room / "advice").mkdir(parents=True, exist_ok=True)
        (folder / room / "advice" / f"{piece.replace('_in_', '.')}.md").write_text(text, encoding="utf-8")
    made = ModuleType("almanac")
    made.__path__ = [str(folder)]
    return made


@pytest.fixture
def clean() -> Iterator[None]:
    """What a test registered goes again."""
    advice.slugs()
    before = set(advice.pieces)
    yield
    for slug in set(advice.pieces) - before:
        advice.pieces.forget(slug)


def test_two_of_one_name_are_refused_with_both_files(tmp_path: Path, clean: None) -> None:
    with pytest.raises(WrongDefinition, match="Two pieces of advice are called 'rain'") as wrong:
        advice.find(packaged(tmp_path, guiding__rain=WHOLE, managing__rain=WHOLE))
    assert str(tmp_path / "guiding" / "advice" / "rain.md") in wrong.value.what
    assert wrong.value.file == str(tmp_path / "managing" / "advice" / "rain.md")
    assert wrong.value.mend == "Rename one of them."


def test_one_of_ours_cannot_be_taken_over(tmp_path: Path, clean: None) -> None:
    ours = advice.require("newcomer_waiting")
    with pytest.raises(WrongDefinition, match=r"practice/guiding/advice/newcomer_waiting\.md and "):
        advice.find(packaged(tmp_path, guiding__newcomer_waiting=WHOLE))
    assert advice.require("newcomer_waiting") == ours


def test_the_same_folder_can_be_walked_again(tmp_path: Path, clean: None) -> None:
    advice.find(packaged(tmp_path, guiding__rain=WHOLE))
    advice.find(packaged(tmp_path, guiding__rain=WHOLE.replace("hoping", "wishing")))
    assert advice.require("rain").rarely == "wishing."


def test_a_translation_needs_the_piece_and_a_language_that_we_speak(tmp_path: Path, clean: None) -> None:
    with pytest.raises(WrongDefinition, match="rain is not there in English") as wrong:
        advice.find(packaged(tmp_path / "one", guiding__rain_in_nl=WHOLE.replace("Usually helps", "Meestal helpt")
            .replace("Rarely helps", "Zelden helpt").replace("How sure are we", "Hoe zeker zijn we")))  # fmt: skip
    assert wrong.value.file.endswith("rain.md")
    with pytest.raises(WrongDefinition, match=r"rain\.xx\.md is in a language that we do not speak"):
        advice.find(packaged(tmp_path / "two", guiding__rain=WHOLE, guiding__rain_in_xx=WHOLE))


def test_a_slip_of_the_pen_in_a_label_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongDefinition) as wrong:
        written(tmp_path, WHOLE.replace("Usually helps", "Usualy helps"))
    assert wrong.value.mend == "Write 'Usually helps' where it says 'Usualy helps'."
    with pytest.raises(WrongDefinition, match="says 'How sure are we' twice"):
        written(tmp_path, WHOLE + "\n**How sure are we:** very.\n")


def test_its_card_is_in_the_readers_language(tmp_path: Path) -> None:
    with translation.override("sv"):
        card = advice.pieces["newcomer_waiting"].card
    assert list(card.lines) == ["Brukar hjälpa", "Hjälper sällan", "Hur säkra är vi"]
    assert "`" not in " ".join(card.lines.values())

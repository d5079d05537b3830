"""Languages are told from samples, author by author."""

import pytest

from thirdplace.foundation.text.language import Languages, language_of

EN = "The footbridge wants paint before the winter comes"
NL = "De voetbrug moet nog voor de winter geschilderd worden"
SV = "Bron behöver målas innan vintern kommer till byn"
JA = "橋は冬が来る前に塗り直さなければなりません"


@pytest.mark.parametrize(("text", "language"), [(EN, "en"), (NL, "nl"), (SV, "sv"), (JA, "ja"), (EN.upper(), "en")])
def test_a_sentence_tells(text: str, language: str) -> None:
    found = language_of(text)
    assert found is not None
    assert found[0] == language


@pytest.mark.parametrize(
    "text", ["", "12345678901234567890123", "https://example.org/the/way/to/the/bridge", ":) :) :)"]
)
def test_no_words_tell_nothing(text: str) -> None:
    assert language_of(text) is None


def test_no_text_has_no_language_and_a_short_one_its_authors() -> None:
    assert Languages().of([1, 1, 1, 2], ["ok", EN, "ok", None]) == [None, "en", "en", None]


def test_authors_do_not_speak_for_each_other() -> None:
    assert Languages().of([1, 2, 1, 2], [EN, NL, "yes", "ja"]) == ["en", "nl", "en", "nl"]


def test_what_is_not_looked_at_is_in_the_habit_of_its_author() -> None:
    languages = Languages()
    assert languages.of([1] * 6, [EN] * 6) == ["en"] * 6
    assert languages.of([1], ["Zzzzz qqqq xxxx wwww vvvv"]) == ["en"]


def test_another_script_is_seen_at_once() -> None:
    assert Languages().of([1] * 10, [EN] * 8 + [JA, EN]) == ["en"] * 8 + ["ja", "en"]


def test_who_changes_language_is_found_out() -> None:
    said = Languages().of([1] * 120, [NL] * 20 + [EN] * 100)
    assert said[:20] == ["nl"] * 20
    assert said[-20:] == ["en"] * 20
    assert said.index("en") <= 32


def test_who_mixes_languages_is_seen_mixing_while_we_look() -> None:
    assert Languages().of([1] * 4, [NL, EN, NL, EN]) == ["nl", "en", "nl", "en"]

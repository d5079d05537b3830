"""The small grammar: choices, slots, numbers; and the pen that never writes a long sentence twice."""

from datetime import date
from random import Random

import pytest

from thirdplace.demo.almanac import Almanac
from thirdplace.demo.cast import Account, Person
from thirdplace.demo.grammar import Template
from thirdplace.demo.pen import Pen, long_sentences
from thirdplace.demo.phrasebook import LANGUAGES, open_book
from thirdplace.demo.stories import scenes
from thirdplace.demo.talk import Conversation


def written(source: str, seed: int = 1, language: str = "en") -> str:
    return Template(source).render(Random(seed), lambda slot: slot.upper(), lambda _, value: value, language)


def test_one_of_several_is_chosen_and_slots_are_filled() -> None:
    assert {written("{a|b} gate", seed) for seed in range(20)} == {"a gate", "b gate"}
    assert written("at {place} and {~place}") == "at PLACE and ~PLACE"


def test_numbers_stay_within_their_bounds_and_can_be_words() -> None:
    assert all(3 <= int(written("{3-9}", seed)) <= 9 for seed in range(30))
    assert written("{#2-2}") == "two"
    assert written("{#2-2}", language="nl") == "twee"
    assert written("{#2-2}", language="sv") == "två"


def test_what_is_in_square_brackets_comes_or_not() -> None:
    assert {written("yes[ indeed]", seed) for seed in range(20)} == {"yes", "yes indeed"}


@pytest.mark.parametrize("wrong", ["{no such thing}", "{open", "[perhaps"])
def test_a_line_that_is_wrong_says_so(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"slot|Unclosed|Unbalanced"):
        written(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_the_books_can_be_read(language: str) -> None:
    book = open_book(language)
    lines = [line for subject in book.subjects for lines in subject.lines.values() for line in lines]
    lines += [line.answer for line in lines if line.answer] + [
        line for lines in book.lexicon.values() for line in lines
    ]
    assert len(lines) > 200
    for line in lines:
        assert line.render(Random(1), lambda slot: slot, lambda _, value: value, language)


def test_every_story_can_be_read() -> None:
    told = scenes()
    assert len(told) > 50
    assert all(scene.lines and scene.lines[0].begins for scene in told)


def pen() -> tuple[Pen, Person, Conversation]:
    who = Person("ann", "Ann Lee", "Hexham", "gb", "Europe/London", accounts={"discord": Account("ann", "Ann")})
    return Pen(Almanac(date(2026, 11, 17)), Random(1)), who, Conversation("discord", "general", "en", 540)


def test_a_long_sentence_is_written_once_and_a_short_one_often() -> None:
    writer, who, _ = pen()
    long, short = [Template("This very sentence has more than six words.")], [Template("Thanks, that did it.")]
    talks = [Conversation("discord", "general", "en", 540) for _ in range(4)]
    assert [writer.write([(long, 1.0)], who, None, talk) is None for talk in talks] == [False, True, True, True]
    assert all(writer.write([(short, 1.0)], who, None, talk) for talk in talks)


def test_a_conversation_remembers_what_it_is_about() -> None:
    writer, who, talk = pen()
    first = writer.line([Template("The ford at {place} holds {depth=20-90} cm.")], who, None, talk)
    again = writer.line([Template("So {depth} cm at {place}, and at {~place} it is dry.")], who, None, talk)
    assert first
    assert again
    place, depth = talk.facts["place"], talk.facts["depth"]
    assert f"{depth} cm at {place}" in again[0]
    assert again[0].count(place) == 1


def test_a_line_that_asks_for_an_unknown_fact_is_passed_over() -> None:
    writer, who, talk = pen()
    assert writer.line([Template("It was {never_said} cm.")], who, None, talk) is None


def test_sentences_are_told_apart_by_their_marks() -> None:
    assert long_sentences("One two three. One two three four five six seven! No.") == [
        "one two three four five six seven"
    ]

"""How the round speaks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from thirdplace.flow import wording
from thirdplace.flow.wording import Part
from thirdplace.foundation.index import Message


def message(text: str | None, title: str | None = None) -> Message:
    return Message(
        1, 1, 1, None, 1, "asked", datetime(2026, 11, 2, tzinfo=UTC), None, None, "en", title, text, "m", None
    )


@pytest.mark.parametrize(
    ("text", "title", "about"),
    [
        ("My track is a straight line. Why?", None, "My track is a straight line"),
        ("body", "Where is the ford?", "Where is the ford?"),
        ("> quoted\n```\ncode\n```\nHow do I cross?", None, "How do I cross?"),
        ("https://example.org\n", None, None),
        (None, None, None),
        ("Hello all.", None, None),
        ("Hello.", "Hi", "Hi"),
        ("here\u202eand\u0000there", None, "here and there"),
        ("word " * 40, None, ("word " * 16).strip() + "…"),
    ],
)
def test_what_a_message_is_about(text: str | None, title: str | None, about: str | None) -> None:
    assert wording.about(message(text, title)) == about


def test_a_sentence_is_cut_up_around_the_person_and_its_point() -> None:
    assert wording.parts("%(who)s asked, and **nobody answered**.", "Ann 100 %") == [
        Part("who", "Ann 100 %"), Part("plain", " asked, and "), Part("strong", "nobody answered"), Part("plain", "."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "about 1 minute"), (5, "about 5 minutes"), (30, "about half an hour"),
        (45, "about three quarters of an hour"),
        (60, "about an hour"), (90, "about an hour and a half"), (120, "about two hours"), (180, "about three hours"),
    ],
)  # fmt: skip
def test_minutes_as_people_say_them(n: int, words: str) -> None:
    assert wording.minutes(n) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(minutes=20), "less than an hour"), (timedelta(hours=1), "1 hour"),
        (timedelta(days=2, hours=21), "2 days 21 hours"), (timedelta(days=1), "1 day"),
        (timedelta(days=20, hours=3), "20 days"),
    ],
)  # fmt: skip
def test_lengths_as_people_say_them(length: timedelta, words: str) -> None:
    assert wording.span(length) == words


def test_numbers_and_lists_in_sentences() -> None:
    assert [wording.number(n) for n in (0, 3, 12, 13)] == ["none", "three", "twelve", "13"]
    assert wording.listing(["a"]) == "a"
    assert wording.listing(["a", "b"]) == "a and b"
    assert wording.listing(["a", "b", "c"]) == "a, b, and c"


@pytest.mark.parametrize(
    ("name", "first"),
    [("Priya Raghunathan", "Priya"), ("solheim42", "solheim42"), ("J. Kask", "J. Kask"), ("李 雷", "李 雷"), ("", "")],
)
def test_what_one_calls_somebody(name: str, first: str) -> None:
    assert wording.first_name(name) == first


def test_a_name_without_end_is_not_said_whole() -> None:
    assert wording.first_name("W" * 200) == "W" * 39 + "…"


def test_facts_are_said_by_their_names() -> None:
    facts = {"reply_share": 0.413, "n": 1388, "gap_days": 21, "last_at": "2026-10-31T23:30:00+00:00", "rate": 2.5}
    said = wording.facts_as_said({**facts, "kept_share": None}, ZoneInfo("Europe/Amsterdam"))
    assert said["reply_share"] == "41 %"
    assert said["gap_days"] == "21 days"
    assert said["last_at"] == "1 November"
    assert said["rate"] == "2.5"
    assert said["kept_share"] == "we cannot tell"


def test_days_are_said_in_the_readers_language() -> None:
    with translation.override("nl"):
        assert wording.day(date(2026, 3, 3)) == "3 maart 2026"

"""Which stretches of a text are the words found."""

import pytest

from thirdplace.foundation.index import Index
from thirdplace.foundation.index.marking import distance
from thirdplace.foundation.index.typed import typed


def marked(text: str, words: str, *, near: bool = False) -> list[str]:
    return [text[begin:end] for begin, end in Index.marks(text, typed(words, near=near).terms)]


@pytest.mark.parametrize(
    ("text", "words", "stretches"),
    [
        ("The Gate, the gates", "gate", ["Gate"]),
        ("The Gate, the gates", "gat*", ["Gate", "gates"]),
        ("Café cafe\u0301 cafe", "cafe", ["Café", "cafe\u0301", "cafe"]),
        ("an open gate; a gate, open", '"open gate"', ["open gate"]),
        ("a foo.bar here", "foo.bar", ["foo.bar"]),
        ("東京タワーと東京", "東京", ["東京", "東京"]),
        ("では3月に、13月", "3月", ["3月"]),
        ("ｆｕｌｌ ﾀﾜｰ", "full タワー", ["ｆｕｌｌ", "ﾀﾜｰ"]),
        ("see the gate", "-gate see", ["see"]),
        ("nothing", "gate", []),
        ("<b>gate</b>", "gate b", ["b", "gate", "b"]),
    ],
)
def test_stretches(text: str, words: str, stretches: list[str]) -> None:
    assert marked(text, words) == stretches


def test_near_spelling() -> None:
    assert marked("the bran, the barn and the brans", "barn", near=True) == ["bran", "barn"]


def test_stretches_that_meet_are_one() -> None:
    assert marked("open gate house", '"open gate" "gate house"') == ["open gate house"]


@pytest.mark.parametrize(
    ("one", "other", "wrong"), [("barn", "barn", 0), ("barn", "bran", 1), ("barn", "bar", 1), ("gate", "house", 3)]
)
def test_how_far_words_are_apart(one: str, other: str, wrong: int) -> None:
    assert distance(one, other, 2) == wrong


def test_a_snippet_shows_the_words_in_one_line() -> None:
    text = "one two three\n" * 40 + "the gate is open " + "four five six\n" * 40
    cut, stretches = Index.snippet(text, ["gate", "open"], width=60)
    assert [cut[begin:end] for begin, end in stretches] == ["gate", "open"]
    assert (cut[0], cut[-1], "\n" in cut, len(cut) <= 62) == ("…", "…", False, True)


def test_a_short_text_is_its_own_snippet() -> None:
    assert Index.snippet("the\ngate", ["gate"]) == ("the gate", [(4, 8)])
    assert Index.snippet("x" * 500, ["gate"], width=10) == ("x" * 10 + "…", [])

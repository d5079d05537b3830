"""Members' words on a terminal: nothing in them steers it, hides, turns round, or passes for ours."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdplace.face.cli.inert import columns, fitted, inert, inert_lines


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("plain words, ünï and 漢字", "plain words, ünï and 漢字"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b2J", "<U+009B>2J"),
        ("over\rwritten", "over␍written"),
        ("one\ntwo", "one␊two"),
        ("gpj.\u202etxt", "gpj.<U+202E>txt"),
        ("\u2066isolated\u2069", "<U+2066>isolated<U+2069>"),
        ("a\u200bb\ufeffc", "a<U+200B>b<U+FEFF>c"),
        ("\x7f", "␡"),
        ("half a pair \ud800", "half a pair <U+D800>"),
        ("\U000e0041 tag", "<U+E0041> tag"),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("z" + "\u0301" * 40, "z" + "\u0301" * 4),
    ],
)
def test_a_line_is_inert(said, shown):
    assert inert(said) == shown


def test_lines_keep_their_breaks_behind_our_indent():
    said = "first\r\nsecond\x1b[2J\n\tthird\rfourth"
    assert inert_lines(said, indent="│ ") == "│ first\n│ second␛[2J\n│     third\n│ fourth"


@pytest.mark.parametrize(
    ("said", "width", "shown"),
    [("Ann", 6, "Ann   "), ("Annabel", 6, "Annab…"), ("漢字漢字", 6, "漢字… "), ("", 3, "   ")],
)
def test_a_name_fits_its_column(said, width, shown):
    assert fitted(said, width) == shown


@given(st.text(st.characters(), max_size=60))
def test_whatever_was_said(said):
    shown = inert(said)
    shown.encode("utf-8")
    steering = {letter for letter in shown if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}}
    assert steering <= set("\u200c\u200d")
    assert columns(fitted(said, 20)) == 20

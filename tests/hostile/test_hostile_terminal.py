"""An archive whose every field is hostile, on the terminal."""

import json

import pytest
from inertness import terminal

OURS = ("\x1b[1m", "\x1b[0m")  # bold, and its end


@pytest.fixture(scope="module")
def said(house, deeds):
    """What each command says on a terminal; and what those that made the house said to a file."""
    first = json.loads(house.script("/api/v1/today").text)
    line = next(each for question in first["questions"] for each in question["items"])
    member, finding = line["member"]["id"], line["finding"]
    shown = house.command.on_a_terminal([
        ["today"], ["today", "--words"], ["members", "--limit", "200"], ["members", "script"], ["members", member],
        ["sources"], ["deeds", "--limit", "200"], ["measures"], ["measures", "newcomers"], ["doctor"],
        ["explain", "newcomer_waiting"], ["do", "welcome-newcomer", "--finding", finding, "--draft"],
        ["do", "write-note", member, "--text", "a \x1b[31mnote\u202e", "--why", "\x1b]0;x\x07"],
        ["deeds", "--limit", "1"], ["--json", "today"], ["--json", "members", "--limit", "200"], ["--json", "sources"],
    ])  # fmt: skip
    assert len(shown) == 17
    return shown | house.command.said


def test_nothing_steers_the_terminal(said):
    for words, text in said.items():
        for ours in OURS:
            text = text.replace(ours, "")
        assert text.strip(), words
        assert terminal(text) == [], words


def test_what_programs_read_is_json(said):
    values = [json.loads(text.strip().splitlines()[-1]) for words, text in said.items() if "--json" in words]
    assert len(values) == 3

"""`thirdplace search`: words, options, what it refuses, and its three shapes of answer."""

import csv
import io

import pytest


@pytest.fixture(scope="module")
def everything(workspace):
    """All that was said in the recorded workspace, newest first."""
    return workspace("search", "--limit", "1000", "--json").json["messages"]


def test_words_are_found_and_counted(workspace, everything):
    word = max(everything[0]["text"].split(), key=len).strip(".,?!")
    said = workspace("search", word, "--json").json
    holding = [each["key"] for each in everything if word.lower() in each["text"].lower()]
    assert set(holding) >= {each["key"] for each in said["messages"]} >= {everything[0]["key"]}
    first = next(each for each in said["messages"] if each["key"] == everything[0]["key"])
    assert [first["sentence"][begin:end] for begin, end in first["marks"]] == [word]
    assert said["total"] == len(said["messages"])
    lines = workspace("search", word, "--limit", "1").out.splitlines()
    assert lines[0].startswith(f"{said['total']} message")
    assert everything[0]["key"] in lines[1]


def test_what_is_left_out_may_begin_with_a_minus(workspace, everything):
    word = max(everything[0]["text"].split(), key=len).strip(".,?!")
    without = workspace("search", f"-{word}", "--limit", "1000", "--json").json
    assert 0 < without["total"] < len(everything)
    assert everything[0]["key"] not in {each["key"] for each in without["messages"]}
    assert workspace("search", "-heron", "--json").json["total"] == len(everything)


def test_options_filter(workspace, everything):
    days = sorted(each["happened_at"][:10] for each in everything)
    before = workspace("search", "--until", days[0], "--json").json
    assert {each["happened_at"][:10] for each in before["messages"]} == {days[0]}
    assert workspace("search", "--since", "2030-01-01", "--json").json["total"] == 0
    channel = workspace("search", "--channel", "general", "--json").json
    assert 0 < channel["total"] <= len(everything)
    who = everything[0]["name"]
    by = workspace(
        "search", "--by", who, "--source", everything[0]["source"], "--kind", everything[0]["kind"], "--json"
    ).json
    assert {each["name"] for each in by["messages"]} == {who}
    link = workspace("search", "--has", "link", "--json").json["messages"]
    assert all("http" in each["text"] for each in link)


@pytest.mark.parametrize("wrong", [("--channel", "nowhere-at-all"), ("--source", "9999"), ("--kind", "sung"),
                                   ("--view", "none such"), ("--has", "song")])  # fmt: skip
def test_names_that_nothing_has_are_refused_with_a_remedy(workspace, wrong):
    said = workspace("search", *wrong)
    assert said.status == 2
    assert len(said.err.strip().splitlines()) >= 1


@pytest.mark.parametrize(
    "typed", ['"', "- -", "****", "(a+)+$" * 50, "a" * 10_000, "\x1b[31mred\x07", "--", "\u202egate"]
)
def test_whatever_is_typed_is_an_answer(workspace, typed):
    said = workspace("search", "--best", "--near", "--", typed)
    assert said.status == 0
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out


def test_where_nothing_fits_it_says_what_would(workspace, everything):
    word = max(everything[0]["text"].split(), key=len).strip(".,?!")
    said = workspace("search", "qqqzeppelin", word)
    assert said.out.splitlines()[0] == "Nothing like that was said."
    assert "without “qqqzeppelin”" in said.out


def test_a_table_for_spreadsheets(workspace, everything):
    rows = list(csv.reader(io.StringIO(workspace("search", "--csv", "--limit", "3").out.lstrip("\ufeff"))))
    assert rows[0][0] == "When"
    assert [row[-1].lstrip("'") for row in rows[1:]] == [each["key"] for each in everything[:3]]

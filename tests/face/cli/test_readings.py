"""Measures on a terminal: the reader's figures, no rate from too few, and nought is not nothing."""

import click
import pytest
from django.utils import translation

from thirdplace.face.cli.readings import all_lines, known, series_lines

CARD = {"headline": "How many messages members wrote.", "lines": {}}
SHARE = {"unit": "share", "least": 10, "rate": True, "fold": "mean", "sure": "Wilson"}
WAIT = {"unit": "seconds", "least": 10, "rate": True, "fold": "survival", "sure": "Greenwood"}
COUNT = {"unit": "messages", "least": 1, "rate": False, "fold": "sum", "sure": "Poisson"}


def reading(value, n=None, low=None, high=None, begins_on="2026-11-16"):
    n = n if n is not None else round(value or 0)
    return {"begins_on": begins_on, "value": value, "n": n, "low": low, "high": high, "open": False, "more": {}}


@pytest.mark.parametrize(
    ("measure", "found", "english", "dutch"),
    [
        (SHARE, reading(0.824, 40), "82\u00a0%", "82\u00a0%"),
        (SHARE, reading(0.2857, 7), "2 of 7", "2 van 7"),
        (SHARE, reading(None, 0), "–", "–"),
        (WAIT, reading(996.0, 74), "17 min", "17 min"),
        (WAIT, reading(996.0, 3), "–", "–"),
        (COUNT, reading(12_345.0), "12,345", "12.345"),
        (COUNT, reading(0.0), "0", "0"),
        (COUNT, reading(None), "–", "–"),
    ],
)
def test_a_reading_is_said_as_people_read_it(measure, found, english, dutch):
    with translation.override("en"):
        assert known(measure, found) == english
    with translation.override("nl"):
        assert known(measure, found) == dutch


def test_a_period_of_too_few_has_no_rate_and_no_interval():
    whole = {**SHARE, "title": "Answered", "card": CARD, "readings": [reading(0.29, 7, 0.08, 0.64)]}
    (row,) = [line for line in series_lines(whole) if line.strip().startswith("2026")]
    assert row.split() == ["2026-11-16", "2", "of", "7", "n=7"]
    whole["readings"] = [reading(0.56, 16, 0.33, 0.77)]
    (row,) = [line for line in series_lines(whole) if line.strip().startswith("2026")]
    assert row.split() == ["2026-11-16", "56", "%", "33", "%", "to", "77", "%", "n=16"]


def test_a_wait_tells_after_how_long_nine_of_ten_had_ended():
    late = {**reading(996.0, 40, 627.0, 2776.0), "more": {"p90": 90_000.0}}
    whole = {**WAIT, "title": "Time to first response", "card": CARD, "readings": [late]}
    assert any(line.endswith("n=40      nine of ten within 1 d 1 h") for line in series_lines(whole))
    whole["readings"] = [{**late, "n": 3}]
    assert not any("nine of ten" in line for line in series_lines(whole))
    whole["readings"] = [{**late, "more": {"p90": None}}]
    assert not any("nine of ten" in line for line in series_lines(whole))


def test_each_measure_stands_under_its_question():
    first = {**COUNT, "question": "Is the talk shared?", "title": "Messages", "verdict": "higher"}
    lines = [click.unstyle(line) for line in all_lines([{**first, "reading": reading(1_238.0)}])]
    assert lines[0] == "Is the talk shared?"
    assert lines[1].split() == ["Messages", "1,238", "higher", "than", "usual"]
    assert list(all_lines([])) == ["Nothing is measured here."]

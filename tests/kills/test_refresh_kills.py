"""Refreshes killed with signal 9 at random moments, twice in a row, end as if nothing had happened.

Four in CI. More by `THIRDPLACE_KILLS=40 python -m pytest tests/kills`; other moments by THIRDPLACE_KILL_SEED.
"""

import os
import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from killing import run

from jetty import jetty, word

KILLS = int(os.environ.get("THIRDPLACE_KILLS", "4"))
SEED = int(os.environ.get("THIRDPLACE_KILL_SEED", "1"))
AUGUST, DECEMBER = "2026-08-01T12:00:00+00:00", "2026-12-01T00:00:00+00:00"
EVERY = 400  # minutes between two messages: eight months in all


@dataclass
class Trial:
    """A data folder in which something waits to be followed, until when it is, how long that takes, how it ends."""

    base: Path
    until: str
    seconds: float
    ends: dict[str, Any]


def _talk(begin: int, end: int) -> list[dict[str, Any]]:
    return [word(nth * EVERY, ("ann", "ben", "cho", "dee")[nth % 4], text=f"Tide {nth}") for nth in range(begin, end)]


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> list[Trial]:
    """Everything from nothing; late history and a bot; staff, another zone and a clock that went back."""
    folder = tmp_path_factory.mktemp("refreshes")
    first = str(jetty(folder / "first", {"pier": _talk(200, 700)}))
    second = str(jetty(folder / "second", {"pier": _talk(0, 220), "nets": _talk(700, 900)}))
    before = [["import", first], ["refresh", DECEMBER]]
    cases = [
        ([["import", first]], DECEMBER),
        ([*before, ["import", second], ["bot", "Dee"]], DECEMBER),
        ([*before, ["mark", "Ann"], ["zone", "Asia/Kathmandu"]], AUGUST),
        ([*before, ["import", second], ["mark", "Ann"]], DECEMBER),
    ]
    return [_trial(folder / str(nth), waits, until) for nth, (waits, until) in enumerate(cases)]


def _trial(folder: Path, waits: list[list[str]], until: str) -> Trial:
    """Prepare a folder, and find out in a copy how it must end."""
    base, reference = folder / "base", folder / "reference"
    run("refresher.py", base, waits)
    shutil.copytree(base, reference)
    _seconds, ends = run("refresher.py", reference, [["refresh", until]])
    assert ends is not None
    assert ends["troubles"] == []
    assert ends["readings"][0] > 200
    return Trial(base, until, ends.pop("took"), ends)


@pytest.mark.parametrize("nth", range(KILLS))
def test_killed_and_begun_again_a_refresh_ends_the_same(trials: list[Trial], nth: int, tmp_path: Path) -> None:
    dice = random.Random(SEED * 1000 + nth)
    trial = trials[nth % 4]
    data = tmp_path / "data"
    shutil.copytree(trial.base, data)
    for _ in range(2):
        run("refresher.py", data, [["refresh", trial.until]], kill_after=dice.random() * trial.seconds)
    _took, stands = run("refresher.py", data, [["refresh", trial.until]])
    assert stands is not None
    assert stands.pop("took") >= 0
    assert stands == trial.ends

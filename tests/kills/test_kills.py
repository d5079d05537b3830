"""Imports and undoings killed with signal 9 at random moments, and begun again, end as if nothing had happened.

Ten in CI. More by `THIRDPLACE_KILLS=40 python -m pytest tests/kills`; other moments by THIRDPLACE_KILL_SEED.
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

KILLS = int(os.environ.get("THIRDPLACE_KILLS", "10"))
SEED = int(os.environ.get("THIRDPLACE_KILL_SEED", "1"))
PEOPLE = ("ann", "ben", "cho", "dee", "eva", "fay")


@dataclass
class Trial:
    """Something to be killed in: a data folder to begin from, steps, how long they take, how it must end."""

    base: Path
    steps: list[list[str]]
    seconds: float
    ends: dict[str, Any]


def _talk(begin: int, end: int, *, edited: bool = False) -> list[dict[str, Any]]:
    said = []
    for nth in range(begin, end):
        more: dict[str, Any] = {"text": f"The tide of minute {nth} leaves {nth % 7} crabs on the jetty"}
        if edited and nth % 11 == 0:
            more = {"text": f"Not {nth % 7} crabs but {nth % 5} in minute {nth}", "edited": nth + 5000}
        if nth % 9 == 0:
            users = [{"id": f"8{nth % 4:017d}", "name": f"gull{nth % 4}"}]
            more["reactions"] = [{"emoji": {"id": "", "name": "x", "code": "x"}, "count": 1, "users": users}]
        said.append(word(nth, PEOPLE[nth % 6], **more))
    return said


def _run(data: Path, steps: list[list[str]], *, kill_after: float | None = None) -> tuple[float, dict[str, Any] | None]:
    return run("importer.py", data, steps, kill_after=kill_after)


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> list[Trial]:
    """An import into an empty house; an overlapping one with edits after it; and the undoing of the first."""
    folder = tmp_path_factory.mktemp("kills")
    first = jetty(folder / "first", {"pier": _talk(0, 1500), "boats": _talk(3000, 3600)})
    second = jetty(folder / "second", {"pier": _talk(500, 2500, edited=True), "nets": _talk(4000, 4200)})
    empty, one, both = folder / "empty", folder / "one", folder / "both"
    _run(empty, [])
    shutil.copytree(empty, one)
    _run(one, [["import", str(first)]])
    shutil.copytree(one, both)
    _run(both, [["import", str(second)]])
    made = []
    cases = ((empty, [["import", str(first)]]), (one, [["import", str(second)]]), (both, [["undo", "first"]]))
    for nth, (base, steps) in enumerate(cases):
        shutil.copytree(base, folder / f"reference{nth}")
        seconds, ends = _run(folder / f"reference{nth}", steps)
        assert ends is not None
        assert ends["troubles"] == []
        made.append(Trial(base, steps, seconds, ends))
    assert [trial.ends["lake"][0] for trial in made] == [2333, 3666, 2444]
    return made


@pytest.mark.parametrize("nth", range(KILLS))
def test_killed_and_begun_again_it_ends_the_same(trials: list[Trial], nth: int, tmp_path: Path) -> None:
    dice = random.Random(SEED * 1000 + nth)
    trial = trials[nth % 3]
    data = tmp_path / "data"
    shutil.copytree(trial.base, data)
    _run(data, trial.steps, kill_after=dice.random() * trial.seconds)
    _took, stands = _run(data, trial.steps)
    assert stands == trial.ends

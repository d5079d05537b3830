"""The command, run as people run it."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]


@dataclass
class Said:
    """What a command said, and the status it ended with."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        """The last thing on standard output."""
        return json.loads(self.out.strip().splitlines()[-1])


class Command:
    """Runs the command on one data folder."""

    def __init__(self, data):
        self.data = data
        self.env = {**os.environ, "THIRDPLACE_DATA": str(data), "LANG": "C.UTF-8", "PYTHONPATH": str(TESTS)}
        for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "THIRDPLACE_PLUGINS", "THIRDPLACE_DEMO"):
            self.env.pop(name, None)

    def __call__(self, *words, stdin="", **env):
        done = subprocess.run(
            [sys.executable, "-m", "thirdplace", *map(str, words)],
            input=stdin, capture_output=True, text=True, env={**self.env, **env}, timeout=120, encoding="utf-8",
        )  # fmt: skip
        assert "Traceback" not in done.stderr + done.stdout
        return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def command_on():
    """Makes the command for a data folder."""
    return Command


@pytest.fixture
def thirdplace(tmp_path):
    return Command(tmp_path / "data")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A house that has read the recorded workspace, and its owner. Its tests only look."""
    command = Command(tmp_path_factory.mktemp("house") / "data")
    command.imported = command("import", TESTS / "recorded" / "slack", "--name", "Mill Lane", "--json")
    command("account", "make", "Marit", "--password", "hedges and stiles")
    return command


@pytest.fixture
def own_workspace(workspace, tmp_path):
    """The same, to change."""
    shutil.copytree(workspace.data, tmp_path / "data")
    return Command(tmp_path / "data")

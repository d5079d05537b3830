"""Which data folders the lake can be kept in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import append, talk, words
from thirdplace import settings
from thirdplace.foundation.env import refuse_odd
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.lake import Lake


@pytest.mark.parametrize("name", ["my data", "Données", "a#b", "50%", "quo'te", "日本"])
def test_most_names_are_good_and_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path / name / "data")
    refuse_odd(settings.DATA)
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    append(lake, talk(0, 5), 2)
    assert sorted(words(lake)) == ["m0", "m1", "m2", "m3", "m4"]


@pytest.mark.parametrize("name", ["br[1]", "a%20b", "st*r", "q?m", "a\\b"])
def test_a_name_that_would_be_read_as_something_else_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / name)
    for folder in (tmp_path / name / "data", tmp_path / "plain" / "data"):
        with pytest.raises(ThirdplaceError, match="Choose a folder whose path has no bracket"):
            refuse_odd(folder)


def test_a_command_says_so_and_writes_nothing(tmp_path: Path) -> None:
    house = {**os.environ, "THIRDPLACE_DATA": str(tmp_path / "br[1]"), "LANGUAGE": "en"}
    done = subprocess.run([sys.executable, "-m", "thirdplace", "sources"], env=house, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert list(tmp_path.iterdir()) == []

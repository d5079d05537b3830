"""What every test may use."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from thirdplace import settings
from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.registry import walk

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setattr(settings, "DATA", tmp_path / "data")
    return tmp_path / "data"


def pytest_collection() -> None:
    """All measures, signals and actions of the rooms are there before a test names one."""
    walk("thirdplace.practice")


@pytest.fixture
def village() -> Callable[..., Tables]:
    """A village of a few people: `village(("ann", "asked", 1, "stile"), now=8)`."""
    from village import village as made

    return made

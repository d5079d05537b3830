"""A worker's slot, and which packages' definitions its holder works with."""

import os
import subprocess
import sys

import pytest

from thirdplace import settings
from thirdplace.foundation.errors import AlreadyDone, ThirdplaceError
from thirdplace.foundation.jobs.slots import refuse_other_packages, slot


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "PLUGINS", ("parish", "bells"))
    return tmp_path / "data" / "run"


def test_a_slot_has_one_holder(folder):
    with slot(folder, 0) as name:
        assert name.endswith(":0")
        with pytest.raises(AlreadyDone), slot(folder, 0):
            pass
    with slot(folder, 0):
        pass


def test_the_same_packages_in_any_order_may_go_on_beside_it(folder, monkeypatch):
    with slot(folder, 0):
        refuse_other_packages(folder)
        monkeypatch.setattr(settings, "PLUGINS", ("bells", "parish"))
        refuse_other_packages(folder)


@pytest.mark.parametrize("other", [(), ("bells",), ("bells", "parish", "fair")])
def test_other_packages_are_refused_while_the_worker_lives_and_no_longer(folder, monkeypatch, other):
    with slot(folder, 0):
        monkeypatch.setattr(settings, "PLUGINS", other)
        with pytest.raises(ThirdplaceError) as error:
            refuse_other_packages(folder)
        assert "THIRDPLACE_PLUGINS" in error.value.remedy
        assert "bells,parish" in error.value.remedy
    refuse_other_packages(folder)


def test_a_command_without_the_workers_packages_computes_nothing_anew(folder):
    house = {**os.environ, "THIRDPLACE_DATA": str(folder.parent), "LANGUAGE": "en"}
    house.pop("THIRDPLACE_PLUGINS", None)
    with slot(folder, 0):
        command = [sys.executable, "-m", "thirdplace", "sources"]
        done = subprocess.run(command, env=house, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "with other packages than this command names" in done.stderr

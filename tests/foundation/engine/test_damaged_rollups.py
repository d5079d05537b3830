"""Rollups that a power cut left damaged are said by the doctor, and made again from the log."""

from pathlib import Path

import pytest
from town import Town

from thirdplace.foundation import doctor
from thirdplace.foundation.engine.derived import Derived

pytestmark = pytest.mark.django_db


def damage(rollup: Derived, how: str) -> None:
    log = rollup.table.folder / "_delta_log" / f"{rollup.version():020d}.json"
    if how == "parquet":
        Path(rollup.files()[-1]).write_bytes(b"")
    elif how == "gone":
        log.unlink()
    else:
        log.write_text("" if how == "empty" else "{half of a line")


@pytest.mark.parametrize("name", ["member_day", "openings", "people"])
@pytest.mark.parametrize("how", ["text", "empty", "gone", "parquet"])
def test_whatever_is_damaged_is_said_and_made_again(name: str, how: str) -> None:
    town = Town()
    for day in (1, 3):
        town.tell([{"who": "ann", "kind": "asked", "day": day, "thread": f"t{day}"}])
        town.refresh()
    before = town.stored()
    damage(Derived(town.community.pk, name), how)
    (trouble,) = doctor._rollups(town.community)
    assert "thirdplace doctor --mend" in trouble.remedy
    doctor._mend_rollups(town.community)
    assert list(doctor._rollups(town.community)) == []
    assert town.stored() == before

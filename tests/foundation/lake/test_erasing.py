"""An import goes whole; what another one holds too, stays."""

import pyarrow.parquet as pq

from ledger import append, changed, said, talk, words
from thirdplace.foundation.connectors.base import Kind
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.schema import TABLES


def rows(lake: Lake, name: str) -> int:
    return sum(pq.read_metadata(path).num_rows for path in lake.files(name))


def test_undone_it_leaves_nothing() -> None:
    lake = Lake(1)
    append(lake, [*talk(0, 5), said(1, "new", edited=9), changed(2, Kind.DELETED, 7)], 1)
    append(lake, talk(0, 5), 2)
    assert lake.erase_import(2) == 0
    assert lake.erase_import(1) == 5
    assert {name: rows(lake, name) for name in TABLES} == dict.fromkeys(TABLES, 0)


def test_only_that_import_goes() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    append(lake, talk(3, 5), 2)
    assert lake.erase_import(1) == 3
    assert words(lake) == {"m3": "word 3", "m4": "word 4"}


def test_what_another_import_holds_too_stays_with_it() -> None:
    lake = Lake(1)
    append(lake, talk(0, 6), 1)
    append(lake, talk(3, 8), 2)
    assert lake.erase_import(1) == 3
    assert sorted(words(lake)) == ["m3", "m4", "m5", "m6", "m7"]
    assert lake.erase_import(2) == 5
    assert words(lake) == {}


def test_of_two_heirs_the_second_follows_the_first() -> None:
    lake = Lake(1)
    for import_id in (1, 2, 3):
        append(lake, talk(0, 4), import_id)
    assert [lake.erase_import(1), lake.erase_import(2), lake.erase_import(3)] == [0, 0, 4]


def test_undoing_an_edit_brings_the_first_words_back() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    append(lake, [said(1, "new words", edited=5)], 2)
    lake.erase_import(2)
    assert words(lake)["m1"] == "word 1"


def test_an_edit_that_another_import_holds_too_stays() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    append(lake, [said(1, "new words", edited=5)], 2)
    append(lake, [said(1, "new words", edited=5)], 3)
    lake.erase_import(2)
    assert words(lake)["m1"] == "new words"
    lake.erase_import(3)
    assert words(lake)["m1"] == "word 1"


def test_newer_words_outlive_the_import_of_the_first() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    append(lake, [said(1, "new words", edited=5)], 2)
    lake.erase_import(1)
    assert words(lake) == {"m1": "new words"}
    again = append(lake, [said(1, "new words", edited=5)], 3)
    assert (again.added, again.already) == (0, 1)


def test_erasing_twice_is_erasing_once() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    lake.erase_import(1)
    version = lake.version()
    assert lake.erase_import(1) == 0
    assert lake.version() == version


def test_after_erasing_and_cleaning_no_file_holds_the_word() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    append(lake, [said(9, "canary"), said(1, "canary", edited=5)], 2)
    lake.erase_import(2)
    lake.vacuum(hours=0)
    for path in lake.folder.rglob("*.parquet"):
        assert "canary" not in str(pq.read_table(path).to_pylist())
    for path in lake.folder.rglob("*"):
        assert path.is_dir() or b"canary" not in path.read_bytes()


def test_an_import_killed_before_its_commit_is_rolled_back() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    orphan = lake.folder / "activities" / "import-2-orphan.parquet"
    orphan.write_bytes(b"half")
    kept = lake.files()
    lake.roll_back(2)
    assert not orphan.exists()
    assert lake.files() == kept

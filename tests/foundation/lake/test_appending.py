"""What is new goes in, once; what is known is counted."""

import pyarrow.parquet as pq
import pytest

from ledger import VILLAGERS, append, key, minute, said, talk, words
from thirdplace.foundation.connectors.base import Person
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.appending import TWICE
from thirdplace.foundation.lake.batches import moment


def test_everything_is_new_once() -> None:
    lake = Lake(1)
    done = append(lake, talk(0, 10), 1)
    assert (done.added, done.already, done.changed, dict(done.skipped)) == (10, 0, 0, {})
    assert done.version == lake.version() == 1
    assert moment(done.reaches_us or 0) == minute(9)
    assert sorted(done.people) == sorted(done.people.keys())
    assert [person.name for person in done.people.values()] == ["Ann", "Ben", "Cho"]


def test_again_it_adds_nothing_and_the_lake_stays_as_it_is() -> None:
    lake = Lake(1)
    append(lake, talk(0, 10), 1)
    before = (lake.version(), lake.version("changes"), lake.files())
    done = append(lake, talk(0, 10), 2)
    assert (done.added, done.already, done.changed) == (0, 10, 0)
    assert (lake.version(), lake.version("changes"), lake.files()) == before


def test_of_an_archive_that_overlaps_only_the_rest_goes_in() -> None:
    lake = Lake(1)
    append(lake, talk(0, 10), 1)
    done = append(lake, talk(5, 14), 2)
    assert (done.added, done.already) == (4, 5)
    assert len(words(lake)) == 14


def test_what_stands_twice_in_one_archive_is_kept_once_and_said() -> None:
    lake = Lake(1)
    done = append(lake, [*talk(0, 3), said(1), said(2)], 1)
    assert (done.added, dict(done.skipped)) == (3, {TWICE: 2})


def test_twice_across_batches_too() -> None:
    lake = Lake(1)
    done = append(lake, [*talk(0, 45_000), said(7), said(44_999)], 1)
    assert (done.added, dict(done.skipped)) == (45_000, {TWICE: 2})


def test_two_sources_may_have_the_same_ids() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1, source=1)
    done = append(lake, talk(0, 3), 2, source=2)
    assert (done.added, done.already) == (3, 0)


def test_nothing_at_all_leaves_no_table() -> None:
    lake = Lake(1)
    done = append(lake, [], 1)
    assert (done.added, done.version, lake.version("people"), done.reaches_us) == (0, -1, -1, None)


def test_people_alone_are_kept() -> None:
    lake = Lake(1)
    done = append(lake, VILLAGERS, 1)
    assert (done.added, lake.version(), lake.version("people")) == (0, -1, 1)


def test_of_a_person_told_of_twice_the_later_word_counts() -> None:
    done = append(Lake(1), [Person(native="ann", name="?"), said(0), Person(native="ann", name="Ann")], 1)
    assert [person.name for person in done.people.values()] == ["Ann"]


def test_an_import_that_breaks_leaves_no_file_behind() -> None:
    lake = Lake(1)

    def breaks():  # type: ignore[no-untyped-def]
        yield from talk(0, 70_000)
        raise RuntimeError("the disk fell out")

    with pytest.raises(RuntimeError):
        append(lake, breaks(), 1)
    assert list(lake.folder.rglob("*.parquet")) == []
    assert lake.version() == -1


def test_rows_know_their_community_source_and_import() -> None:
    lake = Lake(7)
    append(lake, talk(0, 2), 3, source=5)
    rows = pq.read_table(lake.files()[0]).to_pylist()
    assert [(row["community_id"], row["source"], row["import_id"]) for row in rows] == [(7, 5, 3)] * 2


def test_neither_log_nor_footer_tells_a_word() -> None:
    lake = Lake(1)
    append(lake, [*talk(0, 3), said(4, "aardvark"), said(5, "zyzzyva", title="aardwolf")], 1)
    for path in (lake.folder / "activities" / "_delta_log").iterdir():
        assert b"aardvark" not in path.read_bytes()
    group = pq.read_metadata(lake.files()[0]).row_group(0)
    told = {group.column(nth).path_in_schema for nth in range(group.num_columns) if group.column(nth).statistics}
    assert told == {
        "key", "community_id", "source", "import_id", "happened_at", "edited_at", "identity", "channel", "thread",
        "about", "digest",
    }  # fmt: skip


def test_the_log_tells_the_bounds_of_a_file() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 4)
    (row,) = lake.table("activities").bounds()
    assert (row["num_records"], row["min.import_id"], row["max.import_id"]) == (3, 4, 4)
    log = (lake.folder / "activities" / "_delta_log" / f"{1:020d}.json").read_text()
    assert "2026-03-02T00:02:00.000Z" in log
    assert str(min(key(0), key(1), key(2))) in log

"""Versions, the log, compaction, the lock, and what is known."""

import threading

import numpy as np
import pytest

from ledger import append, talk, words
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.known import Known, distinct
from thirdplace.foundation.lake.locking import Busy, writing
from thirdplace.foundation.lake.table import LogGone


def test_a_version_keeps_its_files() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    first = lake.files()
    append(lake, talk(3, 6), 2)
    assert lake.files(version=1) == first
    assert lake.files() == [*first, lake.files()[1]]
    assert (lake.files(version=0), Lake(2).files()) == ([], [])


def test_the_log_says_what_each_commit_did() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    append(lake, talk(3, 6), 2)
    commits = list(lake.table("activities").log(0))
    assert [commit.metadata["import_id"] for commit in commits] == ["1", "2"]
    assert [path for commit in commits for path in commit.added] == lake.files()
    assert lake.committed_imports() == {1, 2}


def test_a_log_that_was_cleaned_says_so() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    append(lake, talk(3, 6), 2)
    (lake.folder / "activities" / "_delta_log" / f"{1:020d}.json").unlink()
    with pytest.raises(LogGone):
        list(lake.table("activities").log(0))


def test_many_small_files_become_one_and_nothing_changes() -> None:
    lake = Lake(1)
    for nth in range(17):
        append(lake, talk(nth, nth + 1), nth + 1)
    before, version = words(lake), lake.version()
    assert lake.compact() == 51  # of activities, people and places: seventeen files each
    assert len(lake.files()) == 1
    assert words(lake) == before
    (commit,) = lake.table("activities").log(version)
    assert (commit.added, commit.removed) == ([], [])
    assert lake.compact() == 0


def test_after_compacting_an_import_can_still_be_undone() -> None:
    lake = Lake(1)
    for nth in range(17):
        append(lake, talk(nth, nth + 1), nth + 1)
    lake.compact()
    assert lake.erase_import(5) == 1
    assert sorted(words(lake)) == sorted(f"m{nth}" for nth in range(17) if nth != 4)


def test_few_files_are_left_alone() -> None:
    lake = Lake(1)
    for nth in range(16):
        append(lake, talk(nth, nth + 1), nth + 1)
    assert lake.compact() == 0


def test_vacuum_spares_what_was_needed_a_moment_ago() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    append(lake, talk(3, 6), 2)
    lake.erase_import(1)
    assert lake.vacuum() == []
    assert len(lake.vacuum(hours=0)) > 0
    assert sorted(words(lake)) == ["m3", "m4", "m5"]


def test_the_lock_may_be_entered_again_by_its_owner_and_by_nobody_else() -> None:
    refused: list[bool] = []

    def other() -> None:
        try:
            with writing(1, wait=False):
                refused.append(False)
        except Busy:
            refused.append(True)

    with writing(1), writing(1):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    with writing(1, wait=False):
        pass
    assert refused == [True]


def test_what_is_known_is_found_among_many() -> None:
    known, dice = Known(), np.random.default_rng(3)
    every = distinct(dice.integers(-(2**62), 2**62, 50_000))
    mixed = dice.permutation(every)
    for begin in range(0, 40_000, 1_000):
        batch = mixed[begin : begin + 1_000]
        known.learn(batch, batch ^ 5)
    assert len(known) == 40_000
    found, digests = known.find(every)
    assert int(found.sum()) == 40_000
    assert (digests[found] == (every ^ 5)[found]).all()
    assert set(every[found].tolist()) == set(mixed[:40_000].tolist())


def test_distinct_numbers() -> None:
    assert distinct(np.array([3, 1, 3, 2, 1])).tolist() == [1, 2, 3]
    assert distinct(np.zeros(0, dtype=np.int64)).tolist() == []

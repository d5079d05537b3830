"""The index in shards: which of them a change touches, how their answers are joined, and kills."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import append, changed, key, minute, said, talk, words
from thirdplace.foundation.connectors.base import Kind
from thirdplace.foundation.index import Index, catching, drafting
from thirdplace.foundation.index.inspecting import difference
from thirdplace.foundation.index.shelf import Manifest, manifest, stale
from thirdplace.foundation.lake import Lake


def texts() -> dict[str, str | None]:
    return {each.native: each.text for each in Index(1).latest(limit=1000)}


def agrees(lake: Lake) -> bool:
    return texts() == words(lake) and difference(lake) is None


def shown() -> Manifest:
    return manifest(Index(1).folder) or Manifest()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Lake:
    """A lake of thirteen messages, of which a shard holds five."""
    monkeypatch.setattr(drafting, "ROOM", 5)
    append(Lake(1), talk(0, 13), 1)
    Index(1).catch_up()
    return Lake(1)


def test_a_full_shard_is_closed_and_the_last_has_room(small: Lake) -> None:
    first = shown().parts
    assert [part.messages for part in first] == [5, 5, 3]
    append(small, talk(13, 17), 2)
    Index(1).catch_up()
    assert [part.messages for part in shown().parts] == [5, 5, 5, 2]
    assert shown().parts[:2] == first[:2]
    assert agrees(small)


def test_pages_join_the_shards(small: Lake) -> None:
    index = Index(1)
    keys = [key(nth) for nth in range(12, -1, -1)]
    assert [each.key for each in index.latest(limit=20)] == keys
    assert [each.key for each in index.latest(limit=3, before=(index.messages([key(9)])[key(9)]).cursor)] == keys[4:7]
    assert [each.key for each in index.latest(limit=20, oldest_first=True)] == keys[::-1]
    assert [each.key for each in index.search("word", best=True, limit=6).messages] == keys[:6]
    assert (index.count(), index.search("word", limit=1).total, len(index.messages(keys))) == (13, 13, 13)
    assert sum(index.over_time(bars=3)[2]) == 13


def test_an_edit_touches_the_shard_that_has_the_message_and_the_last(small: Lake) -> None:
    before = [part.name for part in shown().parts]
    append(small, [changed(7, Kind.EDITED, 40, "mended")], 2)
    Index(1).catch_up()
    after = [part.name for part in shown().parts]
    assert (after[0], [part.messages for part in shown().parts]) == (before[0], [5, 4, 4])
    assert (after[1] != before[1], after[2] != before[2], agrees(small)) == (True, True, True)


def test_an_empty_shard_goes(small: Lake) -> None:
    append(small, [changed(nth, Kind.DELETED, 40 + nth) for nth in range(5)], 2)
    Index(1).catch_up()
    assert [part.messages for part in shown().parts] == [5, 3]
    assert agrees(small)


def test_only_a_stale_shard_is_made_again_and_its_deleted_words_are_gone(small: Lake) -> None:
    append(small, [changed(nth, Kind.EDITED, 40, "mended") for nth in (6, 7)], 2)
    Index(1).catch_up()
    before, folder = shown().parts, Index(1).folder
    assert [round(stale(folder / part.name), 1) for part in before] == [0.0, 0.4, 0.0]
    assert Index(1).renew(above=0.5) == 0
    assert Index(1).renew(above=0.3) == 1
    after = shown().parts
    assert (after[0], after[2], after[1] != before[1]) == (before[0], before[2], True)
    assert [stale(folder / part.name) for part in after] == [0.0, 0.0, 0.0]
    assert agrees(small)


def test_renewing_leafs_through_many_of_one_moment(small: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching, "AT_ONCE", 3)
    append(small, [said(nth, happened_at=minute(7)) for nth in range(30, 50)], 2)
    append(small, [changed(nth, Kind.DELETED, 60) for nth in (2, 7, 11, 31, 44)], 3)
    Index(1).catch_up()
    assert Index(1).renew(above=0.0) > 1
    assert agrees(small)


def test_killed_at_any_step_it_is_as_before_or_as_after(small: Lake, tmp_path: Path) -> None:
    """What is on the disk at each step of a catching up is what a kill at that step would leave."""
    before, folder = texts(), Index(1).folder
    append(small, [*talk(13, 19), changed(2, Kind.DELETED, 40), changed(7, Kind.EDITED, 40, "mended")], 2)
    left = _at_each_step(folder, tmp_path / "left", Index(1).catch_up)
    after = texts()
    assert (after == words(small), len(left) > 30) == (True, True)
    seen = []
    for nth, as_left in enumerate(left):
        shutil.rmtree(folder)
        shutil.copytree(as_left, folder)
        seen.append(texts())
        assert seen[-1] in (before, after)
        if nth % 8 == 0 or texts() != seen[nth - 1]:
            Index(1).catch_up()
            Index(1).renew()  # as an undoing that goes on after a kill; it sweeps
            assert agrees(small)
            assert {path.name for path in folder.iterdir()} == {"manifest.json", *(each.name for each in shown().parts)}
    assert (seen[0], seen[-1]) == (before, after)


_watching: list[Callable[[], None]] = []
_STEPS = ("os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir", "open")


def _audited(event: str, given: Any) -> None:
    if _watching and event in _STEPS:
        _watching[-1]()


sys.addaudithook(_audited)  # one cannot be taken away again


def _at_each_step(folder: Path, into: Path, run: Callable[[], object]) -> list[Path]:
    """Copies of a folder, one for each moment at which it is otherwise than before."""
    made: list[Path] = []
    names: list[list[tuple[str, int]]] = []

    def copied() -> None:
        watching = _watching.pop()
        there = sorted((str(path), path.stat().st_ino) for path in folder.rglob("*"))
        if names[-1:] != [there]:
            names.append(there)
            made.append(into / str(len(made)))
            shutil.copytree(folder, made[-1])
        _watching.append(watching)

    _watching.append(copied)
    try:
        run()
    finally:
        _watching.clear()
    return made

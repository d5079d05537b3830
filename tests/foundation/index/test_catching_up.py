"""The index follows the lake, whatever happened to it meanwhile."""

import random
import shutil
from typing import Any

import pytest
from deltalake import DeltaTable

from ledger import append, changed, key, minute, said, talk, words
from thirdplace.foundation.connectors.base import Item, Kind
from thirdplace.foundation.index import Index, catching
from thirdplace.foundation.index import drafting as drafting_of_shards
from thirdplace.foundation.index.drafting import drafting
from thirdplace.foundation.index.inspecting import difference
from thirdplace.foundation.index.shelf import Manifest, finish, manifest
from thirdplace.foundation.lake import Lake


def texts() -> dict[str, str | None]:
    return {each.native: each.text for each in Index(1).latest(limit=1000)}


def answers() -> list[Any]:
    """What is found by words, counted and drawn over time."""
    index = Index(1)
    asked = [index.search(words) for words in ("word", "edited", "mended", "-word", "3", "wor*")]
    return [
        *((found.messages, found.total) for found in asked),
        index.over_time(bars=5, begin=minute(0), end=minute(60)),
    ]


def shown() -> Manifest:
    return manifest(Index(1).folder) or Manifest()


def agrees(lake: Lake) -> bool:
    return texts() == words(lake) and difference(lake) is None


def test_it_reads_what_is_new_and_only_that() -> None:
    lake = Lake(1)
    append(lake, talk(0, 4), 1)
    assert Index(1).catch_up() == 4
    append(lake, talk(2, 6), 2)
    assert Index(1).catch_up() == 2
    assert Index(1).catch_up() == 0
    assert agrees(lake)


def test_edits_deletions_and_their_undoing() -> None:
    lake = Lake(1)
    append(lake, talk(0, 6), 1)
    Index(1).catch_up()
    append(lake, [said(1, "new", edited=9), changed(2, Kind.DELETED, 8), changed(3, Kind.EDITED, 8, "mended")], 2)
    Index(1).catch_up()
    assert texts() == {"m0": "word 0", "m1": "new", "m3": "mended", "m4": "word 4", "m5": "word 5"}
    lake.erase_import(2)
    Index(1).catch_up()
    assert texts() == {f"m{nth}": f"word {nth}" for nth in range(6)}
    assert agrees(lake)


def test_history_that_comes_after_its_deletion_stays_hidden() -> None:
    lake = Lake(1)
    append(lake, [changed(1, Kind.DELETED, 7)], 1)
    Index(1).catch_up()
    append(lake, talk(0, 3), 2)
    Index(1).catch_up()
    assert sorted(texts()) == ["m0", "m2"]


def test_an_import_undone_goes_and_what_another_holds_stays() -> None:
    lake = Lake(1)
    append(lake, talk(0, 6), 1)
    append(lake, talk(4, 9), 2)
    Index(1).catch_up()
    lake.erase_import(1)
    Index(1).catch_up()
    assert sorted(texts()) == ["m4", "m5", "m6", "m7", "m8"]
    assert agrees(lake)
    lake.erase_import(2)
    Index(1).catch_up()
    assert agrees(lake)
    assert texts() == {}


def test_many_versions_at_once() -> None:
    lake = Lake(1)
    append(lake, talk(0, 6), 1)
    Index(1).catch_up()
    append(lake, [*talk(3, 9), said(1, "new", edited=9)], 2)
    lake.erase_import(1)
    append(lake, talk(0, 3), 3)
    lake.erase_import(2)
    Index(1).catch_up()
    assert agrees(lake)


@pytest.mark.parametrize(
    ("seed", "room"), [*((seed, 2_000_000) for seed in range(6)), *((seed, 5) for seed in range(8))]
)
def test_after_any_order_it_is_the_lake(seed: int, room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting_of_shards, "ROOM", room)
    lake, dice, standing = Lake(1), random.Random(seed), []
    for import_id in range(1, 13):
        if standing and dice.random() < 0.35:
            lake.erase_import(standing.pop(dice.randrange(len(standing))))
        else:
            append(lake, _anything(dice), import_id)
            standing.append(import_id)
        if dice.random() < 0.1:
            lake.compact()
        if dice.random() < 0.2:
            lake.vacuum(hours=0)
        if dice.random() < 0.6:
            Index(1).catch_up()
            assert agrees(lake)
        if dice.random() < 0.2:
            Index(1).renew(above=dice.choice([0.0, 0.3]))
    Index(1).catch_up()
    followed, answered = texts(), answers()
    assert agrees(lake)
    Index(1).rebuild()
    assert (texts(), answers()) == (followed, answered)
    for import_id in standing:
        lake.erase_import(import_id)
    Index(1).catch_up()
    assert (words(lake), texts()) == ({}, {})


def _anything(dice: random.Random) -> list[Item]:
    begin = dice.randrange(20)
    items = talk(begin, begin + dice.randrange(1, 12))
    for _ in range(dice.randrange(4)):
        nth, at = dice.randrange(30), dice.randrange(30, 60)
        items.append(
            dice.choice([
                said(nth, f"edited {at}", edited=at),
                changed(nth, Kind.DELETED, at),
                changed(nth, Kind.EDITED, at, f"mended {at}"),
            ])
        )  # fmt: skip
    return items


def test_compaction_does_not_touch_it() -> None:
    lake = Lake(1)
    for nth in range(17):
        append(lake, talk(nth, nth + 1), nth + 1)
    Index(1).catch_up()
    lake.compact()
    assert Index(1).catch_up() == 0
    assert Index(1).version() == (lake.version(), -1)
    assert agrees(lake)


def test_what_was_not_committed_is_as_if_it_had_never_been() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    Index(1).catch_up()
    append(lake, talk(3, 6), 2)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catching, "finish", killed)
        with pytest.raises(KeyboardInterrupt):
            Index(1).catch_up()
    assert sorted(texts()) == ["m0", "m1", "m2"]
    assert Index(1).catch_up() == 3
    assert agrees(lake)


def test_when_the_log_is_gone_it_begins_anew() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    Index(1).catch_up()
    append(lake, talk(3, 6), 2)
    append(lake, talk(6, 8), 3)
    DeltaTable(str(lake.folder / "activities")).create_checkpoint()
    for version in range(3):  # as Delta itself does after thirty days
        (lake.folder / "activities" / "_delta_log" / f"{version:020d}.json").unlink()
    assert Index(1).catch_up() == 8
    assert agrees(lake)


def test_thrown_away_it_is_made_again() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    Index(1).catch_up()
    assert Index(1).count() == 3
    shutil.rmtree(Index(1).folder)
    assert (Index(1).count(), Index(1).catch_up(), Index(1).count()) == (0, 3, 3)


def test_while_it_is_made_again_pages_go_on_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    append(Lake(1), talk(0, 3), 1)
    Index(1).catch_up()
    seen: list[int] = []

    def looks(*given: Any) -> None:
        seen.append(Index(1).count())
        finish(*given)

    monkeypatch.setattr(catching, "finish", looks)
    assert Index(1).rebuild() == 3
    assert (seen, Index(1).count()) == ([3], 3)
    assert sorted(path.name for path in Index(1).folder.parent.iterdir()) == ["index", "lake", "writer.lock"]


def test_an_index_of_another_shape_is_made_again() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    Index(1).catch_up()
    finish(Index(1).folder, Manifest(shape=0, activities=1))
    assert (Index(1).version(), Index(1).catch_up(), Index(1).count()) == ((-1, -1), 3, 3)


def test_a_message_that_is_missing_or_reads_otherwise_is_noticed() -> None:
    lake = Lake(1)
    append(lake, talk(0, 3), 1)
    Index(1).catch_up()
    with drafting(Index(1).folder, shown().parts) as drafts:
        drafts.erase([key(1)])
        parts = drafts.close()
    finish(Index(1).folder, Manifest(*Index(1).version(), parts))
    assert difference(lake) == "of messages it has 2, and the lake 3"
    append(lake, talk(3, 4), 2)
    assert difference(lake) == "it stands at version 1/-1, and the lake at 2/-1"

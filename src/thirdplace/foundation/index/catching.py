"""Catching up with the lake, from its log. Each document is what the lake says of its key, and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import tantivy

from thirdplace.foundation.index.message import INDEXED, packed
from thirdplace.foundation.index.searched import searched
from thirdplace.foundation.index.shelf import (
    SCHEMA,
    Meta,
    finish,
    import_tag,
    kind_tag,
    language_tag,
    source_tag,
    writer,
)
from thirdplace.foundation.lake.door import Lake
from thirdplace.foundation.lake.known import Array, distinct
from thirdplace.foundation.lake.query import asking, listed
from thirdplace.foundation.lake.standing import standing
from thirdplace.foundation.lake.table import Commit, LogGone

AT_ONCE = 8192  # rows turned into Python objects at a time
COLUMNS = (
    "key", "source", "channel", "thread", "identity", "kind", "happened_at", "edited_at",
    "about", "language", "title", "text", "native", "place", "import_id",
)  # fmt: skip

_SPOKEN = pa.array(sorted(INDEXED))


@dataclass
class Plan:
    """What is to be done, in this order: erase imports and add files; then say the touched keys anew."""

    steps: list[int | str] = field(default_factory=list)  # an import to erase, or a file to add
    touched: list[Array] = field(default_factory=list)


def catch_up(lake: Lake, folder: Path, meta: Meta | None) -> int:
    """Bring the index to the lake's newest version, in one commit; how many documents were written.

    meta: how far it is; None to begin from nothing. The caller holds the writer lock.
    """
    now = Meta(activities=lake.version(), changes=lake.version("changes"))
    if meta is not None:
        try:
            plan = _plan(lake, meta, now)
            now.oldest_us, now.newest_us = meta.oldest_us, meta.newest_us
            return _carry_out(lake, folder, plan, now, anew=False)
        except (LogGone, FileNotFoundError):
            now.oldest_us = now.newest_us = None
    return _carry_out(lake, folder, Plan(steps=list(lake.files()), touched=[_keys(lake)]), now, anew=True)


def _plan(lake: Lake, meta: Meta, now: Meta) -> Plan:
    plan = Plan()
    for commit in lake.table("activities").log(meta.activities, now.activities):
        if "erased" in commit.metadata:
            plan.steps.append(int(commit.metadata["erased"]))
            plan.steps += [path for path in commit.added if Path(path).name.startswith("moved-")]
        else:
            plan.steps += commit.added
    for commit in lake.table("changes").log(meta.changes, now.changes):
        if "erased" in commit.metadata:
            plan.steps.append(int(commit.metadata["erased"]))
        plan.touched.append(_touched(commit))
    return plan


def _touched(commit: Commit) -> Array:
    """The keys whose changes a commit of the changes table added or took away. Raises LogGone when files went since."""
    erased = "erased" in commit.metadata
    if not all(Path(path).exists() for path in (commit.removed if erased else commit.added)):
        raise LogGone
    if not erased:
        return _keys_in(commit.added, "true")
    return _keys_in(commit.removed, f"import_id = {int(commit.metadata['erased'])}")


def _keys(lake: Lake) -> Array:
    return _keys_in(lake.files("changes"), "true")


def _keys_in(files: list[str], where: str) -> Array:
    if not files:
        return np.zeros(0, dtype=np.int64)
    with asking() as connection:
        sql = f"SELECT DISTINCT key FROM read_parquet({listed(files)}) WHERE {where}"
        return np.asarray(connection.execute(sql).fetchnumpy()["key"], dtype=np.int64)


def _carry_out(lake: Lake, folder: Path, plan: Plan, now: Meta, *, anew: bool) -> int:
    written = 0
    changed = np.sort(_keys(lake))
    with writer(folder, anew=anew) as opened:
        for step in plan.steps:
            if isinstance(step, int):
                opened.delete_documents_by_term("tag", import_tag(step))
                continue
            for batch in pq.ParquetFile(step).iter_batches(AT_ONCE, columns=list(COLUMNS)):
                batch, masked = _unchanged(batch, changed)
                plan.touched.append(masked)
                written += _add(opened, batch, now)
        touched = distinct(np.concatenate(plan.touched)) if plan.touched else np.zeros(0, dtype=np.int64)
        for key in touched.tolist():
            opened.delete_documents_by_term("tag", key)
        for batch in _standing(lake, touched):
            written += _add(opened, batch, now)
        finish(opened, now)
    return written


def _unchanged(batch: pa.RecordBatch, changed: Array) -> tuple[pa.RecordBatch, Array]:
    """The rows of which no change is known, and the keys of the others."""
    keys = batch.column("key").to_numpy()
    if not len(changed):
        return batch, keys[:0]
    at = np.searchsorted(changed, keys)
    at[at == len(changed)] = 0
    hit = changed[at] == keys
    return (batch.filter(pa.array(~hit)), keys[hit]) if hit.any() else (batch, keys[:0])


def _standing(lake: Lake, keys: Array) -> Iterator[pa.RecordBatch]:
    """The rows of some keys, as they stand."""
    if not len(keys):
        return
    with asking() as connection:
        connection.register("wanted", pa.table({"key": keys}))
        rows = standing(lake.files(), lake.files("changes"), among="wanted")
        yield from connection.sql(f"SELECT {', '.join(COLUMNS)} FROM ({rows})").to_arrow_reader(AT_ONCE)


def _add(opened: Any, batch: pa.RecordBatch, now: Meta) -> int:
    """Write the messages among some rows."""
    spoken = pc.is_in(batch.column("kind"), value_set=_SPOKEN)
    batch = batch.filter(spoken)
    micro = pa.timestamp("us", tz="UTC")
    columns = []
    for name in COLUMNS:
        column = batch.column(name)
        if name in ("happened_at", "edited_at"):
            column = column.cast(micro).cast(pa.int64())
        columns.append(column.to_pylist())
    written = 0
    make, add = tantivy.Document.from_dict, opened.add_document
    tags = _Tags()
    times = columns[COLUMNS.index("happened_at")]
    for row in zip(*columns, strict=True):
        text, has = searched(row[5], row[10], row[11])
        add(make({"tag": [*tags.of(row), *has], "at": row[6], "text": text, "doc": packed(row[:14])}, SCHEMA))
        written += 1
    if written:
        now.spans((min(times), max(times)))
    return written


class _Tags:
    """The numbers one filters a message by; those made from words are made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], list[int]] = {}

    def of(self, row: tuple[Any, ...]) -> list[int]:
        """The tags of one row."""
        which = (row[1], row[5], row[9], row[14])
        words = self._made.get(which)
        if words is None:
            words = self._made[which] = list(_words(*which))
        return [*words, row[0], *(number for number in row[2:5] if number is not None)]


def _words(source: int, kind: str, language: str | None, import_id: int) -> Iterable[int]:
    yield source_tag(source)
    yield kind_tag(kind)
    yield import_tag(import_id)
    if language is not None:
        yield language_tag(language)

"""Catching up with the lake, from its log. Each document is what the lake says of its key, and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import tantivy

from thirdplace.foundation.index.document import COLUMNS, Documents
from thirdplace.foundation.index.drafting import Drafts, drafting
from thirdplace.foundation.index.message import INDEXED, told
from thirdplace.foundation.index.shelf import SCHEMA, Manifest, Part, finish, searcher, stale, sweep
from thirdplace.foundation.index.tags import import_tag
from thirdplace.foundation.lake.door import Lake
from thirdplace.foundation.lake.known import Array, distinct
from thirdplace.foundation.lake.query import asking, listed
from thirdplace.foundation.lake.standing import standing
from thirdplace.foundation.lake.table import Commit, LogGone

AT_ONCE = 8192  # rows turned into Python objects at a time
_SPOKEN = pa.array(sorted(INDEXED))


@dataclass
class Plan:
    """What is to be done, in this order: erase imports and add files; then say the touched keys anew."""

    steps: list[int | str] = field(default_factory=list)  # an import to erase, or a file to add
    touched: list[Array] = field(default_factory=list)


def catch_up(lake: Lake, folder: Path, shown: Manifest | None) -> int:
    """Bring the index to the lake's newest version, in one step; how many documents were written.

    shown: what it shows; None to begin from nothing. The caller holds the writer lock.
    """
    sweep(folder)
    versions = lake.version(), lake.version("changes")
    if shown is not None:
        try:
            return _carry_out(lake, folder, _plan(lake, shown, *versions), shown.parts, versions)
        except (LogGone, FileNotFoundError):
            sweep(folder)
    return _carry_out(lake, folder, Plan(steps=list(lake.files()), touched=[_keys(lake)]), (), versions)


def renew(folder: Path, shown: Manifest, *, above: float) -> int:
    """Make each shard again, of what is left in it, of which more than such a share is deleted; how many were."""
    sweep(folder)
    old = [part for part in shown.parts if stale(folder / part.name) > above]
    for part in old:
        at = shown.parts.index(part)
        with drafting(folder, ()) as drafts:
            made = Documents()
            for row in _living(searcher(folder / part.name)):
                drafts.add(made.of(row), row[6])
            parts = (*shown.parts[:at], *drafts.close(), *shown.parts[at + 1 :])
        shown = Manifest(shown.activities, shown.changes, parts)
        finish(folder, shown)
    return len(old)


def _living(found: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of which a shard was made, without those that were deleted since; oldest first."""
    low, known = -(1 << 62), 0  # of what happened at that moment, so many are known
    while True:
        wanted = tantivy.Query.range_query(SCHEMA, "at", tantivy.FieldType.Integer, low, 1 << 62)
        hits = found.search(
            wanted, limit=AT_ONCE, offset=known, count=False, order_by_field="at", order=tantivy.Order.Asc
        ).hits
        for _at, address in hits:
            yield told(found.doc(address)["doc"][0])
        if len(hits) < AT_ONCE:
            return
        last = hits[-1][0]
        known = sum(at == last for at, _address in hits) + (known if last == low else 0)
        low = last


def _plan(lake: Lake, shown: Manifest, activities: int, changes: int) -> Plan:
    plan = Plan()
    for commit in lake.table("activities").log(shown.activities, activities):
        if "erased" in commit.metadata:
            plan.steps.append(int(commit.metadata["erased"]))
            plan.steps += [path for path in commit.added if Path(path).name.startswith("moved-")]
        else:
            plan.steps += commit.added
    for commit in lake.table("changes").log(shown.changes, changes):
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


def _carry_out(lake: Lake, folder: Path, plan: Plan, parts: Sequence[Part], versions: tuple[int, int]) -> int:
    written = 0
    changed = np.sort(_keys(lake))
    made = Documents()
    with drafting(folder, parts) as drafts:
        for step in plan.steps:
            if isinstance(step, int):
                drafts.erase([import_tag(step)])
                continue
            for batch in pq.ParquetFile(step).iter_batches(AT_ONCE, columns=list(COLUMNS)):
                batch, masked = _unchanged(batch, changed)
                if len(masked):  # an empty one would hold on to all the batch's keys
                    plan.touched.append(masked.copy())
                written += _add(drafts, made, batch)
        touched = distinct(np.concatenate(plan.touched)) if plan.touched else np.zeros(0, dtype=np.int64)
        drafts.erase(touched.tolist())
        for batch in _standing(lake, touched):
            written += _add(drafts, made, batch)
        made_of = Manifest(*versions, drafts.close())
    finish(folder, made_of)  # not before the drafts are out of danger of being abandoned
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


def _add(drafts: Drafts, made: Documents, batch: pa.RecordBatch) -> int:
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
    for row in zip(*columns, strict=True):
        drafts.add(made.of(row), row[6])
    return len(batch)

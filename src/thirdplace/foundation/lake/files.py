"""Writing Parquet files that a commit will take in."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake.transaction import AddAction

from thirdplace.foundation.lake.schema import measured

GROUP = 65_536  # rows of a row group: larger ones cost memory, smaller ones prune no better
WHOLE = 1 << 20  # rows of a file: an erasure rewrites whole files
SKIPPING = ("key", "number", "source", "import_id", "happened_at")  # what the log tells a file's bounds of
REPEATED = (
    "community_id",
    "source",
    "import_id",
    "kind",
    "identity",
    "channel",
    "thread",
    "language",
    "label",
    "place",
)


class Files:
    """Rows on their way to a table's folder: files of a million rows, in no table until a commit names them.

    named: the beginning of their names, by which what a kill left behind is found.
    """

    def __init__(self, folder: Path, schema: pa.Schema, *, named: str) -> None:
        self.folder, self.schema, self.named = folder, schema, named
        self.rows = 0
        self.paths: list[Path] = []
        self._waiting: list[pa.RecordBatch] = []
        self._writer: pq.ParquetWriter | None = None
        self._in_file = self._in_waiting = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Take in rows; they reach the disk a row group at a time."""
        self._waiting.append(batch)
        self._in_waiting += len(batch)
        self.rows += len(batch)
        if self._in_waiting >= GROUP:
            self._flush()

    def close(self) -> list[AddAction]:
        """Finish the files and say what a commit must add."""
        self._flush()
        self._finish()
        return [added(path) for path in self.paths]

    def abandon(self) -> None:
        """Remove what was written."""
        self._waiting.clear()
        self._finish()
        for path in self.paths:
            path.unlink(missing_ok=True)

    def _flush(self) -> None:
        if not self._waiting:
            return
        if self._writer is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"{self.named}-{uuid4()}.parquet"
            self.paths.append(path)
            self._writer = pq.ParquetWriter(
                path,
                self.schema,
                compression="zstd",
                compression_level=1,
                use_dictionary=[name for name in REPEATED if name in self.schema.names],
                write_statistics=measured(self.schema),
            )
        self._writer.write_table(pa.Table.from_batches(self._waiting, self.schema), row_group_size=GROUP)
        self._in_file += self._in_waiting
        self._waiting, self._in_waiting = [], 0
        if self._in_file >= WHOLE:
            self._finish()

    def _finish(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer, self._in_file = None, 0


@contextmanager
def new_files(folder: Path, schema: pa.Schema, *, named: str) -> Iterator[Files]:
    """Files that are removed again when something goes wrong before their commit."""
    files = Files(folder, schema, named=named)
    try:
        yield files
    except BaseException:
        files.abandon()
        raise


def added(path: Path, *, data_change: bool = True) -> AddAction:
    """What a commit says of a finished file: its size, its rows, and the bounds of a few numeric columns."""
    return AddAction(path.name, path.stat().st_size, {}, int(time.time() * 1000), data_change, _stats(path))


def _stats(path: Path) -> str:
    meta = pq.read_metadata(path)
    low: dict[str, Any] = {}
    high: dict[str, Any] = {}
    columns = [(nth, name) for nth, name in enumerate(meta.schema.names) if name in SKIPPING]
    for nth, name in columns:
        bounds = [meta.row_group(group).column(nth).statistics for group in range(meta.num_row_groups)]
        if bounds and all(each is not None and each.has_min_max for each in bounds):
            low[name] = _bound(min(each.min for each in bounds), up=False)
            high[name] = _bound(max(each.max for each in bounds), up=True)
    nulls = {name: 0 for _nth, name in columns}
    return json.dumps({"numRecords": meta.num_rows, "minValues": low, "maxValues": high, "nullCount": nulls})


def _bound(value: Any, *, up: bool) -> Any:
    """A bound as the log writes it; a moment in whole milliseconds, never inside what it bounds."""
    if not isinstance(value, datetime):
        return value
    moment = value.astimezone(UTC)
    rest = timedelta(microseconds=moment.microsecond % 1000)
    moment = moment - rest + (timedelta(milliseconds=1) if up and rest else timedelta())
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"

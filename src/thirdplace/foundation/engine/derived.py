"""Derived tables: Delta tables beside the lake, each commit pinned to the state of the log that it follows from."""

import fcntl
import json
import re
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, WriterProperties, write_deltalake

from thirdplace.foundation.lake.folders import community_folder
from thirdplace.foundation.lake.schema import MOMENT
from thirdplace.foundation.lake.table import NOTHING, LogGone, Table

Pin = dict[str, Any]
KEEP = 40  # versions after which the files that no version needs are removed

SCHEMAS = {
    "people": pa.schema(
        [("identity", pa.int64()), ("member_id", pa.int64()), ("is_staff", pa.bool_()), ("is_bot", pa.bool_())]
    ),
    "member_day": pa.schema(
        [
            ("source", pa.int32()),
            ("channel", pa.int64()),
            ("identity", pa.int64()),
            ("language", pa.string()),
            ("kind", pa.string()),
            ("happened_on", pa.date32()),
            ("n", pa.int64()),
            ("first_at", MOMENT),
            ("last_at", MOMENT),
            ("month", pa.int32()),
        ]
    ),
    "openings": pa.schema(
        [
            ("key", pa.int64()),
            ("source", pa.int32()),
            ("channel", pa.int64()),
            ("thread", pa.int64()),
            ("identity", pa.int64()),
            ("language", pa.string()),
            ("kind", pa.string()),
            ("happened_at", MOMENT),
            ("happened_on", pa.date32()),
            ("opens", pa.bool_()),
            ("replied_at", MOMENT),
            ("answered_at", MOMENT),
            ("said", pa.int64()),
            ("month", pa.int32()),
        ]
    ),
}
_BORN = re.compile(r'"metaData":\{"id":"([^"]+)"')
_MONTH = re.compile(r"/month=(\d+)/")
_WRITTEN = WriterProperties(compression="ZSTD", compression_level=1, max_row_group_size=65_536)
_threads = threading.RLock()


def month_of(path: str) -> int | None:
    """The month of a file of a table that is kept by month."""
    found = _MONTH.search(path)
    return int(found[1]) if found else None


def folder(community_id: int) -> Path:
    """The folder of the derived tables."""
    return community_folder(community_id) / "rollups"


@contextmanager
def settling(community_id: int, what: str = "lock") -> Iterator[None]:
    """Be the only one, of all processes, who brings this community's derived tables, or what else, up to date."""
    where = folder(community_id)
    where.mkdir(parents=True, exist_ok=True)
    with _threads, (where / what).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Derived:
    """One derived table."""

    def __init__(self, community_id: int, name: str) -> None:
        self.name, self.schema = name, SCHEMAS[name]
        self.table = Table(folder(community_id) / name, self.schema)

    def version(self) -> int:
        """The newest version; -1 when there is none."""
        return self.table.version()

    def born(self) -> str:
        """Names this table: another one than before, when it was removed and made again."""
        try:
            first = (self.table.folder / "_delta_log" / f"{0:020d}.json").read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        found = _BORN.search(first)
        return found[1] if found else ""

    def files(self, version: int | None = None) -> list[str]:
        """Its files at a version, those that are still there; see `whole`."""
        return self.table.files(version)

    def whole(self, version: int) -> bool:
        """Whether a version can still be read."""
        try:
            return version == NOTHING or all(Path(path).exists() for path in self.files(version))
        except Exception:  # noqa: BLE001 - whatever is wrong with an old version: it cannot be read
            return False

    def pin(self) -> Pin:
        """What the newest version follows from; empty when there is none, or when its log is damaged."""
        version = self.version()
        try:
            commit = next(iter(self.table.log(version - 1, version)), None) if version != NOTHING else None
        except (LogGone, ValueError):
            return {}
        return dict(json.loads(commit.metadata.get("pin", "{}"))) if commit else {}

    def write(self, rows: Any, pin: Pin, *, months: Collection[int] | None = None) -> int:
        """Put rows in the place of everything, or of some months, in one commit; its version is returned."""
        dated = "month" in self.schema.names
        chosen = {} if months is None else {"predicate": f"month IN ({', '.join(map(str, sorted(months)))})"}
        write_deltalake(
            str(self.table.folder),
            rows,
            mode="overwrite",
            partition_by=["month"] if dated else None,
            writer_properties=_WRITTEN,
            schema_mode="overwrite" if months is None else None,
            commit_properties=CommitProperties(custom_metadata={"pin": json.dumps(pin, sort_keys=True)}),
            **chosen,
        )
        version = self.version()
        if version % KEEP == KEEP - 1:
            self.tidy(hours=1)
        return version

    def tidy(self, *, hours: int) -> None:
        """Remove files that no version younger than so many hours needs."""
        DeltaTable(str(self.table.folder)).vacuum(
            retention_hours=hours, enforce_retention_duration=False, dry_run=False, full=True
        )

    def touched(self, since: int) -> set[int] | None:
        """The months that commits after a version wrote anew; None when that can no longer be told."""
        paths = self._moved(since)
        return None if paths is None else {month for path in paths if (month := month_of(path)) is not None}

    def differing(self, since: int) -> list[str] | None:
        """The files that only one of a version and the newest has; None when some can no longer be read."""
        paths = self._moved(since)
        return None if paths is None or not all(Path(path).exists() for path in paths) else paths

    def _moved(self, since: int) -> list[str] | None:
        if since == NOTHING or since > self.version():
            return None
        try:
            return [path for commit in self.table.log(since) for path in (*commit.added, *commit.removed)]
        except LogGone:
            return None

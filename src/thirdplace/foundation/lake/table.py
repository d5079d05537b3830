"""One Delta table: its versions, its files, its log, and commits that both add and remove."""

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable
from deltalake.transaction import AddAction, RemoveAction

from thirdplace.foundation.lake.files import SKIPPING

NOTHING = -1  # the version of a table that has never been written
_COMMIT = re.compile(r"(\d{20})\.json")


class LogGone(Exception):  # noqa: N818
    """The log no longer reaches back as far as was asked: begin from the table as it stands."""


@dataclass
class Commit:
    """What one version did to the rows; files that only moved rows about are left out."""

    version: int
    metadata: dict[str, Any] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)  # absolute paths
    removed: list[str] = field(default_factory=list)


class Table:
    """A Delta table in a folder. Who writes holds the writer lock."""

    def __init__(self, folder: Path, schema: pa.Schema) -> None:
        self.folder, self.schema = folder, schema

    def version(self) -> int:
        """The newest version, or NOTHING."""
        log = self.folder / "_delta_log"
        try:
            names = [found[1] for entry in log.iterdir() if (found := _COMMIT.fullmatch(entry.name))]
        except FileNotFoundError:
            return NOTHING
        return max(map(int, names), default=NOTHING)

    def files(self, version: int | None = None) -> list[str]:
        """The Parquet files of a version, as absolute paths, oldest first."""
        version = self.version() if version is None else version
        if version == NOTHING:
            return []
        return list(_files(str(self.folder), version, self._written_at(version)))

    def bounds(self) -> list[dict[str, Any]]:
        """Of each file: path, num_records, and its smallest and largest import_id."""
        if self.version() == NOTHING:
            return []
        actions = DeltaTable(str(self.folder)).get_add_actions(flatten=True)
        wanted = ("path", "num_records", "size_bytes", "min.import_id", "max.import_id", "modification_time")
        columns = {name: actions.column(name).to_pylist() for name in wanted}
        rows = [dict(zip(wanted, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        return sorted(rows, key=lambda row: (row["modification_time"], row["path"]))

    def commit(
        self,
        add: Sequence[AddAction],
        *,
        remove: Sequence[str] = (),
        metadata: dict[str, str],
        data_change: bool = True,
    ) -> int:
        """Add and remove files in one version, which is returned. remove: names of files."""
        table = self._made()
        gone = [RemoveAction(name, data_change, int(time.time() * 1000)) for name in remove]
        table.create_write_transaction(
            [*add, *gone], "append", self.schema, commit_properties=CommitProperties(custom_metadata=metadata)
        )
        return self.version()

    def log(self, since: int, until: int | None = None) -> Iterator[Commit]:
        """The commits after a version, oldest first. Raises LogGone when some are there no more."""
        for version in range(since + 1, (self.version() if until is None else until) + 1):
            path = self.folder / "_delta_log" / f"{version:020d}.json"
            try:
                lines = path.read_text(encoding="utf-8").splitlines()
            except FileNotFoundError:
                raise LogGone from None
            yield self._commit(version, lines)

    def vacuum(self, hours: int) -> list[str]:
        """Remove the files that were not needed for some hours, orphans of kills too; they are named."""
        if self.version() == NOTHING:
            return []
        table = DeltaTable(str(self.folder))
        return list(table.vacuum(retention_hours=hours, enforce_retention_duration=False, dry_run=False, full=True))

    def _written_at(self, version: int) -> int:
        """When a version was written: tells it from the same number of a table that was removed and made again."""
        try:
            return (self.folder / "_delta_log" / f"{version:020d}.json").stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _made(self) -> DeltaTable:
        if self.version() != NOTHING:
            return DeltaTable(str(self.folder))
        self.folder.mkdir(parents=True, exist_ok=True)
        skipping = ",".join(name for name in SKIPPING if name in self.schema.names)
        return DeltaTable.create(
            str(self.folder), self.schema, configuration={"delta.dataSkippingStatsColumns": skipping}
        )

    def _commit(self, version: int, lines: list[str]) -> Commit:
        commit = Commit(version)
        for line in lines:
            entry = json.loads(line)
            if "commitInfo" in entry:
                commit.metadata = entry["commitInfo"]
            elif "add" in entry and entry["add"]["dataChange"]:
                commit.added.append(str(self.folder / entry["add"]["path"]))
            elif "remove" in entry and entry["remove"]["dataChange"]:
                commit.removed.append(str(self.folder / entry["remove"]["path"]))
        return commit


@lru_cache(maxsize=64)
def _files(folder: str, version: int, written_at: int) -> tuple[str, ...]:  # noqa: ARG001 - part of the cache's key
    """A version never changes, so its files are asked once."""
    actions = DeltaTable(folder, version=version).get_add_actions(flatten=True)
    found = zip(actions.column("modification_time").to_pylist(), actions.column("path").to_pylist(), strict=True)
    return tuple(str(Path(folder) / path) for _at, path in sorted(found, key=lambda each: (str(each[0]), each[1])))

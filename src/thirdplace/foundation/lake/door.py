"""The lake's one door: what goes in, what goes out again, and which files hold what stands."""

from collections.abc import Iterable
from contextlib import AbstractContextManager

from thirdplace.foundation.connectors.columns import Columns
from thirdplace.foundation.lake import erasing, keeping
from thirdplace.foundation.lake.appending import Appended, Appending
from thirdplace.foundation.lake.folders import lake_folder
from thirdplace.foundation.lake.locking import writing
from thirdplace.foundation.lake.query import rows_of_import
from thirdplace.foundation.lake.schema import TABLES
from thirdplace.foundation.lake.table import LogGone, Table


class Lake:
    """A community's log of what its members did: Delta tables that any engine can read."""

    def __init__(self, community_id: int) -> None:
        self.community_id = community_id
        self.folder = lake_folder(community_id)

    def writing(self, *, wait: bool = True) -> AbstractContextManager[None]:
        """Be the only writer, from "what is new?" to the commit. May be entered again."""
        return writing(self.community_id, wait=wait)

    def table(self, name: str) -> Table:
        """One of the tables: activities, changes, people, places, seen."""
        return Table(self.folder / name, TABLES[name])

    def version(self, table: str = "activities") -> int:
        """A table's newest version; -1 when nothing was ever written."""
        return self.table(table).version()

    def files(self, table: str = "activities", version: int | None = None) -> list[str]:
        """The Parquet files of a table as it stands, or stood at a version: absolute paths, oldest first."""
        return self.table(table).files(version)

    def append(self, columns: Iterable[Columns], *, source: int, import_id: int) -> Appended:
        """Append what is new; what says otherwise than what is known becomes a change. All of it or nothing."""
        with self.writing():
            return Appending(self, source=source, import_id=import_id).run(columns)

    def erase_import(self, import_id: int) -> int:
        """Take an import out of every table; how many activities went. What another import holds too, stays."""
        with self.writing():
            return erasing.erase_import(self, import_id)

    def roll_back(self, import_id: int) -> None:
        """Remove every trace of an import that was killed before its activities were committed."""
        with self.writing():
            keeping.remove_orphans(self, import_id)
            erasing.erase_import(self, import_id)

    def committed_imports(self) -> set[int]:
        """The imports whose activities the log has, as far back as the log goes."""
        table, found = self.table("activities"), set()
        for version in range(table.version(), -1, -1):
            try:
                commit = next(table.log(version - 1, version))
            except LogGone:
                break
            if "import_id" in commit.metadata:
                found.add(int(commit.metadata["import_id"]))
        return found

    def brought(self, import_id: int) -> tuple[int, int]:
        """How many activities an import brought, and how many changes of such as are here."""
        there = self.files()
        return rows_of_import(there, import_id), rows_of_import(self.files("changes"), import_id, of=there)

    def compact(self) -> int:
        """Put small files together where they are many; how many went."""
        with self.writing():
            return sum(keeping.compact(self, name) for name in TABLES)

    def vacuum(self, *, hours: int = 1) -> list[str]:
        """Remove the files that the newest version has not needed for some hours; they are named.

        hours=0 is for erasing: whoever is reading an older version at that moment must list its files again.
        """
        with self.writing():
            return [path for name in TABLES for path in self.table(name).vacuum(hours)]

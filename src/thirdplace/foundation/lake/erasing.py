"""Taking an import out again. A row that another standing import holds too goes over to that one."""

from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from thirdplace.foundation.lake.files import Files, new_files
from thirdplace.foundation.lake.query import asking, parquet
from thirdplace.foundation.lake.schema import SEEN, TABLES
from thirdplace.foundation.lake.table import Table

if TYPE_CHECKING:
    from thirdplace.foundation.lake.door import Lake

_KEPT = "SELECT * FROM old WHERE import_id <> $gone"
_HEIRS = """
CREATE TEMP TABLE heirs AS
SELECT key, digest, min(import_id) AS heir FROM seen WHERE import_id <> $gone GROUP BY key, digest
"""
_MOVED = {
    "activities": """SELECT * REPLACE (heir AS import_id) FROM (
        SELECT old.*, heirs.heir FROM old JOIN heirs ON heirs.key = old.key AND heirs.digest IS NULL
        WHERE old.import_id = $gone) """,
    "changes": """SELECT * REPLACE (heir AS import_id) FROM (
        SELECT old.*, heirs.heir FROM old JOIN heirs ON heirs.key = old.key AND heirs.digest = old.digest
        WHERE old.import_id = $gone) """,
}


def erase_import(lake: "Lake", import_id: int) -> int:
    """Erase an import from every table; how many activities went. Begun again after a kill, it goes on."""
    gone = 0
    for name in ("activities", "changes", "people", "places", "seen"):
        rows = _erase(lake, name, import_id)
        gone = rows if name == "activities" else gone
    return gone


def _erase(lake: "Lake", name: str, import_id: int) -> int:
    """Rewrite the files of one table that hold the import, in one commit."""
    table = lake.table(name)
    old = [row for row in table.bounds() if _may_hold(row, import_id)]
    files = [str(table.folder / row["path"]) for row in old]
    if not files:
        return 0
    with asking() as connection, new_files(table.folder, TABLES[name], named="kept") as kept:
        connection.execute(f"CREATE TEMP VIEW old AS FROM {parquet(files, like=TABLES[name])}")
        count = "SELECT count(*) FROM old WHERE import_id = ?"
        rows = int(connection.execute(count, [import_id]).fetchall()[0][0])
        if not rows:
            return 0
        with new_files(table.folder, TABLES[name], named="moved") as moved:
            _rewrite(connection, table, kept, import_id, _KEPT)
            if name in _MOVED:
                connection.execute(f"CREATE TEMP VIEW seen AS FROM {parquet(lake.files('seen'), like=SEEN)}")
                connection.execute(_HEIRS, {"gone": import_id})
                _rewrite(connection, table, moved, import_id, _MOVED[name])
            told = {"erased": str(import_id), "moved": str(moved.rows)}
            table.commit([*kept.close(), *moved.close()], remove=[row["path"] for row in old], metadata=told)
            return rows - moved.rows


def _may_hold(row: dict[str, int], import_id: int) -> bool:
    """Whether a file's bounds leave room for the import."""
    low, high = row["min.import_id"], row["max.import_id"]
    return low is None or high is None or low <= import_id <= high


def _rewrite(connection: duckdb.DuckDBPyConnection, table: Table, into: Files, import_id: int, sql: str) -> None:
    """Stream a query's rows into new files."""
    reader = connection.sql(sql, params={"gone": import_id}).to_arrow_reader(20_000)
    for batch in reader:
        into.add(
            pa.RecordBatch.from_arrays([batch.column(f.name).cast(f.type) for f in table.schema], schema=table.schema)
        )

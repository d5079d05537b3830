"""Asking the lake's files with DuckDB."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from thirdplace import settings
from thirdplace.foundation.lake.known import Array

MEMORY = "400MB"  # beyond that DuckDB writes to disk rather than grow


class _House:
    """The one database of this process, in memory. It keeps nothing; but to open one takes 9 ms."""

    guard = threading.Lock()
    database: duckdb.DuckDBPyConnection | None = None


def in_memory() -> duckdb.DuckDBPyConnection:
    """A database that holds nothing for long. What it must set down meanwhile, members' words too, stays in our folder.

    (By itself DuckDB makes a folder `.tmp` wherever the process happens to stand.) What a kill leaves there, the next
    one who sets something down removes.
    """
    settings.DATA.mkdir(parents=True, exist_ok=True)
    where = str(settings.DATA / "spill")
    return duckdb.connect(":memory:", config={"memory_limit": MEMORY, "threads": 2, "temp_directory": where})


@contextmanager
def asking() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of one's own. What it makes must be temporary: only then nobody else sees it."""
    with _House.guard:
        if _House.database is None:
            _House.database = in_memory()
        connection = _House.database.cursor()
    try:
        connection.execute("SET enable_progress_bar = false; SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def listed(files: Sequence[str]) -> str:
    """Files as DuckDB's own list."""
    return "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in files) + "]"


def parquet(files: Sequence[str], *, like: Any) -> str:
    """A table expression over files; an empty table with the columns of a schema when there is none."""
    if files:
        return f"read_parquet({listed(files)})"
    columns = ", ".join(f"NULL::{_type(field.type)} AS {field.name}" for field in like)
    return f"(SELECT {columns} WHERE false)"


def _type(kind: Any) -> str:
    names = {"int64": "BIGINT", "int32": "INTEGER", "string": "VARCHAR", "bool": "BOOLEAN"}
    return names.get(str(kind), "TIMESTAMP WITH TIME ZONE")


def column_arrays(
    files: Sequence[str], columns: tuple[str, ...], *, source: int, among: Array | None = None
) -> tuple[Array, ...]:
    """Whole numbers of one source's rows, as arrays. columns: expressions over them. among: the keys that matter."""
    if not files:
        return tuple(np.zeros(0, dtype=np.int64) for _ in columns)
    with asking() as connection:
        wanted = ", ".join(f"({column})::BIGINT AS c{nth}" for nth, column in enumerate(columns))
        rows = f"SELECT {wanted} FROM read_parquet({listed(files)})"
        if among is not None:
            connection.register("among", pa.table({"key": among}))
            rows += " SEMI JOIN among USING (key)"
        arrays = connection.execute(f"{rows} WHERE source = ?", [source]).fetchnumpy()
    return tuple(np.asarray(arrays[f"c{nth}"], dtype=np.int64) for nth in range(len(columns)))


def rows_of_import(files: Sequence[str], import_id: int, *, of: Sequence[str] | None = None) -> int:
    """How many rows of an import there are. of: count only those whose key stands in these files."""
    if not files or of is not None and not of:
        return 0
    with asking() as connection:
        only = f" AND key IN (SELECT key FROM read_parquet({listed(of)}))" if of else ""
        sql = f"SELECT count(*) FROM read_parquet({listed(files)}) WHERE import_id = ?{only}"
        return int(connection.execute(sql, [import_id]).fetchall()[0][0])

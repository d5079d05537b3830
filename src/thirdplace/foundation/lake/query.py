"""Asking the lake's files with DuckDB."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import numpy as np

from thirdplace.foundation.lake.known import Array

MEMORY = "400MB"  # beyond that DuckDB writes to disk rather than grow


@contextmanager
def asking() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of one's own, in memory."""
    connection = duckdb.connect(":memory:", config={"memory_limit": MEMORY, "threads": 2})
    try:
        connection.execute("SET enable_progress_bar = false; SET TimeZone = 'UTC'; SET preserve_insertion_order = true")
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


def column_arrays(files: Sequence[str], columns: tuple[str, ...], *, source: int) -> tuple[Array, ...]:
    """Whole numbers of one source's rows, as arrays. columns: expressions over them."""
    if not files:
        return tuple(np.zeros(0, dtype=np.int64) for _ in columns)
    with asking() as connection:
        wanted = ", ".join(f"({column})::BIGINT AS c{nth}" for nth, column in enumerate(columns))
        rows = connection.execute(f"SELECT {wanted} FROM read_parquet({listed(files)}) WHERE source = ?", [source])
        arrays = rows.fetchnumpy()
    return tuple(np.asarray(arrays[f"c{nth}"], dtype=np.int64) for nth in range(len(columns)))


def rows_of_import(files: Sequence[str], import_id: int) -> int:
    """How many rows of an import there are."""
    if not files:
        return 0
    with asking() as connection:
        sql = f"SELECT count(*) FROM read_parquet({listed(files)}) WHERE import_id = ?"
        return int(connection.execute(sql, [import_id]).fetchall()[0][0])

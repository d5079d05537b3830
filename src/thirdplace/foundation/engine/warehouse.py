"""Where queries run: DuckDB in memory, over files that never change once written."""

import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb

from thirdplace.foundation.engine.days import offsets
from thirdplace.foundation.engine.shapes import SHAPES
from thirdplace.foundation.lake.query import in_memory, listed

_TYPES = {
    "int64": "BIGINT",
    "int32": "INTEGER",
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMP",
    "date": "DATE",
}


class _House:
    """The one database of this process; it holds nothing but what was read of Parquet's footers."""

    lock = threading.Lock()
    connection: duckdb.DuckDBPyConnection | None = None


def cursor() -> duckdb.DuckDBPyConnection:
    """A connection with its own temporary views. Moments are UTC."""
    with _House.lock:
        if _House.connection is None:
            _House.connection = in_memory()
            _House.connection.execute("SET parquet_metadata_cache = true")
        mine = _House.connection.cursor()
    mine.execute("SET enable_progress_bar = false; SET TimeZone = 'UTC'")
    return mine


def lay(to: duckdb.DuckDBPyConnection, name: str, files: Sequence[str], *, where: str = "") -> None:
    """Show files as one of the tables that expressions stand on. where: a condition on the files' own columns."""
    if not files:
        to.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {_nothing(name)}")
        return
    columns = ", ".join(_column(column, kind) for column, kind in SHAPES[name].items())
    condition = f" WHERE {where}" if where else ""
    to.execute(
        f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {columns} "
        f"FROM read_parquet({listed(files)}, hive_partitioning = false){condition}"
    )


def put(to: duckdb.DuckDBPyConnection, name: str, rows: Iterable[Sequence[Any]]) -> None:
    """Fill one of the tables that expressions stand on with a few rows."""
    columns = SHAPES[name]
    shape = ", ".join(f"{column} {_TYPES[kind]}" for column, kind in columns.items())
    to.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({shape})")
    filled = [f"({', '.join(map(_written, row))})" for row in rows]
    if filled:
        to.execute(f"INSERT INTO {name} VALUES {', '.join(filled)}")


def put_zone(
    to: duckdb.DuckDBPyConnection, zone: str, *, begin: datetime | None = None, end: datetime | None = None
) -> None:
    """The zone's clocks, or those of a span of plain moments: a join with fewer rows is a faster one."""
    pieces = offsets(zone)
    low, high = begin or pieces[0][0], end or pieces[-1][1]
    put(to, "offsets", [piece for piece in pieces if piece[1] > low and piece[0] <= high])


def plain(moment: datetime) -> datetime:
    """A moment as expressions have it: UTC, without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def aware(moment: datetime) -> datetime:
    """A moment of an expression, as the rest of the house has it."""
    return moment.replace(tzinfo=UTC)


def literal(moment: datetime) -> str:
    """An aware moment inside a condition on files."""
    return f"TIMESTAMPTZ '{moment.astimezone(UTC).isoformat()}'"


def _written(value: Any) -> str:
    """A value inside a query: ours, never a member's words."""
    if value is None:
        return "NULL"
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value.isoformat(sep=' ')}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)


def _column(name: str, kind: str) -> str:
    if kind == "timestamp":
        return f"make_timestamp(epoch_us({name})) AS {name}"
    return f"{name}::{_TYPES[kind]} AS {name}"


def _nothing(name: str) -> str:
    columns = ", ".join(f"NULL::{_TYPES[kind]} AS {column}" for column, kind in SHAPES[name].items())
    return f"SELECT {columns} WHERE false"

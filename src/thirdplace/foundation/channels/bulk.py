"""Many rows into the database at once, in bites small enough that pages need not wait."""

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

BITE = 1_000  # rows a transaction: at a hundred thousand, a page waits for seconds


def bites(rows: Iterable[Any], size: int = BITE) -> Iterator[list[Any]]:
    """Rows a thousand at a time, with a rest after each bite as long as it took: others write meanwhile."""
    left = iter(rows)
    while bite := list(islice(left, size)):
        began = time.monotonic()
        with transaction.atomic():
            yield bite
        if not connection.in_atomic_block:
            time.sleep(min(time.monotonic() - began, 0.2))


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows as they are. columns: the table's own names. In the caller's transaction."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def update(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Update rows by primary key, which stands last in each row. In the caller's transaction."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {names} WHERE id = %s", rows)


def numbers_given(model: type[models.Model]) -> None:
    """After rows were given numbers of our choosing: let the database go on from the last."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


def moment(at: Any) -> Any:
    """A moment as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(at)

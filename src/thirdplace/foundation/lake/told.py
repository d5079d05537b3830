"""What the standing imports tell of people and places: of each the newest word, but no word in passing.

An archive may only know that somebody or some place is there: an export without its list of people knows their numbers,
one with a thread alone knows the channel above it by that. Such a word never replaces one that says more.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from thirdplace.foundation.lake.batches import moment
from thirdplace.foundation.lake.query import asking, listed

if TYPE_CHECKING:
    from thirdplace.foundation.lake.door import Lake


NAMELESS = "name = native"
SEEN_BY_ITS_THREADS = "name = native OR (kind = 'channel' AND NOT flat)"


class ToldPerson(msgspec.Struct, frozen=True, gc=False):
    """An account, as the archive that reaches furthest tells of it. import_id: of the first that told of it."""

    number: int
    source: int
    import_id: int
    native: str
    name: str
    handle: str | None
    bot: bool
    staff: bool
    deleted: bool
    joined_at: datetime | None


class ToldPlace(msgspec.Struct, frozen=True, gc=False):
    """A channel, likewise."""

    number: int
    source: int
    import_id: int
    native: str
    name: str
    kind: str
    flat: bool


def people(lake: "Lake", import_id: int | None = None) -> list[ToldPerson]:
    """Everyone the standing imports tell of, or those that one of them tells of."""
    columns = "native, name, handle, bot, staff, deleted, epoch_us(joined_at)"
    rows = _newest(lake, "people", columns, import_id, in_passing=NAMELESS)
    return [ToldPerson(*_with_moment(row)) for row in rows]


def places(lake: "Lake") -> list[ToldPlace]:
    """Every place the standing imports tell of."""
    rows = _newest(lake, "places", "native, name, kind, flat", None, in_passing=SEEN_BY_ITS_THREADS)
    return [ToldPlace(*row) for row in rows]


def reaches(lake: "Lake", import_id: int) -> datetime | None:
    """The newest moment in an import, as it told with its people."""
    files = lake.files("people")
    if not files:
        return None
    sql = f"SELECT epoch_us(max(told_at)) FROM read_parquet({listed(files)}) WHERE import_id = ?"
    with asking() as connection:
        at = connection.execute(sql, [import_id]).fetchall()[0][0]
    return None if at is None else moment(at)


def _with_moment(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row[:-1], None if row[-1] is None else moment(row[-1]))


def _newest(lake: "Lake", table: str, columns: str, import_id: int | None, *, in_passing: str) -> list[tuple[Any, ...]]:
    files = lake.files(table)
    if not files:
        return []
    told = f"read_parquet({listed(files)})"
    only = "" if import_id is None else f"WHERE number IN (SELECT number FROM {told} WHERE import_id = {import_id:d})"
    sql = f"""
        SELECT number, source, first, {columns} FROM (
            SELECT *, min(import_id) OVER (PARTITION BY number) AS first FROM {told} {only}
            QUALIFY row_number() OVER (
                PARTITION BY number ORDER BY ({in_passing}), told_at DESC, import_id DESC
            ) = 1
        ) ORDER BY first, number
    """
    with asking() as connection:
        rows: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
    return rows

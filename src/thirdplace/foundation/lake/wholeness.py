"""Whether the lake is whole in itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext

from thirdplace.foundation.lake.query import asking, listed
from thirdplace.foundation.lake.schema import TABLES

if TYPE_CHECKING:
    from thirdplace.foundation.lake.door import Lake


@dataclass(frozen=True)
class Trouble:
    """Something that does not agree: what, and what to do about it."""

    what: str
    remedy: str


def troubles(lake: "Lake") -> Iterator[Trouble]:
    """Files that are missing or damaged, and rows that should not be."""
    damaged = [str(path) for path in _damaged(lake)]
    if damaged:
        yield Trouble(
            gettext("The lake misses files, or they are damaged: %(files)s.") % {"files": ", ".join(damaged[:3])},
            gettext("Put the last backup of the data folder in its place; or undo the imports and import them again."),
        )
        return
    twice = _twice(lake)
    if twice:
        yield Trouble(
            gettext("The lake holds %(count)d activities more than once.") % {"count": twice},
            gettext("Undo the last import and import it again. Please tell us: this must never happen."),
        )
    strangers = numbers(lake, "activities", "community_id") - {lake.community_id}
    if strangers:
        yield Trouble(
            gettext("The lake holds activities of another community."),
            gettext("Put the last backup of the data folder in its place. Please tell us: this must never happen."),
        )


def numbers(lake: "Lake", table: str, column: str) -> set[int]:
    """The different values of a column of numbers."""
    files = lake.files(table)
    if not files:
        return set()
    with asking() as connection:
        rows = connection.execute(f"SELECT DISTINCT {column} FROM read_parquet({listed(files)})").fetchall()
    return {value for (value,) in rows if value is not None}


def _damaged(lake: "Lake") -> Iterator[Path]:
    """Files that are not there, are cut off, or hold another number of rows than the log says."""
    for name in TABLES:
        table = lake.table(name)
        for row in table.bounds():
            path = table.folder / row["path"]
            try:
                whole = path.stat().st_size == row["size_bytes"]
                whole = whole and pq.read_metadata(path).num_rows == row["num_records"]
            except (OSError, pa.ArrowInvalid):
                whole = False
            if not whole:
                yield path.relative_to(lake.folder)


def _twice(lake: "Lake") -> int:
    files = lake.files()
    if not files:
        return 0
    with asking() as connection:
        sql = f"SELECT count(*) - count(DISTINCT key) FROM read_parquet({listed(files)})"
        return int(connection.execute(sql).fetchall()[0][0])

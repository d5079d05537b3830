"""The rows behind a reading: "Which ones?"."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from thirdplace.foundation.engine.folds import during
from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.engine.periods import Period
from thirdplace.foundation.engine.shapes import SPOKE
from thirdplace.foundation.engine.slices import Slice
from thirdplace.foundation.engine.warehouse import aware, plain

if TYPE_CHECKING:
    from thirdplace.foundation.engine.measuring import Measure

_PLAIN = ("key", "member_id", "channel", "source", "language")
_ORDERS = {
    "distinct": "value DESC, happened_at DESC",
    "sum": "value DESC, happened_at DESC",
    "mean": "value, happened_at DESC",
    "average": "value DESC, happened_at DESC",
    "survival": "seen, value DESC, happened_at DESC",
    "again": "value, happened_at DESC",
    **dict.fromkeys(("gini", "top", "half", "sticky"), "value DESC, happened_at DESC"),
}
_known: dict[str, frozenset[str]] = {}
_FIRST = """
WITH gone AS (
    SELECT key FROM changes
    QUALIFY row_number() OVER (PARTITION BY key ORDER BY changed_at DESC, change) = 1 AND change = 'deleted'
)
SELECT member_id, arg_min(key, (happened_at, key))
FROM activities JOIN people USING (identity) ANTI JOIN gone USING (key)
WHERE member_id IN ({members}) AND kind IN ({kinds}) AND {condition}
AND happened_at >= ? AND happened_at < ? GROUP BY member_id
"""


@dataclass(frozen=True)
class Counted:
    """One of those that a reading counts. key: its message, or the first one behind it. value: as the measure has it.

    seen: of a wait, whether it ended; None of everything else.
    """

    key: int | None
    member_id: int | None
    channel: int | None
    source: int | None
    language: str | None
    happened_at: datetime | None
    value: float
    seen: bool | None = None


def rows(measure: "Measure", tables: Tables, period: Period, part: Slice, *, limit: int, offset: int) -> list[Counted]:
    """Those that a reading counts, the most telling first: who waits, waited longest, or said most."""
    return rows_of(measure, tables, period, part, limit=limit, offset=offset)[0]


def rows_of(
    measure: "Measure", tables: Tables, period: Period, part: Slice, *, limit: int, offset: int
) -> tuple[list[Counted], int]:
    """Those that a reading counts, and how many there are in all: one pass, but where none is left at the offset."""
    order = f"{_ORDERS[measure.fold]}, member_id, key"
    whole = f"SELECT *, count(*) OVER () AS whole FROM ({_select(measure, tables, period, part)})"
    found = tables.query(f"{whole} ORDER BY {order} LIMIT {limit} OFFSET {offset}")
    names = [column[0] for column in found.description or ()]
    counted = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    lacking = {row["member_id"] for row in counted if row["key"] is None and row["member_id"] is not None}
    keys = _first_messages(tables, lacking, period, part) if lacking else {}
    in_all = counted[0]["whole"] if counted else count(measure, tables, period, part) if offset else 0
    return [_counted(row, keys) for row in counted], in_all


def count(measure: "Measure", tables: Tables, period: Period, part: Slice) -> int:
    """How many rows there are to see."""
    return int(tables.query(f"SELECT count(*) FROM ({_select(measure, tables, period, part)})").fetchall()[0][0])


def _select(measure: "Measure", tables: Tables, period: Period, part: Slice) -> str:
    """The rows of a period and a slice; where members are counted or compared, one row each."""
    columns = _columns(measure.sql(part.staff), tables)
    moment = next((name for name in ("happened_at", "first_at") if name in columns), "happened_on")
    happened_at = "NULL::TIMESTAMP" if moment == "happened_on" else moment
    where = f"{during(measure.fold, period)} AND {part.condition()}"
    source = f"FROM ({measure.sql(part.staff)}) WHERE {where}"
    if measure.fold not in ("mean", "average", "survival"):
        value = "sum(n)" if "n" in columns else "sum(value)" if "value" in columns else "count(*)"
        if measure.fold == "sticky":
            value = "count(DISTINCT happened_on)"
        if measure.fold == "again":
            value = f"bool_or(happened_on >= DATE '{period.ends_on}')::INTEGER"
        key = f"arg_min(key, ({moment}, key))" if "key" in columns else "NULL::BIGINT"
        firsts = "".join(f"arg_min({name}, {moment}) AS {name}, " for name in _PLAIN[2:] if name in columns)
        return (
            f"SELECT {key} AS key, member_id, {firsts}min({happened_at}) AS happened_at, ({value})::DOUBLE AS value "
            f"{source} GROUP BY member_id HAVING min(happened_on) < DATE '{period.ends_on}'"
        )
    named = ", ".join(name if name in columns else f"NULL AS {name}" for name in _PLAIN)
    seen = ", seen" if measure.fold == "survival" else ""
    return f"SELECT {named}, {happened_at} AS happened_at, value::DOUBLE AS value{seen} {source}"


def _columns(query: str, tables: Tables) -> frozenset[str]:
    """The names of a query's columns: asked once, since they follow from the query alone."""
    if query not in _known:
        _known[query] = frozenset(column[0] for column in tables.query(f"FROM ({query}) LIMIT 0").description or ())
    return _known[query]


def _first_messages(tables: Tables, members: set[int], period: Period, part: Slice) -> dict[int, int]:
    """The first message of each of some members in a period, of those that still stand."""
    zone = ZoneInfo(tables.zone)
    begin, end = (plain(datetime.combine(on, time(), zone)) for on in (period.begins_on, period.ends_on))
    ask = _FIRST.format(
        members=", ".join(map(str, sorted(members))),
        kinds=", ".join(f"'{kind}'" for kind in SPOKE),
        condition=part.condition(),
    )
    return dict(tables.query(ask, [begin, end]).fetchall())


def _counted(row: dict[str, Any], keys: dict[int, int]) -> Counted:
    seen = row.get("seen")
    return Counted(
        key=row["key"] if row["key"] is not None else keys.get(row["member_id"]),
        member_id=row["member_id"],
        channel=row.get("channel"),
        source=row.get("source"),
        language=row.get("language"),
        happened_at=aware(row["happened_at"]) if row["happened_at"] else None,
        value=row["value"],
        seen=None if seen is None else bool(seen),
    )

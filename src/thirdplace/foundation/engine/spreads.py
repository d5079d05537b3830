"""From rows to readings where members are compared: each member's sum first, then what the sums say together.

Nothing is done member by member outside the query. A cell is a grain, a slice and the day its period begins on.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from thirdplace.foundation.engine.periods import Period
from thirdplace.foundation.engine.reading import NOTHING, Reading, averaged, shared

AGAIN = 28  # days after a period in which who comes back has returned
_CELL = "grain, part, of, begins_on"
_BY_SUM = f"row_number() OVER (PARTITION BY {_CELL} ORDER BY said {{}}) AS nth"
_TOLD = {
    "gini": f"SELECT {_CELL}, count(*), sum(said), sum(nth * said) FROM (SELECT *, {_BY_SUM.format('')} FROM sums)",
    "top": (
        f"SELECT {_CELL}, count(*), sum(said), sum(said) FILTER (nth <= greatest((n + 50) // 100, 1)), "
        "sum(said) FILTER (nth <= greatest((n + 5) // 10, 1)) FROM "
        f"(SELECT *, {_BY_SUM.format('DESC')}, count(*) OVER (PARTITION BY {_CELL}) AS n FROM sums)"
    ),
    "half": (
        f"SELECT {_CELL}, count(*), sum(said), count(*) FILTER (2 * (so_far - said) < whole) FROM "
        f"(SELECT *, sum(said) OVER (PARTITION BY {_CELL} ORDER BY said DESC ROWS UNBOUNDED PRECEDING) AS so_far, "
        f"sum(said) OVER (PARTITION BY {_CELL}) AS whole FROM sums)"
    ),
    "sticky": f"SELECT {_CELL}, count(*), sum(days), sum(days * days) FROM sums",
    "again": (
        f"SELECT {_CELL}, count(*), count(*) FILTER (next_on < ends_on + {AGAIN}) FROM "
        "(SELECT *, lead(first_on) OVER (PARTITION BY grain, part, of, member_id ORDER BY begins_on) AS next_on "
        "FROM sums)"
    ),
}
FOLDS = tuple(_TOLD)
_NEEDED = {
    "sticky": "count(DISTINCT happened_on) AS days",
    "again": "min(happened_on) AS first_on",
}
Row = tuple[str, str, int | None, date, Reading]


def many(fold: str, groupings: Sequence[tuple[str, str]], ask: Callable[[str], Any], *, rows: str) -> list[Row]:
    """Readings of every cell. rows: the query of the rows themselves; groupings: (grain, column of the slice or "")."""
    sums = " UNION ALL ".join(_sums(fold, *_begins(grain), grain, column) for grain, column in groupings)
    return _found(fold, f"WITH rows AS MATERIALIZED ({rows}), sums AS ({sums})", ask)


def one(fold: str, period: Period, ask: Callable[[str], Any], *, rows: str) -> Reading:
    """The reading of one period and slice. rows: those of the period, and of as many days after it as are `later`."""
    begins = f"DATE '{period.begins_on}'"
    ends = f"DATE '{period.ends_on}'"
    cells = f"CASE WHEN happened_on < {ends} THEN {begins} ELSE {ends} END"
    sums = f"WITH rows AS MATERIALIZED ({rows}), sums AS ({_sums(fold, cells, ends, 'whole', '')})"
    found = _found(fold, sums, ask, days=period.days)
    return next((reading for *_cell, on, reading in found if on == period.begins_on), NOTHING)


def later(fold: str) -> int:
    """How many days after a period its reading needs to see."""
    return AGAIN if fold == "again" else 0


def _begins(grain: str) -> tuple[str, str]:
    """When a row's period begins, and ends, in SQL."""
    begins = "happened_on" if grain == "day" else f"date_trunc('{grain}', happened_on)::DATE"
    return begins, f"({begins} + INTERVAL 1 {grain})::DATE"


def _sums(fold: str, begins: str, ends: str, grain: str, column: str) -> str:
    """One row for each member of each cell."""
    part = f"{column}::BIGINT" if column else "NULL::BIGINT"
    where = f" AND {column} IS NOT NULL" if column else ""
    needed = _NEEDED.get(fold, "sum(value) AS said")
    return (
        f"SELECT '{grain}' AS grain, '{column}' AS part, {part} AS of, {begins} AS begins_on, "
        f"any_value({ends}) AS ends_on, member_id, {needed} "
        f"FROM rows WHERE member_id IS NOT NULL{where} GROUP BY 3, 4, member_id"
    )


def _found(fold: str, sums: str, ask: Callable[[str], Any], *, days: int = 0) -> list[Row]:
    rows = ask(f"{sums} {_TOLD[fold]} GROUP BY {_CELL}").fetchall()
    return [
        (grain, part, of, on, _reading(fold, days or Period.of(on, grain).days, n, *map(float, told)))
        for grain, part, of, on, n, *told in rows
    ]


def _reading(fold: str, days: int, n: int, *told: float) -> Reading:
    """What the sums say. days: how long the period is."""
    if fold == "again":
        return shared(told[0], n)
    if fold == "sticky":
        mean = averaged(told[0] / days, told[1] / days**2, n)
        return Reading(mean.value, n, mean.low, None if mean.high is None else min(mean.high, 1.0))
    if not told[0]:
        return NOTHING
    if fold == "gini":
        return Reading(max(0.0, 2 * told[1] / (n * told[0]) - (n + 1) / n), n)
    if fold == "half":
        return Reading(told[1], n)
    top, tenth = told[1] / told[0], told[2] / told[0]
    return Reading(top, n, more={"next": tenth - top, "rest": 1 - tenth})

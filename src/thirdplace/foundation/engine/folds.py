"""From rows to readings: how a measure's rows of a period become one number."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from thirdplace.foundation.engine import spreads
from thirdplace.foundation.engine.periods import Period
from thirdplace.foundation.engine.reading import NOTHING, Reading, averaged, counted, shared
from thirdplace.foundation.engine.survival import Waits

FOLDS = ("distinct", "sum", "mean", "average", "survival", *spreads.FOLDS)
CURVE = 60  # points of a curve that is drawn

_NUMBERS = {
    "distinct": "count(DISTINCT member_id)::BIGINT, count(DISTINCT member_id)::DOUBLE",
    "sum": "coalesce(sum(value), 0)::BIGINT, coalesce(sum(value), 0)::DOUBLE",
    "mean": "count(value)::BIGINT, coalesce(sum(value), 0)::DOUBLE",
    "average": "count(value)::BIGINT, coalesce(sum(value), 0)::DOUBLE, coalesce(sum(value * value), 0)::DOUBLE",
}
_SLIM = {  # the columns that a fold needs, where fewer are much faster
    "distinct": "DISTINCT happened_on, source, channel, member_id",
    "sticky": "DISTINCT happened_on, source, channel, member_id",
    "again": "DISTINCT happened_on, source, channel, member_id",
}
Cell = tuple[str, str, date]  # grain, slice, the day it begins on


def one(fold: str, rows: str, period: Period, condition: str, ask: Any) -> Reading:
    """The reading of a period's rows that meet a condition. ask: runs a query. A count of nothing is 0 here."""
    condition = f"{during(fold, period)} AND ({condition})"
    if fold in spreads.FOLDS:
        return spreads.one(fold, period, ask, rows=f"SELECT * FROM ({rows}) WHERE {condition}")
    if fold == "survival":
        waits = ask(f"SELECT 0 AS cell, value, seen FROM ({rows}) WHERE {condition}").fetchnumpy()
        estimated = _waits(waits)
        return survived(estimated, 0, curve=True) if len(estimated.groups) else NOTHING
    n, *told = ask(f"SELECT {_NUMBERS[fold]} FROM ({rows}) WHERE {condition}").fetchall()[0]
    return _reading(fold, n, *told)


def during(fold: str, period: Period) -> str:
    """The rows that a period's reading needs, as a condition in SQL."""
    ends_on = period.ends_on + timedelta(days=spreads.later(fold))
    return f"happened_on >= DATE '{period.begins_on}' AND happened_on < DATE '{ends_on}'"


def by_language(fold: str, rows: str, period: Period, ask: Any) -> dict[str | None, Reading]:
    """The readings of a period's rows (None), and of those in each language, of one pass over them."""
    condition = during(fold, period)
    if fold == "survival" or fold in spreads.FOLDS:
        ask(f"CREATE OR REPLACE TEMP TABLE chosen AS SELECT * FROM ({rows}) WHERE {condition}")
        said = [code for (code,) in ask("SELECT DISTINCT language FROM chosen WHERE language IS NOT NULL").fetchall()]
        return {
            code: one(fold, "FROM chosen", period, f"language = '{code}'" if code else "true", ask)
            for code in [None, *filter(str.isalnum, said)]
        }
    asked = f"SELECT {_NUMBERS[fold]}, language, grouping(language) FROM ({rows}) WHERE {condition}"
    found = ask(f"{asked} GROUP BY GROUPING SETS ((), (language))").fetchall()
    return {None if whole else code: _reading(fold, n, *told) for n, *told, code, whole in found if whole or code}


def many(fold: str, rows: str, condition: str, groupings: Sequence[tuple[str, str]], ask: Any) -> dict[Cell, Reading]:
    """Readings by grain and slice at once. groupings: (grain, column of the slice or "").

    Only cells that have rows are there.
    """
    needed = f"SELECT {_SLIM.get(fold, '*')} FROM ({rows}) WHERE {condition}"
    if fold in spreads.FOLDS:
        compared = spreads.many(fold, groupings, ask, rows=needed)
        return {_cell(grain, column, of, on): reading for grain, column, of, on, reading in compared}
    cells = " UNION ALL ".join(_grouped(fold, grain, column) for grain, column in groupings)
    chosen = f"WITH rows AS MATERIALIZED ({needed})"
    if fold != "survival":
        found = ask(f"{chosen} {cells}").fetchall()
        return {_cell(grain, column, of, on): _reading(fold, n, *told) for grain, column, of, on, n, *told in found}
    ask(f"CREATE OR REPLACE TEMP TABLE waits AS {chosen} {cells}")
    named = ask("SELECT DISTINCT cell, grain, part, of, begins_on FROM waits").fetchall()
    estimated = _waits(ask("SELECT cell, value, seen FROM waits").fetchnumpy())
    place = {cell: nth for nth, cell in enumerate(estimated.groups.tolist())}
    summed = summaries(estimated)
    return {_cell(grain, part, of, on): summed[place[cell]] for cell, grain, part, of, on in named}


def series(fold: str, rows: str, condition: str, grain: str, ask: Any) -> dict[date, Reading]:
    """Readings of one slice by period; only of periods that have rows."""
    return {on: reading for (_grain, _slice, on), reading in many(fold, rows, condition, [(grain, "")], ask).items()}


def summaries(waits: Waits) -> list[Reading]:
    """The reading of each group: its median, and in `more` the ninth decile."""
    columns = zip(
        waits.n.tolist(),
        waits.ended.tolist(),
        *(_known(values) for values in _times(waits)),
        strict=True,
    )
    return [Reading(median, n, low, high, {"p90": p90, "ended": ended}) for n, ended, median, low, high, p90 in columns]


def survived(waits: Waits, group: int, *, curve: bool) -> Reading:
    """The reading of one group, with its curve: [seconds, still waiting, low, high] of at most sixty moments."""
    nth = int(np.searchsorted(waits.groups, group))
    reading = summaries(waits)[nth]
    if curve:
        mine = np.flatnonzero(waits.group == group)
        if len(mine) > CURVE:
            mine = mine[np.unique(np.linspace(0, len(mine) - 1, CURVE).round().astype(int))]
        columns = (waits.seconds[mine], waits.still[mine], waits.low[mine], waits.high[mine])
        reading.more["curve"] = [[0.0, 1.0, 1.0, 1.0], *np.column_stack(columns).round(6).tolist()]
    return reading


def _times(waits: Waits) -> Iterable[Any]:
    return waits.when(0.5), waits.when(0.5, waits.low), waits.when(0.5, waits.high), waits.when(0.1)


def _known(values: Any) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values.tolist()]


def _waits(columns: dict[str, Any]) -> Waits:
    whole = {name: np.ma.getdata(values) for name, values in columns.items()}
    return Waits(whole["cell"], whole["value"].astype(np.float64), whole["seen"].astype(np.int64))


def _grouped(fold: str, grain: str, column: str) -> str:
    begins = "happened_on" if grain == "day" else f"date_trunc('{grain}', happened_on)::DATE"
    part = f"{column}::BIGINT" if column else "NULL::BIGINT"
    where = f" WHERE {column} IS NOT NULL" if column else ""
    if fold == "survival":
        cell = f"hash('{grain}', '{column}', {part}, {begins})::UBIGINT // 2"
        return (
            f"SELECT ({cell})::BIGINT AS cell, '{grain}' AS grain, '{column}' AS part, {part} AS of, "
            f"{begins} AS begins_on, value, seen FROM rows{where}"
        )
    return f"SELECT '{grain}', '{column}', {part}, {begins}, {_NUMBERS[fold]} FROM rows{where} GROUP BY 3, 4"


def _cell(grain: str, column: str, of: int | None, on: date) -> Cell:
    return grain, f"{column}:{of}" if column else "all", on


def _reading(fold: str, n: int, total: float, squares: float = 0.0) -> Reading:
    if fold == "average":
        return averaged(total, squares, n)
    return shared(total, n) if fold == "mean" else counted(total, n)

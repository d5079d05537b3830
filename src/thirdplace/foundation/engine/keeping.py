"""Stored readings: computed from the rollups, written only where they differ."""

import json
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection

from thirdplace.foundation.channels.bulk import bites, insert, update
from thirdplace.foundation.engine import folds
from thirdplace.foundation.engine.folds import Cell
from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.engine.measuring import Measure
from thirdplace.foundation.engine.models import Reading as Row
from thirdplace.foundation.engine.opening import narrowed
from thirdplace.foundation.engine.periods import Period
from thirdplace.foundation.engine.reading import Reading
from thirdplace.foundation.engine.spans import span as known_span
from thirdplace.foundation.engine.touched import Months, between, number, runs, span
from thirdplace.foundation.members.models import Community

GROUPINGS = (
    ("day", ""), ("day", "source"),
    ("week", ""), ("week", "source"), ("week", "channel"),
    ("month", ""), ("month", "source"),
)  # fmt: skip
_KEPT = ("value", "low", "high", "n", "more")
_NAMED = ("grain", "slice", "begins_on")
_OWN = ("community_id", "measure")
WEEK = timedelta(days=7)
NEAR = 31  # days around its period that a near measure sees at least
Place = tuple[str, str, str]  # grain, slice, the day it begins on
Kept = tuple[float | None, float | None, float | None, int, str | None]


def settle(community: Community, measure: Measure, tables: Tables, *, months: Months) -> int:
    """Make a measure's stored readings say what the rollups say; how many were written. months: None for all."""
    if months is not None and not months:
        return 0
    months = _leaning(measure, months, tables)
    computed = _written(compute(measure, tables, months=months))
    stored = _stored(community, measure, months)
    new = [(cell, kept) for cell, kept in computed.items() if cell not in stored]
    other = [(stored[cell][0], kept) for cell, kept in computed.items() if cell in stored and stored[cell][1] != kept]
    gone = [pk for cell, (pk, _kept_) in stored.items() if cell not in computed]
    own = (community.pk, measure.slug)
    for bite in bites([*own, *cell, *kept] for cell, kept in new):
        insert(Row, [*_OWN, *_NAMED, *_KEPT], bite)
    for changed in bites([*kept, pk] for pk, kept in other):
        update(Row, _KEPT, changed)
    for lost in bites(gone, 500):
        Row.objects.filter(pk__in=lost).delete()
    return len(new) + len(other) + len(gone)


def forget(community: Community, *, besides: Collection[str]) -> None:
    """Remove the readings of measures that are there no more."""
    Row.objects.filter(community=community).exclude(measure__in=list(besides)).delete()


def compute(measure: Measure, tables: Tables, *, months: Months = None) -> dict[Cell, Reading]:
    """What is stored of a measure, computed now; of some months, the periods that have a day in them."""
    kept = GROUPINGS if measure.channels else [grouping for grouping in GROUPINGS if grouping[1] != "channel"]
    groupings = [grouping for grouping in kept if grouping[0] in measure.grains]
    before, after = (timedelta(days=max(days, NEAR)) for days in (measure.before, measure.ripens))
    with narrowed(tables, None if months is None else _spanned(months, before, after, tables)):
        found = folds.many(measure.fold, measure.sql(), _condition(months, measure.ripens), groupings, tables.query)
    return found if months is None else {cell: reading for cell, reading in found.items() if _inside(cell, months)}


def differing(community: Community, measure: Measure, tables: Tables) -> int:
    """How many stored readings are not what the rollups say."""
    computed = _written(compute(measure, tables))
    stored = {cell: kept for cell, (_pk, kept) in _stored(community, measure, None).items()}
    return sum(stored.get(cell) != computed.get(cell) for cell in stored.keys() | computed.keys())


def _stored(community: Community, measure: Measure, months: Months) -> dict[Place, tuple[int, Kept]]:
    """The rows there are; of some months, those that `_inside` would let through."""
    columns = ", ".join(("id", "grain", "slice", "CAST(begins_on AS TEXT)", *_KEPT))  # as text: a date costs more
    ask = f"SELECT {columns} FROM {Row._meta.db_table} WHERE community_id = %s AND measure = %s"
    given: list[Any] = [community.pk, measure.slug]
    if months is not None:
        near = " OR ".join("begins_on BETWEEN %s AND %s" for _run in runs(months))
        ask += f" AND ({near})"
        given += [day.isoformat() for begin, end in _weeks(months) for day in (begin, end)]
    with connection.cursor() as cursor:
        cursor.execute(ask, given)
        rows = cursor.fetchall()
    there = {(row[1], row[2], row[3]): (row[0], row[4:]) for row in rows}
    if months is None:
        return there
    return {cell: row for cell, row in there.items() if _inside((*cell[:2], date.fromisoformat(cell[2])), months)}


def _written(computed: dict[Cell, Reading]) -> dict[Place, Kept]:
    """Readings as rows have them."""
    return {
        (grain, part, on.isoformat()): (
            reading.value,
            reading.low,
            reading.high,
            reading.n,
            json.dumps(reading.more, sort_keys=True) if reading.more else None,
        )
        for (grain, part, on), reading in computed.items()
    }


def _leaning(measure: Measure, months: Months, tables: Tables) -> Months:
    """Some months, and those whose readings lean on them."""
    if months is None or not (measure.before or measure.ripens):
        return months
    return _spanned(months, timedelta(days=measure.ripens), timedelta(days=measure.before), tables)


def _spanned(months: Collection[int], before: timedelta, after: timedelta, tables: Tables) -> set[int]:
    """The months of whole weeks around some, and of so much time before and after, as far as anything is known."""
    first, last = known_span(tables)
    return {
        month
        for begin, end in _weeks(months)
        for month in between(max(begin - before, min(first or begin, begin)), min(end + after, max(last or end, end)))
    }


def _condition(months: Months, later: int) -> str:
    if months is None:
        return "true"
    ends = ((begin, end + timedelta(days=later)) for begin, end in _weeks(months))
    return " OR ".join(f"happened_on BETWEEN DATE '{begin}' AND DATE '{end}'" for begin, end in ends)


def _weeks(months: Iterable[int]) -> Iterable[tuple[date, date]]:
    """Stretches of months, widened to whole weeks: first and last day."""
    for first, last in runs(months):
        begin, end = span(first)[0], span(last)[1]
        yield Period.of(begin, "week").begins_on, Period.of(end, "week").ends_on - timedelta(days=1)


def _inside(cell: Cell, months: Collection[int]) -> bool:
    """Whether a cell's period has a day in one of some months."""
    grain, _slice, on = cell
    return number(on) in months or (grain == "week" and number(on + timedelta(days=6)) in months)

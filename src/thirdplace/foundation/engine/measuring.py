"""Measures: each defined once, by the rows it counts and how they fold into a number."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from thirdplace.foundation.card import Card, card_of
from thirdplace.foundation.engine.expr import Table
from thirdplace.foundation.engine.look import WITHOUT, Tables
from thirdplace.foundation.engine.periods import Grain, Period
from thirdplace.foundation.engine.reading import NOTHING, Reading
from thirdplace.foundation.engine.slices import Slice
from thirdplace.foundation.registry import Registry, WrongDefinition, file_of

if TYPE_CHECKING:
    from thirdplace.foundation.members.models import Community

FOLDS = ("distinct", "sum", "mean", "survival")
LINES = ("Unit", "Better", "Source", "Counts", "Omits", "Empty")
UNITS = ("members", "messages", "share", "seconds")
QUESTIONS = {
    "coming": "Are people coming?",
    "staying": "Do they stay?",
    "answered": "Are they answered?",
    "shared": "Is the talk shared?",
    "good": "Is it a good place?",
    "own": "Our own",
}
BETTER = ("up", "down", "neither")


@dataclass(frozen=True, eq=False)
class Measure:
    """A quantity: its rows, how they fold, and its card.

    fold: distinct (members), sum, mean (of shares), survival (of waits). least: below so many we show rows, no rate.
    question: which of the six questions it helps to answer. unit: members, messages, share or seconds.
    """

    slug: str
    title: str
    question: str
    unit: str
    better: str
    fold: str
    least: int
    near: bool
    card: Card
    define: Callable[[Tables], Table]
    module: str
    _sql: dict[str, str] = field(default_factory=dict, repr=False)

    def sql(self, staff: str = WITHOUT) -> str:
        """The query of its rows, as it runs."""
        if staff not in self._sql:
            from thirdplace.foundation.engine.shapes import sql

            self._sql[staff] = sql(self._rows(staff))
        return self._sql[staff]

    def reading(self, tables: Tables, period: Period, slice: "str | Slice" = "all") -> Reading:  # noqa: A002
        """Its value for a period and a slice, computed now."""
        from thirdplace.foundation.engine import folds

        part = Slice.parse(slice)
        asked = f"{_during(period)} AND {part.condition()}"
        reading = folds.one(self.fold, self.sql(part.staff), asked, tables.query)
        known = self._known(tables, part, period)
        return (reading if known != "unknown" else NOTHING).of(period.begins_on, period.ends_on, open=known == "open")

    def weekly(self, tables: Tables, slice: "str | Slice" = "all") -> dict[date, Reading]:  # noqa: A002
        """Its value for each week that has something to measure, by Monday."""
        from thirdplace.foundation.engine import folds

        part = Slice.parse(slice)
        return folds.series(self.fold, self.sql(part.staff), part.condition(), Grain.WEEK, tables.query)

    def _rows(self, staff: str) -> Any:
        tables = Tables(staff=staff)
        rows = self.define(tables)
        return rows if "happened_on" in rows.columns else tables.by_day(rows)

    def _known(self, tables: Tables, part: Slice, period: Period) -> str:
        """Whether we know all of a period (`whole`), a part of it (`open`), or nothing (`unknown`)."""
        from thirdplace.foundation.engine.spans import span

        first, last = span(tables, part.source)
        if first is None or last is None or period.ends_on <= first or period.begins_on > last:
            return "unknown"
        return "open" if period.ends_on > last else "whole"


measures: Registry[Measure] = Registry("measure", "measures")


def measure(
    *, title: str, question: str, unit: str, fold: str, least: int = 1, near: bool = False
) -> Callable[[Callable[[Tables], Table]], Measure]:
    """Define a measure by the function of its rows.

    The rows have happened_at or happened_on, member_id, value, and what they may be cut by: source, channel, language.
    fold="survival" also needs seen: 1 where the wait ended, 0 where we know only that it lasted so long.
    near: a row depends on nothing earlier or later than a month, so that new messages change few of its readings.
    """

    def define(function: Callable[[Tables], Table]) -> Measure:
        file, slug = file_of(function), function.__name__
        for what, said, known in (("fold", fold, FOLDS), ("question", question, QUESTIONS), ("unit", unit, UNITS)):
            if said not in known:
                raise WrongDefinition(f"{slug} has the {what} '{said}'.", f"It is one of: {', '.join(known)}.", file)
        card = card_of(function, LINES)
        better = card.lines["Better"].partition(" ")[0].strip(".,;:")
        if better not in BETTER:
            raise WrongDefinition(
                f"The line Better of {slug} begins with '{better}'.", f"It begins with: {', '.join(BETTER)}.", file
            )
        made = Measure(slug, title, question, unit, better, fold, least, near, card, function, function.__module__)
        return measures.register(slug, made, file=inspect.getfile(function))

    return define


def _during(period: Period) -> str:
    return f"happened_on >= DATE '{period.begins_on}' AND happened_on < DATE '{period.ends_on}'"


WEEK = timedelta(days=7)

"""Pictures: measures of a shape that is not one number a period. Each is defined once, by its rows and its card.

A triangle has rows `began` (a month, as 202603), `age`, `n`: of those who began then, how many were there so many
months later.
A week has `weekday` (0 is Monday), `hour`, `n`. Shares have `name`, `n`; a name of None is what could not be told.
They are computed when opened, and remembered until the log moves on.
"""

import inspect
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from thirdplace.foundation.card import Card, card_of
from thirdplace.foundation.engine.expr import Table
from thirdplace.foundation.engine.look import WITHOUT, Tables
from thirdplace.foundation.engine.measuring import LINES, QUESTIONS
from thirdplace.foundation.engine.queries import remembered
from thirdplace.foundation.engine.shapes import sql
from thirdplace.foundation.registry import Registry, WrongDefinition, file_of

if TYPE_CHECKING:
    from thirdplace.foundation.members.models import Community

SHAPES = {"triangle": ("began", "age", "n"), "week": ("weekday", "hour", "n"), "shares": ("name", "n")}
REMEMBERED = 50
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Seen:
    """What a picture shows: its rows, and the first and the last known day that it looked at; None: nothing known.

    n: how many it counts in all; of a triangle, how many began.
    """

    rows: Rows
    first: date | None
    last: date | None
    n: int = 0


@dataclass(frozen=True, eq=False)
class Picture:
    """A triangle, a week or shares: its rows, and its card. days: how far back it looks; 0 for all that is known.

    least: below so many in a row or in all, no rate. sure: which interval its numbers have, or why none; in English.
    """

    slug: str
    title: str
    question: str
    shape: str
    days: int
    least: int
    sure: str
    card: Card
    define: Callable[[Tables], Table]
    module: str

    def sql(self, staff: str = WITHOUT) -> str:
        """The query of its rows, as it runs."""
        return remembered(
            f"picture {self.slug} {staff}",
            lambda: sql(self.define(Tables(staff=staff)).select(*SHAPES[self.shape])),
            module=self.module,
        )

    def rows(self, tables: Tables, staff: str = WITHOUT) -> Rows:
        """Its rows, computed now, in order."""
        return list(tables.query(f"FROM ({self.sql(staff)}) ORDER BY ALL").fetchall())

    def seen(self, community: "Community", staff: str = WITHOUT) -> Seen:
        """What it shows of everything read, as of the last refresh."""
        from thirdplace.foundation.engine.models import Settled

        settled = Settled.objects.filter(community=community).first()
        if settled is None or not settled.spans:
            return Seen([], None, None)
        key = (community.pk, self.slug, staff, json.dumps(settled.follows_from, sort_keys=True))
        kept = _Remembered.seen
        if key not in kept:
            kept[key] = self._computed(community, staff, settled)
            while len(kept) > REMEMBERED:
                kept.popitem(last=False)
        return kept[key]

    def _computed(self, community: "Community", staff: str, settled: Any) -> Seen:
        """Of the log, only what is recent enough is read."""
        from thirdplace.foundation.engine import showing
        from thirdplace.foundation.engine.opening import recent, tables

        at: datetime = showing.until(settled)
        first, last = (date.fromisoformat(day) for day in settled.spans["all"])
        if self.days:
            first = max(first, (at - timedelta(days=self.days)).astimezone(community.tz).date())
        opened = tables(community, at)
        if self.days:
            recent(opened, community, at - timedelta(days=self.days))
        rows = self.rows(opened, staff)
        n = sum(row[-1] for row in rows if self.shape != "triangle" or row[1] == 0)
        return Seen(rows, first, last, n)


class _Remembered:
    """What was computed on opening, until the log moves on."""

    seen: "OrderedDict[tuple[Any, ...], Seen]" = OrderedDict()


pictures: Registry[Picture] = Registry("picture", "pictures")


def picture(
    *, title: str, question: str, shape: str, sure: str, days: int = 0, least: int = 1
) -> Callable[[Callable[[Tables], Table]], Picture]:
    """Define a picture by the function of its rows, which have the columns of its shape."""

    def define(function: Callable[[Tables], Table]) -> Picture:
        file, slug = file_of(function), function.__name__
        for what, said, known in (("shape", shape, tuple(SHAPES)), ("question", question, tuple(QUESTIONS))):
            if said not in known:
                raise WrongDefinition(f"{slug} has the {what} '{said}'.", f"It is one of: {', '.join(known)}.", file)
        made = Picture(
            slug, title, question, shape, days, least, sure, card_of(function, LINES), function, function.__module__
        )
        return pictures.register(slug, made, file=inspect.getfile(function))

    return define

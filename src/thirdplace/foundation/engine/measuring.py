"""Measures: each defined once, by the rows it counts and how they fold into a number."""

import inspect
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError

from thirdplace.foundation.card import Card, card_of
from thirdplace.foundation.engine.expr import Table, literal
from thirdplace.foundation.engine.look import WITHOUT, Tables
from thirdplace.foundation.engine.periods import Grain, Period
from thirdplace.foundation.engine.queries import remembered
from thirdplace.foundation.engine.reading import NOTHING, Reading
from thirdplace.foundation.engine.shapes import sql
from thirdplace.foundation.engine.slices import Slice
from thirdplace.foundation.engine.sureness import COUNTS, SURE
from thirdplace.foundation.registry import Registry, WrongDefinition, file_of
from thirdplace.foundation.translation import gettext_noop

if TYPE_CHECKING:
    from thirdplace.foundation.engine.behind import Counted
    from thirdplace.foundation.engine.showing import Usual
    from thirdplace.foundation.members.models import Community

FOLDS = tuple(SURE)
LINES = (
    gettext_noop("Unit"), gettext_noop("Better"), gettext_noop("Source"), gettext_noop("Counts"), gettext_noop("Omits"),
    gettext_noop("Empty"),
)  # fmt: skip
UNITS = ("members", "messages", "conversations", "share", "index", "seconds")
QUESTIONS = {
    "coming": gettext_noop("Are people coming?"),
    "staying": gettext_noop("Do they stay?"),
    "answered": gettext_noop("Are they answered?"),
    "shared": gettext_noop("Is the talk shared?"),
    "good": gettext_noop("Is it a good place?"),
    "own": gettext_noop("Our own"),
}
BETTER = ("up", "down", "neither")
EVER = 40_000  # days before a period, for what leans on everything earlier and on nothing much later
CUT_BY = ("source", "channel", "language")
log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Measure:
    """A quantity: its rows, how they fold, and its card.

    fold: distinct (members), sum, mean (of shares), average, survival (of waits); of members' sums: gini, top (the
    share of the first hundredth), half (how few wrote half), sticky (days there), again (who came back).
    question: which of the six questions it helps to answer. unit: members, messages, conversations, share, index or
    seconds. least: below so many we show rows, no rate. grains: what it is told by. says: its sentence.
    near: a reading leans on nothing but a month around its period, and on `before` days earlier and `ripens` later.
    ripens: days after a period until its reading is known.
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
    before: int = 0
    ripens: int = 0
    grains: tuple[str, ...] = tuple(Grain)
    says: str = ""
    channels: bool = True

    @property
    def is_rate(self) -> bool:
        """Whether it is nothing, not 0, where there was nothing; and is not said from fewer than `least`."""
        return self.fold not in COUNTS

    @property
    def sure(self) -> str:
        """Which interval its readings have, or why none; in English."""
        return SURE[self.fold]

    def sql(self, staff: str = WITHOUT) -> str:
        """The query of its rows, as it runs."""
        return remembered(f"measure {self.slug} {staff}", lambda: sql(self._rows(staff)), module=self.module)

    def reading(self, tables: Tables, period: Period, slice: "str | Slice" = "all") -> Reading:  # noqa: A002
        """Its value for a period and a slice, computed now."""
        from thirdplace.foundation.engine import folds

        part = Slice.parse(slice)
        reading = folds.one(self.fold, self.sql(part.staff), period, part.condition(), tables.query)
        here = self.known(tables, part, period)
        said = reading if here in ("whole", "open") else NOTHING
        return said.of(period.begins_on, period.ends_on, open=here in ("open", "ripening"))

    def weekly(self, tables: Tables, slice: "str | Slice" = "all") -> dict[date, Reading]:  # noqa: A002
        """Its value for each week that has something to measure, by Monday."""
        from thirdplace.foundation.engine import folds

        part = Slice.parse(slice)
        return folds.series(self.fold, self.sql(part.staff), part.condition(), Grain.WEEK, tables.query)

    def series(
        self,
        community: "Community",
        grain: str,
        slice: "str | Slice" = "all",  # noqa: A002
        begin: date | None = None,
        end: date | None = None,
        *,
        now: datetime | None = None,
    ) -> list[Reading]:
        """Its values period by period, oldest first, from a first day until before another; stored ones where kept.

        now: another moment than the one that readings were stored for.
        """
        from thirdplace.foundation.engine import showing

        return showing.series(self, community, grain, Slice.parse(slice), begin=begin, end=end, now=now)

    def usual(
        self,
        community: "Community",
        slice: "str | Slice" = "all",  # noqa: A002
        *,
        grain: str = Grain.WEEK,
        before: date | None = None,
        now: datetime | None = None,
    ) -> "Usual | None":
        """Between what its values lay in the year before a day, or before the last whole period; None: too few."""
        from thirdplace.foundation.engine import showing

        readings = self.series(community, grain, slice, now=now)
        day = before or showing.last_whole(readings).begins_on
        return None if day is None else showing.usual(readings, before=day, least=self.least, shares=self.is_rate)

    def now_reading(
        self,
        community: "Community",
        slice: "str | Slice" = "all",  # noqa: A002
        *,
        grain: str = Grain.WEEK,
        now: datetime | None = None,
    ) -> Reading:
        """Its value for the last period that is over."""
        from thirdplace.foundation.engine import showing

        return showing.last_whole(self.series(community, grain, slice, now=now))

    def verdict(self, reading: Reading, usual: "Usual | None") -> str:
        """How a value stands to what is usual: higher, lower, as_usual, cannot_tell."""
        from thirdplace.foundation.engine import showing

        return showing.verdict(reading, usual, least=self.least)

    def rows(
        self,
        tables: Tables,
        period: Period,
        slice: "str | Slice" = "all",  # noqa: A002
        *,
        limit: int = 50,
        offset: int = 0,
    ) -> "list[Counted]":
        """Those behind a value: "Which ones?", the most telling first."""
        from thirdplace.foundation.engine import behind

        return behind.rows(self, tables, period, Slice.parse(slice), limit=limit, offset=offset)

    def rows_of(
        self,
        tables: Tables,
        period: Period,
        slice: "str | Slice" = "all",
        *,
        limit: int = 50,
        offset: int = 0,  # noqa: A002
    ) -> "tuple[list[Counted], int]":
        """Those behind a value, and how many there are in all."""
        from thirdplace.foundation.engine import behind

        return behind.rows_of(self, tables, period, Slice.parse(slice), limit=limit, offset=offset)

    def rows_count(self, tables: Tables, period: Period, slice: "str | Slice" = "all") -> int:  # noqa: A002
        """How many are behind a value."""
        from thirdplace.foundation.engine import behind

        return behind.count(self, tables, period, Slice.parse(slice))

    def _rows(self, staff: str) -> Any:
        tables = Tables(staff=staff)
        rows = self.define(tables)
        rows = rows if "happened_on" in rows.columns else tables.by_day(rows)
        lacking = {name: literal(None) for name in CUT_BY if name not in rows.columns}
        return rows.mutate(**lacking) if lacking else rows

    def known(self, tables: Tables, part: Slice, period: Period) -> str:
        """What we know of a period: `whole`, a part (`open`), nothing yet (`ripening`), or nothing (`unknown`)."""
        from thirdplace.foundation.engine import spans

        first, last = spans.known(tables, part)
        if first is None or last is None or period.ends_on <= first or period.begins_on > last:
            return "unknown"
        if self.ripens and period.ends_on + timedelta(days=self.ripens) > last:
            return "ripening"
        return "open" if period.ends_on > last else "whole"


measures: Registry[Measure] = Registry("measure", "measures")
failed: dict[str, Exception] = {}  # another package's measures that failed at work in this process, by slug


def attempted(measure: Measure, work: Callable[[], int]) -> int:
    """A count of what was done for a measure. Another package's may fail: it is reported, and the others go on."""
    try:
        done = work()
    except Exception as error:
        if measure.module.partition(".")[0] == "thirdplace" or isinstance(error, DatabaseError):
            raise
        log.exception("The measure %s of another package failed.", measure.slug)
        failed[measure.slug] = error
        return 0
    failed.pop(measure.slug, None)
    return done


def measure(
    *,
    title: str,
    question: str,
    unit: str,
    fold: str,
    least: int = 1,
    near: bool = False,
    before: int = 0,
    ripens: int = 0,
    grains: tuple[str, ...] = tuple(Grain),
    says: str = "",
    channels: bool = True,
) -> Callable[[Callable[[Tables], Table]], Measure]:
    """Define a measure by the function of its rows.

    The rows have happened_at or happened_on, member_id, value, and what they may be cut by: source, channel, language;
    a slice by what they lack is empty.
    fold="survival" also needs seen: 1 where the wait ended, 0 where we know only that it lasted so long.
    near: a row depends on nothing earlier or later than a month, so that new messages change few of its readings;
    before: or than so many days earlier, `EVER` for all of them. ripens: days after a period that its reading leans on,
    and after which it is known. grains: what it means something by. says: its sentence, with %(value)s, %(when)s,
    %(of)s in every hundred, %(n)s. channels: whether its weeks are stored by channel too, or computed when opened.
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
        made = Measure(slug, title, question, unit, better, fold, least, near, card, function, function.__module__,
                       before, ripens, grains, says, channels)  # fmt: skip
        return measures.register(slug, made, file=inspect.getfile(function))

    return define

"""What a report is told: a community as it was known by the end of a period, and nothing later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext

from thirdplace.flow import deeds as door
from thirdplace.flow import worklist
from thirdplace.flow.actions import actions
from thirdplace.flow.charts import Unit
from thirdplace.flow.charts import figure as said
from thirdplace.flow.dates import date_format
from thirdplace.flow.figures import Figure, Sentence, Sort, Who, say
from thirdplace.flow.models import Deed
from thirdplace.flow.questions import QUESTIONS, answer
from thirdplace.flow.wording import day as day_words
from thirdplace.foundation import engine
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.engine import Measure, Period, Reading, Slice, measures
from thirdplace.foundation.engine.reading import NOTHING
from thirdplace.foundation.members.models import Community, Member

HISTORY = 14  # periods of a tiny line
RATES = ("share", "seconds")  # what is not said from too few
NAMED = 12  # members whom a sentence names; more are counted


class Seen:
    """A community by the last moment of a period. Staff and bots are left out of every figure.

    period: the week or month told of. grain: which of the two. at: its last moment.
    """

    def __init__(self, community: Community, period: Period, *, grain: str, wall: datetime) -> None:
        self.community, self.period, self.grain, self._wall = community, period, grain, wall
        self.at = door.day_of(community, self.last_on)[1]

    @property
    def last_on(self) -> date:
        """The last day of the period."""
        return self.period.ends_on - timedelta(days=1)

    def measure(self, slug: str, slice: str = "all") -> Figure:  # noqa: A002 - what it is called everywhere
        """A measure's figure for the period, beside the period before and what is usual."""
        measure, part = measures[slug], Slice.parse(slice)
        before = self.period.before()
        back = self.period
        for _nth in range(HISTORY - 1):
            back = back.before()
        series = measure.series(
            self.community, self.grain, part, begin=back.begins_on, end=self.period.ends_on, now=self.at
        )
        readings = {each.begins_on: each for each in series}
        here = self._whole(readings.get(self.period.begins_on), part)
        usual = measure.usual(self.community, part, grain=self.grain, before=self.period.begins_on, now=self.at)
        value, why_not = _value(measure, here, self.grain)
        plain = {each.begins_on: _value(measure, each, self.grain)[0] for each in series[:-1]}
        sure = here if here is not None and value is not None else NOTHING
        return Figure(
            sort="measure", name=slug, title=gettext(measure.title), begins_on=self.period.begins_on,
            ends_on=self.period.ends_on, value=value, why_not=why_not, grain=self.grain, slice=str(part),
            unit=Unit(measure.unit) if measure.unit in RATES else Unit.COUNT, n=here.n if here else 0,
            low=sure.low, high=sure.high, before=plain.get(before.begins_on),
            usual=(usual.low, usual.high) if usual else None,
            verdict="cannot_tell" if value is None else _verdict(measure, sure, usual),
            history=(*plain.values(), value),
        )  # fmt: skip

    def members(self, figure: Figure, *, limit: int = NAMED) -> tuple[list[Who], int]:
        """Those whom a measure's figure counts, by name, and how many more there are."""
        if not figure.told:
            return [], 0
        period = Period(figure.begins_on, figure.ends_on)
        rows = measures[figure.name].rows(self._tables, period, figure.slice, limit=limit)
        numbers = list(dict.fromkeys(each.member_id for each in rows if each.member_id is not None))
        names = dict(Member.objects.filter(community=self.community, pk__in=numbers).values_list("pk", "name"))
        who = sorted((Who(pk, names[pk]) for pk in numbers if pk in names), key=lambda one: one.name.casefold())
        return who, max(round(figure.value or 0) - len(who), 0)

    def deeds(self, action: str = "") -> Figure:
        """How much was done in the period and stood at its end: by one action, or in all."""
        known = actions.get(action)
        title = known.verb if known else action or gettext("What we did")
        n = (self._deeds.filter(action=action) if action else self._deeds).count()
        return self._figure("deeds", action, title, float(n), n=n)

    def done(self) -> list[str]:
        """Which actions were carried out in the period, the most frequent first."""
        counts: dict[str, int] = {}
        for slug in self._deeds.values_list("action", flat=True):
            counts[slug] = counts.get(slug, 0) + 1
        return sorted(counts, key=lambda slug: (-counts[slug], slug))

    def questions(self) -> list[Figure]:
        """For each question of the round, how many lines waited at the end of the period."""
        made = []
        for each in self._day.questions:
            n = len(each.waiting) + each.more
            told = each.can_tell and bool(self._known)
            made.append(self._figure(
                "question", each.slug, each.ask, float(n) if told else None, n=n if told else 0,
                why="" if told else self._unread() or each.answer,
            ))  # fmt: skip
        return made

    def waits(self, figure: Figure) -> Sentence:
        """How many lines of a question waited, in the words of the round."""
        asked = next(each for each in QUESTIONS if each.slug == figure.name)
        n = round(figure.value or 0)
        told = answer(asked, n) if n else gettext("Nothing waited.")
        return say(gettext("%(title)s %(told)s"), figure, told=told)

    def unread(self) -> Iterator[Figure]:
        """The sources that were not read to the end of the period, each with how far it was."""
        for source in Source.objects.filter(community=self.community).order_by("pk"):
            until = source.known_until
            if until is None or until < self.at:
                why = self._until(until) if until else gettext("Nothing of it was read.")
                yield self._figure("source", str(source.pk), source.name, None, why=why)

    def _figure(self, sort: Sort, name: str, title: str, value: float | None, *, n: int = 0, why: str = "") -> Figure:
        """A figure that is no measure's: nothing is usual for it."""
        begins, ends = self.period.begins_on, self.period.ends_on
        return Figure(sort=sort, name=name, title=title, begins_on=begins, ends_on=ends, value=value, why_not=why,
                      grain=self.grain, n=n, verdict="cannot_tell" if value is None else "early")  # fmt: skip

    @cached_property
    def _known(self) -> list[datetime]:
        """How far sources have been read, of those that have been read."""
        found = Source.objects.filter(community=self.community, known_until__isnull=False)
        return [until for until in found.values_list("known_until", flat=True) if until is not None]

    def _unread(self) -> str:
        """That nothing has been read that reaches into the period; "" when something has."""
        begins = door.day_of(self.community, self.period.begins_on)[0]
        if not self._known or max(self._known) < begins:
            return gettext("Nothing was read of this period.")
        return ""

    def _until(self, until: datetime) -> str:
        """How far a source was read, to the minute: it may be on the last day."""
        local = until.astimezone(self.community.tz)
        told = {"day": day_words(local.date()), "time": date_format(local, "H:i")}
        return gettext("It was read until %(day)s, %(time)s only.") % told

    def _whole(self, reading: Reading | None, part: Slice) -> Reading | None:
        """The reading, open where its sources were not read to the last moment of the period."""
        if reading is None:
            return None
        sources = Source.objects.filter(community=self.community, known_until__gte=self.at)
        if part.source is not None:
            sources = sources.filter(pk=part.source)
        return replace(reading, open=not sources.exists())

    @cached_property
    def _tables(self) -> engine.Tables:
        return engine.tables(self.community, self.at)

    @cached_property
    def _day(self) -> worklist.Day:
        return worklist.day(self.community, self.last_on, wall=self._wall)

    @property
    def _deeds(self) -> QuerySet[Deed]:
        begins = door.day_of(self.community, self.period.begins_on)[0]
        return door.standing(self.community, by=self.at).filter(done_at__gte=begins)


def _value(measure: Measure, reading: Reading | None, grain: str) -> tuple[float | None, str]:
    """What may be said of a reading; else nothing, and why not. A rate from too few is no rate."""
    if reading is None:
        return None, gettext("Nothing was read of this period.")
    if reading.open:
        return None, (
            gettext("This month was not read to its end.") if grain == "month"
            else gettext("This week was not read to its end.")
        )  # fmt: skip
    if measure.is_rate and 0 < reading.n < measure.least:
        return None, _too_few(measure, reading)
    if reading.value is None and measure.is_rate:
        return None, gettext("Most of them still waited.") if reading.n else gettext("Nothing was there to measure.")
    if reading.value is None:
        return None, gettext("Nothing was read of this period.")
    return reading.value, ""


def _too_few(measure: Measure, reading: Reading) -> str:
    """The few themselves, in place of a rate."""
    if measure.unit == "share":
        given = {"part": said(round((reading.value or 0) * reading.n)), "n": said(reading.n)}
        return gettext("%(part)s of %(n)s: too few for a rate.") % given
    return ngettext("%(n)s case is too few.", "%(n)s cases are too few.", reading.n) % {"n": reading.n}


def _verdict(measure: Measure, reading: Reading, usual: Any) -> str:
    """How a value stands to what is usual. A count of nothing is a count."""
    if usual is None:
        return "early"
    known = reading if measure.is_rate else replace(reading, n=max(reading.n, measure.least))
    return measure.verdict(known, usual)

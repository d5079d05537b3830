"""Measures and their readings as JSON, for the API and the command line."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from thirdplace.face.api import shapes
from thirdplace.foundation import engine
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.engine import Measure, Reading
from thirdplace.foundation.engine.measuring import QUESTIONS
from thirdplace.foundation.engine.periods import Grain, Period
from thirdplace.foundation.engine.slices import Slice
from thirdplace.foundation.errors import NotFound, ThirdplaceError
from thirdplace.foundation.members.models import Community

MOST = 5000  # periods in one series
FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)


def definition(measure: Measure) -> dict[str, Any]:
    """What a measure is."""
    return {
        "slug": measure.slug,
        "title": gettext(measure.title),
        "question": gettext(QUESTIONS[measure.question]),
        "unit": measure.unit,
        "better": measure.better,
        "least": measure.least,
        "fold": measure.fold,
        "rate": measure.is_rate,
        "grains": [str(grain) for grain in measure.grains],
        "sure": gettext(measure.sure),
        "card": shapes.card(measure.card),
    }


def reading(found: Reading) -> dict[str, Any]:
    """A value with its uncertainty. None is not zero: nothing was there to measure, or we do not know."""
    return {
        "begins_on": found.begins_on.isoformat() if found.begins_on else None,
        "ends_on": found.ends_on.isoformat() if found.ends_on else None,
        "value": found.value,
        "n": found.n,
        "low": found.low,
        "high": found.high,
        "open": found.open,
        "more": found.more,
    }


def part_of(community: Community, written: str | Slice) -> Slice:
    """The part of a community that is written; refused when it names a source or a channel that is not here."""
    part = Slice.parse(written)
    if part is written:
        return part
    if part.source is not None and not Source.objects.filter(community=community, pk=part.source).exists():
        raise NotFound(gettext("That source is not here."), gettext("Look at Sources: it may have been undone."))
    if part.channel is not None and not Channel.objects.filter(community=community, number=part.channel).exists():
        raise NotFound(
            gettext("There is no channel %(number)s here.") % {"number": part.channel},
            gettext("GET /api/v1/channels lists them."),
        )
    return part


def standing(
    measure: Measure,
    community: Community,
    slice: str | Slice = "all",  # noqa: A002
    grain: str = Grain.WEEK,
) -> dict[str, Any]:
    """A measure with its last whole reading, what is usual, and how the one stands to the other."""
    part = part_of(community, slice)
    now = measure.now_reading(community, part, grain=grain)
    usual = measure.usual(community, part, grain=grain, before=now.begins_on) if now.begins_on else None
    return {
        **definition(measure),
        "reading": reading(now),
        "usual": {"low": usual.low, "high": usual.high, "n": usual.n} if usual else None,
        "verdict": measure.verdict(now, usual),
    }


def all_standing(community: Community, slice: str = "all", grain: str = Grain.WEEK) -> list[dict[str, Any]]:  # noqa: A002
    """Every measure as it stands, in the order of the six questions."""
    order = list(QUESTIONS)
    asked = sorted(engine.measures.values(), key=lambda each: order.index(each.question))
    part = part_of(community, slice)
    return [standing(each, community, part, grain) for each in asked]


def series(
    measure: Measure,
    community: Community,
    *,
    grain: str,
    slice: str,  # noqa: A002
    begin: date | None,
    end: date | None,
) -> list[dict[str, Any]]:
    """A measure's readings, period by period, from a day until another, both included."""
    first, last = _bounds(begin, end, grain)
    found = measure.series(community, grain, part_of(community, slice), first, last)
    return [reading(each) for each in found[-MOST:]]


def rows(
    measure: Measure,
    community: Community,
    period: Period,
    *,
    now: datetime,
    slice: str = "all",  # noqa: A002
    limit: int = 50,
    offset: int = 0,
) -> dict[str, Any]:
    """Those behind a value: "Which ones?"."""
    tables = engine.tables(community, now)
    part = part_of(community, slice)
    found = measure.rows(tables, period, part, limit=limit, offset=offset)
    return {
        "total": measure.rows_count(tables, period, part),
        "reading": reading(measure.reading(tables, period, part)),
        "rows": [
            {
                "key": shapes.number(each.key),
                "member": each.member_id,
                "source": each.source,
                "channel": shapes.number(each.channel),
                "happened_at": shapes.moment(each.happened_at),
                "value": each.value,
            }
            for each in found
        ],
    }


def _bounds(begin: date | None, end: date | None, grain: str) -> tuple[date | None, date | None]:
    """The first day, and the day after the last; refused where no calendar goes or too much is asked."""
    for day in (begin, end):
        if day is not None and not FIRST <= day <= LAST:
            raise ThirdplaceError(
                gettext("%(day)s is out of reach.") % {"day": day}, gettext("Choose days between 1970 and 2199.")
            )
    days = {Grain.DAY: 1, Grain.WEEK: 7, Grain.MONTH: 28}[Grain(grain)]
    if begin and end and (end - begin).days / days > MOST:
        raise ThirdplaceError(
            gettext("That is more than %(n)s periods at once.") % {"n": MOST},
            gettext("Ask for fewer, or coarser ones."),
        )
    return begin, (date.fromordinal(end.toordinal() + 1) if end else None)

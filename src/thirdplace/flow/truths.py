"""The numbers behind the quiet lines of the round, kept with the day so that a page computes nothing."""

import math
from datetime import date, timedelta
from typing import Any

from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.engine import Period, Tables, measures
from thirdplace.foundation.engine.models import Reading as Stored
from thirdplace.foundation.engine.periods import Grain
from thirdplace.foundation.members.models import Community

FORTNIGHT, FOUR_WEEKS, YEAR = timedelta(days=14), timedelta(days=28), timedelta(weeks=52)
ENOUGH_WEEKS = 8  # before that nobody knows what is usual
WATCHED = ("messages", "active_members", "newcomers")  # what may change, in the order in which it is told
LEFT_OUT = 0.05  # of the weeks at either end: the most unusual one of twenty is no measure of what is usual


def of(community: Community, tables: Tables, on: date) -> dict[str, Any]:
    """What is true of a day: read, newcomers and answered of the last two weeks, active of four, and what changed."""
    read = Source.objects.filter(community=community, known_until__isnull=False).exists()
    if not read:
        return {"read": False}
    tomorrow = on + timedelta(days=1)
    replies = measures["first_reply_share"].reading(tables, Period(tomorrow - FORTNIGHT, tomorrow))
    active = measures["active_members"].reading(tables, Period(tomorrow - FOUR_WEEKS, tomorrow))
    return {
        "read": True,
        "newcomers": replies.n,
        "answered": round((replies.value or 0) * replies.n),
        "active": round(active.value or 0),
        "changing": [each for slug in WATCHED if (each := _change(community, slug, tomorrow))],
    }


def _change(community: Community, slug: str, until: date) -> dict[str, Any] | None:
    """A measure's last whole week beside what is usual; None while it has no whole week."""
    last = Period.of(until, Grain.WEEK).before()
    weeks = Stored.objects.filter(
        community=community, measure=slug, grain=Grain.WEEK, slice="all",
        begins_on__gte=last.begins_on - YEAR, begins_on__lte=last.begins_on,
    )  # fmt: skip
    values = dict(weeks.values_list("begins_on", "value"))
    value = values.pop(last.begins_on, None)
    if value is None:
        return None
    low, high = _usual([each for each in values.values() if each is not None])
    return {"measure": slug, "title": measures[slug].title, "value": value, "low": low, "high": high}


def _usual(values: list[float]) -> tuple[float, float] | tuple[None, None]:
    """Between which values nearly all weeks of the year before lay; None and None while they are too few."""
    if len(values) < ENOUGH_WEEKS:
        return None, None
    ordered = sorted(values)
    left_out = math.floor(LEFT_OUT * len(ordered))
    return ordered[left_out], ordered[len(ordered) - 1 - left_out]

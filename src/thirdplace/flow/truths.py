"""The numbers behind the quiet lines of the round, kept with the day so that a page computes nothing."""

from datetime import date, datetime, timedelta
from typing import Any

from thirdplace.foundation.engine import Period, Tables, measures
from thirdplace.foundation.engine.periods import Grain
from thirdplace.foundation.engine.slices import Slice
from thirdplace.foundation.engine.spans import known as span
from thirdplace.foundation.members.models import Community

FORTNIGHT, FOUR_WEEKS = timedelta(days=14), timedelta(days=28)
WATCHED = ("messages", "active_members", "newcomers")  # what may change, in the order in which it is told


def of(community: Community, tables: Tables, on: date, *, as_of: datetime | None = None) -> dict[str, Any]:
    """What is true of a day: read, newcomers and answered of the last two weeks, active of four, and what changed.

    as_of: the end of a day that is over, by which its numbers were known; None for today, whose readings are stored.
    Not read: begins, where the day lies before all that was read; ends, where it lies long after.
    """
    first, last = span(tables, Slice())
    if first is None or last is None:
        return {"read": False}
    if on < first:
        return {"read": False, "begins": first.isoformat()}
    if on - last > FORTNIGHT:
        return {"read": False, "ends": last.isoformat()}
    tomorrow = on + timedelta(days=1)
    replies = measures["first_reply_share"].reading(tables, Period(tomorrow - FORTNIGHT, tomorrow))
    active = measures["active_members"].reading(tables, Period(tomorrow - FOUR_WEEKS, tomorrow))
    return {
        "read": True,
        "newcomers": replies.n,
        "answered": round((replies.value or 0) * replies.n),
        "active": round(active.value or 0),
        "changing": [each for slug in WATCHED if (each := _change(community, slug, on, as_of))],
    }


def _change(community: Community, slug: str, on: date, as_of: datetime | None) -> dict[str, Any] | None:
    """A measure of the week before beside what is usual; None when that week was not read whole."""
    known, week = measures[slug], Period.of(on, Grain.WEEK).before()
    series = known.series(community, Grain.WEEK, begin=week.begins_on, end=week.ends_on, now=as_of)
    last = next((each for each in series if not each.open and each.value is not None), None)
    if last is None:
        return None
    usual = known.usual(community, before=week.begins_on, now=as_of)
    low, high = (usual.low, usual.high) if usual else (None, None)
    verdict = known.verdict(last, usual)
    return {"measure": slug, "title": known.title, "value": last.value, "low": low, "high": high, "verdict": verdict}

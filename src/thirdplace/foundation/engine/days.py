"""The one place where a moment becomes a day."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from thirdplace.foundation.engine.expr import Table, _

FIRST_YEAR, LAST_YEAR = 1970, 2045  # of the clocks' turns that we look for
BEGINNING, END = datetime(1, 1, 1), datetime(9999, 1, 1)  # noqa: DTZ001 - UTC, without a zone, throughout


def by_day(rows: Table, offsets: Table) -> Table:
    """Rows with their day in the community's zone.

    offsets: begins_at, ends_at, seconds; the zone's history. (Ibis 12 drops the zone of a cast without a word.)
    """
    here = [rows.happened_at >= offsets.begins_at, rows.happened_at < offsets.ends_at]
    day = (_.happened_at + _.seconds.as_interval("s")).date()
    return rows.join(offsets, here).select(*rows.columns, happened_on=day)


def by_hour(rows: Table, offsets: Table) -> Table:
    """Rows with their weekday (0 is Monday) and hour in the community's zone."""
    here = [rows.happened_at >= offsets.begins_at, rows.happened_at < offsets.ends_at]
    local = rows.join(offsets, here).mutate(local_at=_.happened_at + _.seconds.as_interval("s"))
    return local.select(*rows.columns, weekday=_.local_at.day_of_week.index(), hour=_.local_at.hour())


def member_day(rows: Table, offsets: Table) -> Table:
    """How often each account spoke, how, where, in which language, on which day; with the first and last moment."""
    return (
        by_day(rows, offsets)
        .group_by("source", "channel", "identity", "language", "kind", "happened_on")
        .agg(n=_.count(), first_at=_.happened_at.min(), last_at=_.happened_at.max())
        .select("source", "channel", "identity", "language", "kind", "happened_on", "n", "first_at", "last_at")
    )


@cache
def offsets(zone: str) -> tuple[tuple[datetime, datetime, int], ...]:
    """A zone's history: from when (UTC, without a zone) to when its clocks are how many seconds ahead of UTC."""
    tz, step = ZoneInfo(zone), timedelta(days=7)
    pieces: list[tuple[datetime, datetime, int]] = []
    begins, at = BEGINNING, datetime(FIRST_YEAR, 1, 1)  # noqa: DTZ001
    while at.year < LAST_YEAR:
        if _ahead(tz, at + step) != _ahead(tz, at):
            turn = _turn(tz, at, at + step)
            pieces.append((begins, turn, _ahead(tz, at)))
            begins = turn
        at += step
    return (*pieces, (begins, END, _ahead(tz, at)))


def _ahead(tz: ZoneInfo, moment: datetime) -> int:
    ahead = moment.replace(tzinfo=UTC).astimezone(tz).utcoffset()
    return int(ahead.total_seconds()) if ahead is not None else 0


def _turn(tz: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The second between two moments at which the clocks are turned."""
    before = _ahead(tz, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _ahead(tz, middle) == before else (low, middle)
    return high

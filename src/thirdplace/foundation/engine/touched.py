"""Which months something new in the log may change."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from thirdplace.foundation.engine.derived import Pin
from thirdplace.foundation.engine.periods import Grain, Period, periods
from thirdplace.foundation.engine.warehouse import cursor
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.query import parquet
from thirdplace.foundation.lake.schema import ACTIVITIES, CHANGES
from thirdplace.foundation.lake.table import NOTHING, LogGone

Months = set[int] | None  # yyyymm, in the community's zone; None: all of them

_ANEW = """
SELECT DISTINCT epoch_us(happened_at)::BIGINT // 86400000000 FROM {activities} a SEMI JOIN {keys} k USING (key)
UNION SELECT DISTINCT epoch_us(happened_at)::BIGINT // 86400000000 FROM {changes} c SEMI JOIN {keys} k USING (key)
"""


def touched(lake: Lake, had: Pin, wanted: Pin, *, margin: timedelta) -> Months:
    """The months in which a rollup may differ between two states of the log.

    margin: how far around itself an activity reaches. A rewrite of the log touches everything.
    """
    new = _added(lake, "activities", had, wanted)
    other = _added(lake, "changes", had, wanted)
    if new is None or other is None:
        return None
    days: set[int] = set()
    with cursor() as connection:
        if new:
            ask = f"SELECT DISTINCT epoch_us(happened_at)::BIGINT // 86400000000 FROM {parquet(new, like=ACTIVITIES)}"
            days.update(day for (day,) in connection.execute(ask).fetchall())
        if other:
            ask = _ANEW.format(
                activities=parquet(lake.files("activities", wanted["activities"]), like=ACTIVITIES),
                changes=parquet(lake.files("changes", wanted["changes"]), like=CHANGES),
                keys=parquet(other, like=CHANGES),
            )
            days.update(day for (day,) in connection.execute(ask).fetchall())
    near = timedelta(days=1) + margin  # a day in UTC is a part of two days elsewhere
    epoch = date(1970, 1, 1)
    return {month for day in days for month in around(epoch + timedelta(days=day), near)}


def around(on: date, margin: timedelta) -> Iterator[int]:
    """The months of the days around a day."""
    yield from between(on - margin, on + margin)


def between(first: date, last: date) -> Iterator[int]:
    """The months from a day to a later one, both included."""
    for period in periods(first, last + timedelta(days=1), Grain.MONTH):
        yield number(period.begins_on)


def grown(months: Collection[int], margin: timedelta) -> set[int]:
    """Some months and those within a margin of them."""
    spans = (span(month) for month in months)
    return {near for begins, ends in spans for near in (*around(begins, margin), *around(ends, margin))}


def number(on: date) -> int:
    """A day's month, as yyyymm."""
    return on.year * 100 + on.month


def span(month: int) -> tuple[date, date]:
    """A month's first and last day."""
    period = Period.of(date(month // 100, month % 100, 1), Grain.MONTH)
    return period.begins_on, period.ends_on - timedelta(days=1)


def runs(months: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Months as stretches without a gap: the first and the last of each."""
    begin = end = 0
    for month in sorted(months):
        if begin and number(span(end)[1] + timedelta(days=1)) == month:
            end = month
            continue
        if begin:
            yield begin, end
        begin = end = month
    if begin:
        yield begin, end


def _added(lake: Lake, name: str, had: Pin, wanted: Pin) -> list[str] | None:
    """The files that were added to a table; None where files went, or where the log no longer tells."""
    if had[name] == wanted[name]:
        return []
    if had[name] > wanted[name] or (had[name] == NOTHING and name == "activities"):
        return None
    try:
        commits = list(lake.table(name).log(had[name], wanted[name]))
    except LogGone:
        return None
    if any(commit.removed for commit in commits):
        return None
    return [path for commit in commits for path in commit.added]

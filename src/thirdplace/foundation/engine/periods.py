"""Days, weeks that begin on Monday, and months."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


class Grain(enum.StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, order=True)
class Period:
    """From a day until the day before another."""

    begins_on: date
    ends_on: date

    @classmethod
    def of(cls, on: date, grain: str) -> "Period":
        """The day, week or month that a day belongs to."""
        if grain == Grain.DAY:
            return cls(on, on + timedelta(days=1))
        if grain == Grain.WEEK:
            monday = on - timedelta(days=on.weekday())
            return cls(monday, monday + timedelta(days=7))
        first = on.replace(day=1)
        return cls(first, (first + timedelta(days=32)).replace(day=1))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends_on - self.begins_on).days

    def before(self) -> "Period":
        """The period of the same length just before; of a whole month, the month before."""
        if self == Period.of(self.begins_on, Grain.MONTH):
            return Period.of(self.begins_on - timedelta(days=1), Grain.MONTH)
        return Period(self.begins_on - timedelta(days=self.days), self.begins_on)

    def __contains__(self, on: object) -> bool:
        return isinstance(on, date) and self.begins_on <= on < self.ends_on


def periods(begin: date, end: date, grain: str) -> Iterator[Period]:
    """Every period that has a day between two days, the second one left out."""
    period = Period.of(begin, grain)
    while period.begins_on < end:
        yield period
        period = Period.of(period.ends_on, grain)

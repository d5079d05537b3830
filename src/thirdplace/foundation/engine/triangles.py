"""Triangles: of those who began in a month, how many were there so many months later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from thirdplace.foundation.engine.periods import Grain, Period, periods
from thirdplace.foundation.engine.reading import Reading, shared
from thirdplace.foundation.engine.touched import span


@dataclass(frozen=True)
class Cohort:
    """Those who began in a month: how many, and how many were there in each month after it that is over."""

    began_on: date
    size: int
    there: Sequence[int]

    def share(self, age: int) -> float | None:
        """The share of them who were there so many months later; None while that month is not over."""
        return self.there[age - 1] / self.size if age <= len(self.there) else None


def cohorts(rows: Iterable[tuple[Any, ...]], *, last: date) -> list[Cohort]:
    """Cohorts from rows (began, age, n), oldest first. last: the last known day, which may not be over.

    The month that it lies in is left out, as a beginning too: nobody knows yet who will have come.
    """
    counted = {(span(began)[0], age): n for began, age, n in rows}
    open_on = Period.of(last, Grain.MONTH).begins_on
    found = []
    for began_on in sorted({began_on for began_on, _age in counted}):
        whole = len(list(periods(began_on, open_on, Grain.MONTH)))
        if whole:
            there = [counted.get((began_on, age), 0) for age in range(1, whole)]
            found.append(Cohort(began_on, counted[began_on, 0], there))
    return found


def pooled(found: Iterable[Cohort], age: int) -> Reading:
    """The share of all who began so many months ago or longer who were there then."""
    old = [each for each in found if len(each.there) >= age]
    return shared(sum(each.there[age - 1] for each in old), sum(each.size for each in old))

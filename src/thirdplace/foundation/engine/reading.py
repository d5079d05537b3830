"""Values of measures, and how sure they are."""

import math
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

Z = 1.959963984540054  # of a 95 % interval


@dataclass(frozen=True)
class Reading:
    """A measure's value for a period and a slice; None when there was nothing to measure. n: how many it rests on.

    low, high: where the true value probably lies (95 %). more: what else the measure tells, such as p90.
    open: the period is not over, or not read to its end. Two readings are equal when value and n are.
    """

    value: float | None
    n: int = 0
    low: float | None = field(default=None, compare=False)
    high: float | None = field(default=None, compare=False)
    more: dict[str, Any] = field(default_factory=dict, compare=False)
    begins_on: date | None = field(default=None, compare=False)
    ends_on: date | None = field(default=None, compare=False)
    open: bool = field(default=False, compare=False)

    def of(self, begins_on: date, ends_on: date, *, open: bool = False) -> "Reading":  # noqa: A002
        """The same, of a period."""
        return replace(self, begins_on=begins_on, ends_on=ends_on, open=open)


NOTHING = Reading(None)


def wilson(part: float, whole: int) -> tuple[float, float]:
    """Where a share probably lies."""
    p, z2 = part / whole, Z * Z
    middle = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z * math.sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    return max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half))


def poisson(count: float) -> tuple[float, float]:
    """Where the rate behind a count probably lies, by Byar's approximation."""
    low = 0.0 if count == 0 else count * max(0.0, 1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3
    up = count + 1
    return low, up * (1 - 1 / (9 * up) + Z / (3 * math.sqrt(up))) ** 3


def counted(count: float, n: int) -> Reading:
    """A reading of a count."""
    low, high = poisson(count)
    return Reading(float(count), n, low, high)


def averaged(total: float, squares: float, n: int) -> Reading:
    """A reading of a mean of values that are not negative, from their sum and the sum of their squares."""
    if n == 0:
        return NOTHING
    mean = total / n
    if n == 1:
        return Reading(mean, n)
    half = Z * math.sqrt(max(squares - n * mean * mean, 0.0) / (n - 1) / n)
    return Reading(mean, n, max(0.0, mean - half), mean + half)


def shared(part: float, n: int) -> Reading:
    """A reading of a share."""
    if n == 0:
        return NOTHING
    low, high = wilson(part, n)
    return Reading(part / n, n, low, high)

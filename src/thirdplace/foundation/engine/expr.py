"""What definitions are written with: `_` and a short list of functions, each tested on every engine we promise.

Nothing here loads Ibis before a definition is evaluated, so that a page which shows stored readings never pays for it.
Moments inside expressions are UTC without a zone.
"""

from datetime import timedelta
from typing import Any

Table = Any  # an Ibis table expression
Value = Any  # an Ibis value expression


class _Row:
    """The row at hand: `_.kind`, `_["kind"]`."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_ibis()._, name)

    def __getitem__(self, name: str) -> Any:
        return _ibis()._[name]


_ = _Row()


def row_number() -> Value:
    """The row's place in its window, from 0."""
    return _ibis().row_number()


def literal(value: Any) -> Value:
    """A constant, the same in every row."""
    return _ibis().literal(value)


def least(*values: Value) -> Value:
    """The smallest of several columns; an empty one does not count."""
    return _ibis().least(*values)


def first_known(*values: Value) -> Value:
    """The first of several columns that is not empty."""
    return _ibis().coalesce(*values)


def within(moment: Value, after: Value, span: timedelta) -> Value:
    """Whether a moment came no later than a span after another; an empty moment did not."""
    return (moment <= after + span).fill_null(False)


def seconds_between(earlier: Value, later: Value) -> Value:
    """Whole seconds from one moment to a later one. Engines differ in parts of a second, so they are cut off first."""
    return (later.epoch_seconds().floor().cast("int64") - earlier.epoch_seconds().floor().cast("int64")).cast("float64")


def days_between(earlier: Value, later: Value) -> Value:
    """Whole days from one day to a later one."""
    return later.delta(earlier, unit="day").cast("int64")


def share(part: Value, whole: Value, *, least: int) -> Value:
    """Part of a whole; empty below a number from which it says anything."""
    enough = (whole >= least).ifelse(whole, _ibis().null("int64"))
    return part.cast("float64") / enough.cast("float64")


def _ibis() -> Any:
    import ibis

    return ibis

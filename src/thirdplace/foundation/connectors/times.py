"""ISO times of a whole column at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from thirdplace.foundation.connectors.columns import EPOCH, microseconds

Array = np.ndarray[Any, np.dtype[np.int64]]

UNREADABLE = np.iinfo(np.int64).min  # in place of a time that is none
# A time outside these is a mistake of whoever wrote it, and would ruin whatever counts weeks.
FIRST = microseconds(datetime(1970, 1, 1, tzinfo=UTC))
LAST = microseconds(datetime(9999, 1, 1, tzinfo=UTC))

_SHORTEST = len("2022-01-03T10:11:12+00:00")
_DAYS_BEFORE = np.array([0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334], dtype=np.int64)
_DAYS_IN = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
_FIELDS = (slice(0, 4), slice(5, 7), slice(8, 10), slice(11, 13), slice(14, 16), slice(17, 19))
_SIGNS = {4: "-", 7: "-", 10: "T", 13: ":", 16: ":"}


def all_microseconds(said: Sequence[str]) -> Array:
    """Microseconds since 1970 of times such as 2022-01-03T10:11:12.345+00:00; UNREADABLE where one is none."""
    out = np.empty(len(said), dtype=np.int64)
    lengths = np.fromiter(map(len, said), dtype=np.int64, count=len(said))
    for length in np.unique(lengths).tolist():
        rows = np.flatnonzero(lengths == length)
        these = [said[row] for row in rows.tolist()] if len(rows) < len(said) else said
        out[rows] = _same_length(these, length)
    out[(out < FIRST) | (out >= LAST)] = UNREADABLE
    return out


def one(said: str) -> int:
    """One time in microseconds since 1970, by the rules of the language; UTC where it names no zone."""
    try:
        told = datetime.fromisoformat(said)
    except ValueError:
        return int(UNREADABLE)
    us = microseconds(told.replace(tzinfo=UTC) if told.tzinfo is None else told)
    return us if FIRST <= us < LAST else int(UNREADABLE)


def moment(us: int) -> datetime:
    """Microseconds since 1970 as an aware moment, exactly. Raises ValueError where they are no time."""
    if not FIRST <= us < LAST:
        raise ValueError(us)
    return EPOCH + timedelta(microseconds=us)


def _same_length(said: Sequence[str], length: int) -> Array:
    joined = "".join(said)
    if not (_SHORTEST <= length <= _SHORTEST + 7) or length == _SHORTEST + 1 or not joined.isascii():
        return np.array([one(each) for each in said], dtype=np.int64)
    signs = np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(-1, length)
    values, good = _read(signs, length)
    for row in np.flatnonzero(~good).tolist():
        values[row] = one(said[row])
    return values


def _read(signs: np.ndarray[Any, Any], length: int) -> tuple[Array, np.ndarray[Any, np.dtype[np.bool_]]]:
    """Values, and which of them can be trusted: the others are not written as expected."""
    digits = signs.astype(np.int64) - ord("0")
    parts = [_number(digits[:, field]) for field in _FIELDS]
    year, month, day, hour, minute, second = parts
    good = np.ones(len(signs), dtype=np.bool_)
    for at, mark in _SIGNS.items():
        good &= signs[:, at] == ord(mark)
    shown = [digits[:, field] for field in _FIELDS]
    offset = digits[:, -5:]
    shown += [offset[:, :2], offset[:, 3:]]
    if length > _SHORTEST:
        good &= signs[:, 19] == ord(".")
        shown.append(digits[:, 20:-6])
    for each in shown:
        good &= ((each >= 0) & (each <= 9)).all(axis=1)
    ahead = np.where(signs[:, -6] == ord("-"), -1, 1)
    good &= ((signs[:, -6] == ord("+")) | (signs[:, -6] == ord("-"))) & (signs[:, -3] == ord(":"))
    safe_month = np.where((month >= 1) & (month <= 12), month, 1)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    good &= (month == safe_month) & (year >= 1) & (day >= 1) & (day <= _DAYS_IN[safe_month] + (leap & (month == 2)))
    good &= (hour < 24) & (minute < 60) & (second < 60) & (_number(offset[:, :2]) < 24) & (_number(offset[:, 3:]) < 60)
    before = year - 1
    days = 365 * before + before // 4 - before // 100 + before // 400 + _DAYS_BEFORE[safe_month] + day - 719_163
    days += leap & (safe_month > 2)
    shift = ahead * (_number(offset[:, :2]) * 60 + _number(offset[:, 3:]))
    seconds = ((days * 24 + hour) * 60 + minute - shift) * 60 + second
    values = seconds * 1_000_000
    if length > _SHORTEST:
        fraction = digits[:, 20:-6]
        values = values + _number(fraction) * 10 ** (6 - fraction.shape[1])
    return values, good


def _number(digits: Array) -> Array:
    value = np.zeros(len(digits), dtype=np.int64)
    for column in digits.T:
        value = value * 10 + column
    return value

"""Times as tables write them: what order day and month stand in is settled by the whole column."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from thirdplace.foundation.connectors.columns import EPOCH
from thirdplace.foundation.connectors.mbox_dates import sent

Order = Literal["day", "month"]

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12, "mrt": 3, "maa": 3, "mei": 5, "maj": 5, "okt": 10,
}  # fmt: skip
_CLOCK = r"(?:[T,]?\s*(?:at\s+|om\s+|kl\.?\s+)?(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?)?"
_ZONE = r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?"
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)" + _CLOCK + _ZONE, re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d)" + _CLOCK + _ZONE, re.IGNORECASE)
_WORDS = re.compile(
    r"(?:[^\W\d]{2,12}\.?,?\s+)?"
    r"(?:(\d{1,2})\.?[ -]([^\W\d]{3,10})\.?|([^\W\d]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?),?[ -](\d{4})"
    + _CLOCK
    + _ZONE,
    re.IGNORECASE,
)
_COUNT = re.compile(r"-?\d{5,19}(?:\.\d{1,9})?")
_DAYS = re.compile(r"[2-7]\d{4}\.\d+")  # as spreadsheets count, since 1900
_SHEET = datetime(1899, 12, 30, tzinfo=UTC)
_NOT_BEFORE, _NOT_AFTER = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class Times:
    """Reads the times of one column. order: which of two numbers is the day. zone: of times that do not tell theirs."""

    def __init__(self, order: Order = "day", zone: tzinfo = UTC) -> None:
        self.order = order
        self.zone = zone

    def read(self, said: str) -> datetime | None:
        """A time in UTC; None when it is none."""
        said = said.strip()
        if not said or len(said) > 60:
            return None
        try:
            found = self._read(said)
        except (ValueError, OverflowError, KeyError):
            return None
        if found is None:
            return None
        moment = found.replace(tzinfo=self.zone) if found.tzinfo is None else found
        moment = moment.astimezone(UTC)
        return moment if _NOT_BEFORE <= moment < _NOT_AFTER else None

    def _read(self, said: str) -> datetime | None:
        if len(said) > 9 and said[4] == "-" and (standard := _standard(said)):
            return standard
        if said[0].isdigit() and (counted := _counted(said)):
            return counted
        if found := _YEAR_FIRST.fullmatch(said):
            return _made(int(found[1]), int(found[3]), int(found[4]), found.groups()[4:])
        if found := _NUMBERS.fullmatch(said):
            first, second = int(found[1]), int(found[3])
            day, month = (first, second) if self._day_first(first, second, found[2]) else (second, first)
            year = int(found[4])
            return _made(year if year > 99 else 2000 + year, month, day, found.groups()[4:])
        if found := _WORDS.fullmatch(said):
            return _made(int(found[5]), _month(found[2] or found[3]), int(found[1] or found[4]), found.groups()[5:])
        told = sent(said) if ":" in said else None
        return None if told is None else told[0] if told[1] else told[0].replace(tzinfo=None)

    def _day_first(self, first: int, second: int, mark: str) -> bool:
        if first > 12 or second > 12:
            return first > 12
        return mark == "." or self.order == "day"


def has_zone(said: str) -> bool:
    """Whether a time tells its own zone; one that is none does."""
    here, there = Times(), Times(zone=_Odd())
    return here.read(said) == there.read(said)


def order_of(said: Iterable[str], *, whole: bool = True) -> Order | None:
    """Which stands first in a column, day or month; None when every time may be read both ways and it matters.

    whole: these are all of its values; else it is None also where the others might settle it.
    """
    doubtful = False
    for each in said:
        found = _NUMBERS.match(each.strip())
        if found is None or found[2] == ".":
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            return "day"
        if second > 12 >= first:
            return "month"
        doubtful = doubtful or not whole or first != second
    return None if doubtful else "day"


class _Odd(tzinfo):
    """A zone that nobody lives in: it shows whether a time has its own."""

    def utcoffset(self, _at: datetime | None) -> timedelta:
        """Eleven minutes."""
        return timedelta(minutes=11)

    def dst(self, _at: datetime | None) -> timedelta:
        """None."""
        return timedelta(0)

    def tzname(self, _at: datetime | None) -> str:
        """A name for it."""
        return "odd"


def _standard(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return None


def _month(word: str) -> int:
    plain = word.lower()
    return _MONTHS[plain[:3]]


def _counted(said: str) -> datetime | None:
    """Seconds, milliseconds, microseconds or nanoseconds since 1970; the days of a spreadsheet; 20250304T101112."""
    if _DAYS.fullmatch(said):
        moment = _SHEET + timedelta(days=float(said))
        return moment.replace(tzinfo=None, microsecond=0)
    if re.fullmatch(r"(?:19|20)\d{6}(?:T?\d{6}Z?)?", said):
        return datetime.fromisoformat(said if len(said) < 9 or said[8] == "T" else f"{said[:8]}T{said[8:]}")
    if not _COUNT.fullmatch(said):
        return None
    whole, _, rest = said.partition(".")
    scale = 10 ** (3 * max(0, min(3, (len(whole.lstrip("-")) - 10 + 1) // 3)))
    return EPOCH + timedelta(microseconds=int(whole) * 1_000_000 // scale + int(rest[:6].ljust(6, "0") or 0) // scale)


def _made(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> datetime:
    hour, minute, second, fraction, half, zone = clock
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    moment = datetime(year, month, day, hours, int(minute or 0), int(second or 0), micro, tzinfo=UTC)
    if not zone:
        return moment.replace(tzinfo=None)
    if zone[0] not in "+-":
        return moment
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return moment - ahead if zone[0] == "+" else moment + ahead

"""When a mail was sent: by itself, by the line before it, or by the file it stands in."""

import calendar
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

from thirdplace.foundation.translation import gettext_noop

BY_LINE = gettext_noop("A date that cannot be right or is missing: the one of the line before the message was taken.")
BY_FILE = gettext_noop("A date that cannot be right or is missing: the first day that the file's name tells was taken.")
ZONELESS = gettext_noop("A date without a time zone: it was taken as UTC.")

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # no list is older; clocks that lost their time say 1970
SLACK = timedelta(days=40)  # before and after what a file's name tells
APART = timedelta(days=366)  # a message's own date and that of the line before it
_MADE_UP = datetime(2001, 9, 17, tzinfo=UTC)  # what git writes before every patch

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_HOURS = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "MET": 1, "CET": 1, "MEZ": 1, "MEST": 2,
    "CEST": 2, "MESZ": 2, "SAST": 2, "EET": 2, "EEST": 3, "MSK": 3, "HKT": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7, "HST": -10,
}  # fmt: skip
_ZONE = r"\s*(?:(?:GMT|UTC)(?=[+-]))?([+-]{1,2}\d{3,4}|[A-Z]{1,5}\b)?"
_MAIL = re.compile(
    r"\s*(?:[A-Za-z]{2,9}[.,]*\s*)?(\d{1,2})[ -]+([A-Za-z]{3})[a-z.]*[ -]+(\d{2,4})\s+"
    r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?" + _ZONE
)
_UNIX = re.compile(
    r".*?(?:[A-Za-z]{2,3},?\s+)?\b([A-Z][a-z]{2})\s+(\d{1,2})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s+"
    r"(?:([+-]\d{4}|[A-Z]{1,5})\s+)?(\d{4})(?:\s+([+-]\d{4}))?\s*$"
)
_NAMED = re.compile(
    r"(?<!\d)((?:19|20)\d\d)"
    r"(?:[-_ .]?(?:q([1-4])|(0[1-9]|1[0-2])(?:[-_ .]?([0-3]\d))?"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*))?"
    r"(?![\da-z])",
    re.IGNORECASE,
)

Period = tuple[datetime, datetime]


def sent(said: str) -> tuple[datetime, bool] | None:
    """A Date header as UTC, and whether it told its zone; None when it is none."""
    try:
        if found := _MAIL.match(said):
            day, month, year, hour, minute, second, zone = found.groups()
            return _moment(_year(year), _MONTHS[month.lower()], day, hour, minute, second, zone)
        if found := _UNIX.match(said[:200]):
            return _unix(found)
        if said[:4].isdigit() and ":" in said:
            moment = datetime.fromisoformat(said.strip())
            return (moment.replace(tzinfo=UTC), False) if moment.tzinfo is None else (moment.astimezone(UTC), True)
        return _by_the_package(said)
    except (KeyError, ValueError, OverflowError, IndexError, TypeError):
        return None


def received(line: str) -> datetime | None:
    """The date at the end of a line that begins a message."""
    try:
        found = _UNIX.match(line[-200:])
        return _unix(found)[0] if found else None
    except (KeyError, ValueError, OverflowError):
        return None


def period(name: str) -> Period | None:
    """The first moment and the end of the week, month, quarter or year that a file's name tells."""
    found = _NAMED.search(name)
    if found is None:
        return None
    year, quarter, month, day, word = found.groups()
    first = 3 * int(quarter) - 2 if quarter else int(month or 0) or _MONTHS[(word or "jan").lower()]
    months = 3 if quarter else 1 if month or word else 12
    try:
        begins = datetime(int(year), first, int(day or 1), tzinfo=UTC)
    except ValueError:
        begins = datetime(int(year), first, 1, tzinfo=UTC)
    if day:
        return begins, begins + timedelta(days=7)
    after = first + months
    return begins, datetime(int(year) + (after > 12), after - 12 * (after > 12), 1, tzinfo=UTC)


def believed(said: str, line: str, span: Period | None) -> tuple[datetime, str | None] | None:
    """When a message was sent, and what must be said of that; None when nothing tells."""
    told = sent(said)
    at = told[0] if told else None
    if span is not None:
        if at is not None and span[0] - SLACK <= at <= span[1] + SLACK:
            return at, None if told and told[1] else ZONELESS
        came = received(line)
        return (came, BY_LINE) if came and span[0] - SLACK <= came <= span[1] + SLACK else (span[0], BY_FILE)
    came = received(line)
    if came is not None and (came < EARLIEST or came == _MADE_UP):
        came = None
    if at is not None and at >= EARLIEST and (came is None or abs(at - came) <= APART):
        return at, None if told and told[1] else ZONELESS
    return None if came is None else (came, BY_LINE)


def _unix(found: re.Match[str]) -> tuple[datetime, bool]:
    month, day, hour, minute, second, zone, year, after = found.groups()
    return _moment(int(year), _MONTHS[month.lower()], day, hour, minute, second, zone or after)


def _year(said: str) -> int:
    year = int(said)
    return year if year >= 1000 else year + (2000 if year < 50 else 1900)


def _moment(
    year: int, month: int, day: str, hour: str, minute: str, second: str | None, zone: str | None
) -> tuple[datetime, bool]:
    moment = datetime(year, month, int(day), int(hour), int(minute), min(59, int(second or 0)), tzinfo=UTC)
    ahead = _ahead(zone) if zone else None
    return (moment, False) if ahead is None else (moment - ahead, True)


def _ahead(zone: str) -> timedelta | None:
    """How far a zone is ahead of UTC; None for names that mean nothing everywhere."""
    if zone[0] in "+-":
        digits = zone.lstrip("+-").rjust(4, "0")
        hours, minutes = int(digits[:2]), int(digits[2:])
        if hours > 14 or minutes > 59:
            return None
        return (-1 if zone[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes)
    hour = _HOURS.get(zone)
    return None if hour is None else timedelta(hours=hour)


def _by_the_package(said: str) -> tuple[datetime, bool] | None:
    """Dates written otherwise, by the rules of the language's own package."""
    told = parsedate_tz(said[:200]) if ":" in said else None
    if told is None:
        return None
    moment = datetime(*told[:6], tzinfo=UTC)
    return moment - timedelta(seconds=told[9] or 0), told[9] is not None

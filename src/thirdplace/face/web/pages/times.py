"""Times as people say them: how long, when, and which day, in the reader's language and the community's zone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext

from thirdplace.flow.dates import date_format

WEEK, MONTH, YEAR = 7, 30.44, 365.25


def _minutes(n: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}


def _hours(n: int) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}


def _days(n: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}


def span(length: timedelta) -> str:
    """How long, in at most two words of time: 2 days 21 hours."""
    minutes = max(int(length.total_seconds() // 60), 0)
    days, hours = minutes // 1440, minutes // 60
    if days >= 2 * YEAR:
        return ngettext("%(n)s year", "%(n)s years", n := int(days // YEAR)) % {"n": n}
    if days >= 2 * MONTH:
        return ngettext("%(n)s month", "%(n)s months", n := int(days // MONTH)) % {"n": n}
    if days >= 2 * WEEK:
        return ngettext("%(n)s week", "%(n)s weeks", n := days // WEEK) % {"n": n}
    if days:
        return _two(_days(days), hours % 24, _hours)
    if hours:
        return _two(_hours(hours), minutes % 60 if hours < 3 else 0, _minutes)
    return _minutes(minutes) if minutes else gettext("less than a minute")


def _two(first: str, rest: int, words: object) -> str:
    """The larger part, and the smaller when there is one."""
    if not rest:
        return first
    return gettext("%(larger)s %(smaller)s") % {"larger": first, "smaller": words(rest)}  # type: ignore[operator]


def short(length: timedelta) -> str:
    """How long, for a column: 2 d 21 h."""
    minutes = max(int(length.total_seconds() // 60), 0)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days >= 60:
        return gettext("%(days)s d") % {"days": days}
    if days:
        told = gettext("%(days)s d %(hours)s h") if hours else gettext("%(days)s d")
        return told % {"days": days, "hours": hours}
    if hours:
        told = gettext("%(hours)s h %(minutes)s min") if minutes % 60 else gettext("%(hours)s h")
        return told % {"hours": hours, "minutes": minutes % 60}
    return gettext("%(minutes)s min") % {"minutes": minutes}


def seconds(value: float) -> str:
    """A measured wait: 45 s, 12 min, 2 h 5 min, 3 d 4 h."""
    if value < 90:
        return gettext("%(seconds)s s") % {"seconds": round(value)}
    return short(timedelta(seconds=value))


def moment(at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """When something was said, as near as one would say it: Saturday 11:42; 14 August; 14 August 2024."""
    here, there = at.astimezone(zone), now.astimezone(zone)
    back = (there.date() - here.date()).days
    if back == 0:
        return gettext("today %(time)s") % {"time": date_format(here, "H:i")}
    if back == 1:
        return gettext("yesterday %(time)s") % {"time": date_format(here, "H:i")}
    if 0 < back < WEEK:
        return date_format(here, "l H:i")
    return date_format(here, "j F" if here.year == there.year else "j F Y")


def brief(at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """The same for a narrow column: 11:42; Sat 11:42; 14 Aug; 14 Aug 2024."""
    here, there = at.astimezone(zone), now.astimezone(zone)
    back = (there.date() - here.date()).days
    if back == 0:
        return date_format(here, "H:i")
    if 0 < back < WEEK:
        return date_format(here, "D H:i")
    return date_format(here, "j M" if here.year == there.year else "j M Y")


def full(at: datetime, *, zone: ZoneInfo) -> str:
    """The whole of it, for who wants to know exactly: 14 August 2024, 11:42."""
    here = at.astimezone(zone)
    return gettext("%(day)s, %(time)s") % {"day": date_format(here, "j F Y"), "time": date_format(here, "H:i")}


def hour(at: datetime, *, zone: ZoneInfo) -> str:
    """The hour alone: 14:00."""
    return date_format(at.astimezone(zone), "H:i")


def day(on: date, *, today: date | None = None) -> str:
    """A day by its name: Tuesday 17 November; with its year when that is another one."""
    return date_format(on, "l j F" if today is None or on.year == today.year else "l j F Y")


def month(on: date, *, today: date) -> str:
    """A month by its name, the present one as such."""
    if (on.year, on.month) == (today.year, today.month):
        return gettext("This month")
    return date_format(on, "F" if on.year == today.year else "F Y")


def ago(on: date, today: date) -> str:
    """How long ago a day was: today, yesterday, 4 days ago, 3 months ago."""
    back = (today - on).days
    if back <= 0:
        return gettext("today")
    if back == 1:
        return gettext("yesterday")
    return gettext("%(span)s ago") % {"span": span(timedelta(days=back))}

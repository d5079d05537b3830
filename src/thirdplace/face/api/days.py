"""Days that scripts name, as moments of the community."""

from datetime import UTC, date, datetime, time, timedelta

from thirdplace.foundation.members.models import Community


def midnight(where: Community, on: date | None) -> datetime | None:
    """The beginning of a day here; None where none was named, and where the calendar ends."""
    if on is None:
        return None
    try:
        made = datetime.combine(on, time(), tzinfo=where.tz)
        made.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return made


def after(where: Community, on: date | None) -> datetime | None:
    """The first moment that is no longer this day."""
    return midnight(where, on + timedelta(days=1)) if on is not None and on < date.max else None

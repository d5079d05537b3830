"""A community's clock: live, or set to the last day of an archive that ended."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max

from thirdplace.flow.models import Ending
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.members.models import Community

AFTERNOON = time(14)  # when what was put off until this afternoon comes back, in the community's zone
QUIET = timedelta(days=14)  # an export is seldom read on the day it was made; older than this, it has ended


def last_day(community: Community) -> date | None:
    """The last day that any source tells of; None when nothing has been read."""
    known = Source.objects.filter(community=community).aggregate(last=Max("known_until"))["last"]
    return known.astimezone(community.tz).date() if known else None


def ended(community: Community, *, wall: datetime) -> date | None:
    """The day on which the archive ended, when it has; None while it goes on."""
    last = last_day(community)
    return last if last is not None and wall.astimezone(community.tz).date() - last > QUIET else None


def afternoon(community: Community, *, now: datetime) -> datetime | None:
    """When this afternoon begins; None when it has begun, or while the clock is set to a day and hours do not pass."""
    local = now.astimezone(community.tz)
    begins = datetime.combine(local.date(), AFTERNOON, tzinfo=community.tz)
    return begins if community.clock_on is None and local < begins else None


def settle(community: Community, *, wall: datetime) -> None:
    """Set the clock to a new end of an archive, or let it run again. A clock that a steward has set stays as it is."""
    end = ended(community, wall=wall)
    with transaction.atomic():
        known, _ = Ending.objects.get_or_create(community=community)
        if end == known.on:
            return
        if community.clock_on in (None, known.on):
            community.clock_on = end
            community.save(update_fields=["clock_on"])
        known.on = end
        known.save(update_fields=["on"])

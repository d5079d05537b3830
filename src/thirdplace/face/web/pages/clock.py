"""What time it is for a page: the community's, asked once and passed on."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext

from thirdplace.face.web.request import Request
from thirdplace.foundation.errors import ThirdplaceError

KEPT = "_community_now"


def now(request: Request) -> datetime:
    """Now, by the community's clock; the same for everything that one request does."""
    known: datetime | None = request.__dict__.get(KEPT)
    if known is None:
        known = request.__dict__[KEPT] = request.community.now(timezone.now())
    return known


def today(request: Request) -> date:
    """The day, in the community's zone."""
    return now(request).astimezone(request.community.tz).date()


def asked_day(request: Request, name: str = "on") -> date | None:
    """The day in the address, under a name, or None where it has none."""
    given = request.GET.get(name, "")
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ThirdplaceError(
            gettext("'%(given)s' is not a day.") % {"given": given}, gettext("Write it as 2026-03-31.")
        ) from None

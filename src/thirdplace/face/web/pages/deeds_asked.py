"""Which deeds a reader asked for, read from the address."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from thirdplace.face.web.pages.keys import number
from thirdplace.face.web.pages.words import clean
from thirdplace.face.web.request import Request
from thirdplace.flow.deeds import day_of
from thirdplace.flow.models import Deed
from thirdplace.foundation.members.models import Community

PERIODS = {
    "30": gettext_lazy("30 days"),
    "90": gettext_lazy("90 days"),
    "365": gettext_lazy("A year"),
    "": gettext_lazy("All"),
}


@dataclass(frozen=True)
class DeedsAsked:
    """The filters of the list of deeds; empty ones filter nothing. begin, end: the first and the last day."""

    action: str = ""
    steward: int | None = None
    member: int | None = None
    who: str = ""
    since: str = ""
    after: int | None = None
    begin: date | None = None
    end: date | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.action or self.steward or self.member or self.who or self.since or self.begin or self.end)

    def deeds(self, community: Community, now: datetime) -> QuerySet[Deed]:
        """What fits, newest first."""
        found = Deed.objects.filter(community=community).select_related("steward", "member", "undone_by")
        if self.action:
            found = found.filter(action=self.action)
        if self.steward is not None:
            found = found.filter(steward_id=self.steward)
        if self.member is not None:
            found = found.filter(member_id=self.member)
        if self.who:
            found = found.filter(member__name__icontains=self.who)
        if self.since:
            found = found.filter(done_at__gt=now - timedelta(days=int(self.since)))
        if self.begin is not None:
            found = found.filter(done_at__gte=day_of(community, self.begin)[0])
        if self.end is not None:
            found = found.filter(done_at__lte=day_of(community, self.end)[1])
        return found.order_by("-done_at", "-pk")

    def page(self, community: Community, now: datetime, limit: int) -> list[Deed]:
        """One more than a page shows, from where the last one stopped."""
        found = self.deeds(community, now)
        stop = Deed.objects.filter(community=community, pk=self.after).first() if self.after is not None else None
        if stop is not None:
            same = found.filter(done_at=stop.done_at, pk__lt=stop.pk)
            found = (same | found.filter(done_at__lt=stop.done_at)).order_by("-done_at", "-pk")
        return list(found[: limit + 1])


def read(request: Request) -> DeedsAsked:
    """The filters from an address; what makes no sense is left out."""
    query = request.GET
    since = query.get("since", "")
    return DeedsAsked(
        action=query.get("action", "")[:60],
        steward=number(query.get("steward")),
        member=number(query.get("member")),
        who=clean(query.get("who", ""))[:100].strip(),
        since=since if since in PERIODS else "",
        after=number(query.get("after")),
        begin=_day(query.get("from")),
        end=_day(query.get("until")),
    )


def _day(given: str | None) -> date | None:
    """A day from an address, where the calendar has room on both sides of it."""
    try:
        on = date.fromisoformat(given) if given else None
    except ValueError:
        return None
    return on if on is None or 1 < on.year < 9999 else None

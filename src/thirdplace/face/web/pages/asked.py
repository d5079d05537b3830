"""What a reader asked the stream for, read from the address and said in words."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from thirdplace.face.web.pages.keys import number
from thirdplace.face.web.pages.words import clean
from thirdplace.face.web.request import Request
from thirdplace.foundation.connectors.base import SPOKEN, Kind
from thirdplace.foundation.members.models import Community

PERIODS = {
    "7": gettext_lazy("last 7 days"),
    "30": gettext_lazy("last 30 days"),
    "90": gettext_lazy("last 90 days"),
    "365": gettext_lazy("last year"),
}
KINDS = {
    Kind.ASKED: gettext_lazy("questions"),
    Kind.STARTED: gettext_lazy("new threads"),
    Kind.ANSWERED: gettext_lazy("answers"),
    Kind.REPLIED: gettext_lazy("replies"),
    Kind.SAID: gettext_lazy("talk"),
    Kind.COMMENTED: gettext_lazy("comments"),
}
LONGEST = 200  # letters of a search


@dataclass(frozen=True)
class Asked:
    """The filters of the stream. Empty ones filter nothing; days are the community's."""

    words: str = ""
    sources: tuple[int, ...] = ()
    channels: tuple[int, ...] = ()
    member: int | None = None
    by: str = ""  # a part of a name
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: str = ""
    begin: date | None = None
    end: date | None = None  # the last day that counts
    oldest_first: bool = False
    before: tuple[int, int] | None = field(default=None, compare=False)

    @property
    def terms(self) -> list[str]:
        """The words to mark where they are found."""
        return [word for word in clean(self.words).replace('"', " ").split() if word not in ("OR", "AND", "NOT")]

    @property
    def is_narrow(self) -> bool:
        """Whether anything is filtered at all."""
        return self != Asked(oldest_first=self.oldest_first)

    def bounds(self, community: Community, now: datetime) -> tuple[datetime | None, datetime | None]:
        """The first moment that counts, and the first that no longer does."""
        begin, end = self.begin, self.end
        if self.since:
            begin = now.astimezone(community.tz).date() - timedelta(days=int(self.since) - 1)
        after = end + timedelta(days=1) if end else None
        return _midnight(begin, community), _midnight(after, community)

    def filters(self, community: Community, now: datetime, identities: tuple[int, ...] = ()) -> dict[str, Any]:
        """The same as the index is asked."""
        begin, end = self.bounds(community, now)
        return {
            "words": self.words, "sources": self.sources, "channels": self.channels, "identities": identities,
            "kinds": self.kinds or tuple(SPOKEN), "languages": self.languages, "begin": begin, "end": end,
        }  # fmt: skip


def _midnight(on: date | None, community: Community) -> datetime | None:
    """The first moment of a day in the community's zone."""
    return datetime.combine(on, clock_time(), tzinfo=community.tz) if on else None


def read(request: Request) -> Asked:
    """The filters from an address. What makes no sense is left out, not refused: addresses are edited by hand."""
    query = request.GET
    since = query.get("since", "")
    return Asked(
        words=clean(query.get("q", ""))[:LONGEST].strip(),
        sources=_numbers(query, "source"),
        channels=_numbers(query, "channel"),
        member=number(query.get("member")),
        by=clean(query.get("by", ""))[:80].strip(),
        kinds=tuple(kind for kind in query.getlist("kind") if kind in KINDS),
        languages=tuple(code for code in query.getlist("language") if code.isalpha() and len(code) <= 8),
        since=since if since in PERIODS else "",
        begin=_day(query.get("from")),
        end=_day(query.get("to")),
        oldest_first=query.get("order") == "oldest",
        before=cursor(query.get("after")),
    )


def _numbers(query: QueryDict, name: str) -> tuple[int, ...]:
    """Every number given under a name."""
    given = (number(value) for value in query.getlist(name)[:50])
    return tuple(value for value in given if value is not None)


def _day(value: str | None) -> date | None:
    """A day, or None when it is none."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def cursor(value: str | None) -> tuple[int, int] | None:
    """Where a list stopped: the moment in microseconds, and the key."""
    moment, _, key = (value or "").partition("_")
    at, nth = number(moment), number(key)
    return (at, nth) if at is not None and nth is not None else None


def in_words(asked: Asked) -> str:
    """What the period is called on its chip."""
    if asked.since:
        return str(PERIODS[asked.since])
    if asked.begin and asked.end:
        return gettext("%(begin)s to %(end)s") % {"begin": asked.begin, "end": asked.end}
    if asked.begin:
        return gettext("since %(day)s") % {"day": asked.begin}
    return gettext("until %(day)s") % {"day": asked.end} if asked.end else ""

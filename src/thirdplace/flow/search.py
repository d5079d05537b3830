"""Searching what was said: what is asked for, the address that says the same, and what is found; for every face."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.db.models import Q
from django.utils.translation import gettext

from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.accounts.permissions import may
from thirdplace.foundation.channels.models import Channel
from thirdplace.foundation.connectors.base import SPOKEN, Kind
from thirdplace.foundation.errors import NotAllowed
from thirdplace.foundation.index import Found, Index
from thirdplace.foundation.index.typed import typed as read_words
from thirdplace.foundation.members.models import Community, Identity

SEES = "channels.see"
ORDERS = ("newest", "oldest", "best")
HAS = ("link", "code")
PERIODS = ("7", "30", "90", "365")  # days
KINDS = (Kind.ASKED, Kind.STARTED, Kind.ANSWERED, Kind.REPLIED, Kind.SAID, Kind.COMMENTED)
LONGEST, PART = 400, 80  # letters of what is sought, and of a part of a name
NAMESAKES = 500  # accounts, or channels, whose names hold what was typed
MOST = 50  # values of one filter
_KEPT = "\u200c\u200d"  # join letters in Persian and in Indian scripts

Cursor = tuple[int, int]


@dataclass(frozen=True)
class Search:
    """What is asked for. Empty filters leave everything in; days are the community's."""

    words: str = ""  # as a person types them: words, "phrases", -excluded, beginnings*
    sources: tuple[int, ...] = ()
    channels: tuple[int, ...] = ()
    place: str = ""  # a part of a channel's name
    member: int | None = None
    by: str = ""  # a part of a member's name or handle
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    near: bool = False
    since: str = ""  # so many days until now, one of PERIODS
    begin: date | None = None
    end: date | None = None  # the last day that counts
    order: str = "newest"

    @property
    def is_narrow(self) -> bool:
        """Whether anything is filtered at all."""
        return self != Search(order=self.order, near=self.near)

    @property
    def ordered(self) -> str:
        """The order that is kept: without words nothing is better than another."""
        return "newest" if self.order == "best" and not self.words else self.order

    @property
    def address(self) -> str:
        """The same in an address, as short as can be: nothing that is as it is anyway, each filter in one order."""
        said: list[tuple[str, object]] = [("q", self.words)]
        said += [("source", each) for each in sorted(self.sources)]
        said += [("channel", each) for each in sorted(self.channels)]
        said += [("in", self.place), ("member", self.member or ""), ("by", self.by)]
        said += [("kind", each) for each in sorted(self.kinds)]
        said += [("language", each) for each in sorted(self.languages)]
        said += [("has", each) for each in sorted(self.has)]
        said += [("near", "1" if self.near else ""), ("since", self.since), ("from", self.begin), ("to", self.end)]
        said.append(("order", "" if self.ordered == "newest" else self.ordered))
        return urlencode([(name, str(value)) for name, value in said if value not in ("", None)])

    def bounds(self, community: Community, now: datetime) -> tuple[datetime | None, datetime | None]:
        """The first moment that counts, and the first that no longer does."""
        begin = self.begin
        if self.since:
            begin = now.astimezone(community.tz).date() - timedelta(days=int(self.since) - 1)
        after = self.end + timedelta(days=1) if self.end and self.end < date.max else None
        return _midnight(begin, community), _midnight(after, community)

    def filters(self, community: Community, now: datetime) -> dict[str, Any]:
        """The same as the index is asked: names have become numbers."""
        begin, end = self.bounds(community, now)
        return {
            "words": self.words, "near": self.near, "has": self.has, "sources": self.sources,
            "channels": _channels(self, community), "identities": _identities(self, community),
            "kinds": self.kinds or tuple(SPOKEN), "languages": self.languages, "begin": begin, "end": end,
        }  # fmt: skip


def read(given: Mapping[str, Sequence[str]]) -> Search:
    """What an address asks for. What makes no sense is left out, not refused: addresses are edited by hand."""

    def one(name: str) -> str:
        return next(iter(given.get(name, ())), "")

    order, since = one("order"), one("since")
    return Search(
        words=typed(one("q"), most=LONGEST),
        sources=numbers(given.get("source", ()), bits=32),
        channels=numbers(given.get("channel", ())),
        place=typed(one("in"), most=PART),
        member=next(iter(numbers([one("member")], bits=32)), None),
        by=typed(one("by"), most=PART),
        kinds=_among([kind.value for kind in KINDS], given.get("kind", ())),
        languages=tuple(
            dict.fromkeys(code for code in given.get("language", ())[:MOST] if code.isalpha() and len(code) <= 8)
        ),
        has=_among(HAS, given.get("has", ())),
        near=one("near") == "1",
        since=since if since in PERIODS else "",
        begin=_day(one("from")),
        end=_day(one("to")),
        order=order if order in ORDERS else "newest",
    )


def from_address(address: str) -> Search:
    """What a kept address asks for."""
    try:
        return read(parse_qs(address, max_num_fields=500))
    except ValueError:
        return Search()


def find(
    search: Search, *, community: Community, steward: Account, now: datetime, before: Cursor | None = None,
    limit: int = 50,
) -> Found:  # fmt: skip
    """What was said that fits. now: by the community's clock; before: where an earlier answer said to go on."""
    permit(steward, community)
    index, filters = Index(community.pk), search.filters(community, now)
    if search.ordered != "oldest":
        return index.search(best=search.ordered == "best", before=before, limit=limit, **filters)
    found = index.search(limit=1, **filters)  # how many there are, and what is to be marked
    said = index.latest(before=before, limit=limit + 1, oldest_first=True, **filters)
    return replace(found, messages=said[:limit], next=said[limit - 1].cursor if len(said) > limit else None)


def terms(search: Search) -> list[str]:
    """What is to be marked in a message that was found."""
    return read_words(search.words, near=search.near).terms


def permit(steward: Account, community: Community) -> None:
    """Refuse who may not see what was said here."""
    if not may(steward, SEES, community=community):
        raise NotAllowed(
            gettext("%(who)s may not do this here.") % {"who": steward.name},
            gettext("Ask an owner for the permission “%(permission)s”.") % {"permission": SEES},
        )


def typed(text: str, *, most: int) -> str:
    """What somebody typed as one line, without what cannot be seen."""
    shown = "".join(sign if sign.isprintable() or sign in _KEPT else " " for sign in text[: 4 * most])
    return " ".join(shown.split())[:most].strip()


def numbers(given: Iterable[str], *, bits: int = 64) -> tuple[int, ...]:
    """The whole numbers among what was given, as many as a filter takes."""
    found = []
    for each in list(given)[:MOST]:
        plain = each.removeprefix("-")
        if plain.isascii() and plain.isdigit() and len(plain) <= 19 and -(1 << bits - 1) <= int(each) < 1 << bits - 1:
            found.append(int(each))
    return tuple(dict.fromkeys(found))


def _among(known: Sequence[str], given: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in known if each in given)


def _day(value: str) -> date | None:
    """A day, or None when it is none."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _midnight(on: date | None, community: Community) -> datetime | None:
    """The first moment of a day in the community's zone; None where the calendar ends."""
    if on is None or not date.min + timedelta(days=2) < on < date.max - timedelta(days=2):
        return None
    return datetime.combine(on, clock_time(), tzinfo=community.tz)


def _channels(search: Search, community: Community) -> tuple[int, ...]:
    """The channels asked for by number, or by a part of their names; one that nobody has, where none is called so."""
    if not search.place:
        return search.channels
    called = Channel.objects.filter(community=community, name__icontains=search.place)
    return (*search.channels, *called.values_list("number", flat=True)[:NAMESAKES]) or (0,)


def _identities(search: Search, community: Community) -> tuple[int, ...]:
    """The accounts of the members asked for; an account nobody has, when there are none."""
    if search.member is None and not search.by:
        return ()
    known = Identity.objects.filter(community=community)
    if search.member is not None:
        known = known.filter(member_id=search.member)
    if search.by:
        known = known.filter(Q(member__name__icontains=search.by) | Q(handle__icontains=search.by))
    return tuple(known.values_list("number", flat=True)[:NAMESAKES]) or (0,)

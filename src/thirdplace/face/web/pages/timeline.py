"""A member's time with us: what they said hangs on the thread, what we did sits on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext, pgettext

from thirdplace.face.web.pages import deeds as deed_page
from thirdplace.face.web.pages import keys, paging, signs, times
from thirdplace.face.web.pages.cast import Cast, Where
from thirdplace.face.web.request import Request
from thirdplace.flow.models import Deed
from thirdplace.foundation.connectors.base import SPOKEN, Kind
from thirdplace.foundation.index import Index, Message
from thirdplace.foundation.members.models import Community

ROWS = 20
SHOW = ("", "words", "ours")


@dataclass(frozen=True)
class Knot:
    """One thing on the timeline: theirs, or ours when deed is there."""

    at: datetime
    sign: str
    verb: str
    when: str
    said: Message | None = None
    where: Where | None = None
    deed: "deed_page.Row | None" = None


@dataclass
class Month:
    """A month with what happened in it, newest first."""

    name: str
    knots: list[Knot] = field(default_factory=list)


@dataclass(frozen=True)
class Timeline:
    """The months shown, and where what came before them is."""

    months: list[Month]
    show: str
    further: str
    tabs: list[tuple[str, str, str]]


def timeline(
    request: Request, identities: Sequence[int], done: Sequence[Deed], *, community: Community, now: datetime
) -> Timeline:
    """What they said and what we did, newest first, a page at a time."""
    show = request.GET.get("show", "")
    show = show if show in SHOW else ""
    before = _cursor(request)
    found: list[Message] = []
    if identities and show != "ours":
        found = Index(community.pk).latest(identities=identities, kinds=SPOKEN, before=before, limit=ROWS + 1)
    more = len(found) > ROWS
    theirs = list(_theirs(community, found[:ROWS], now))
    ours = [] if show == "words" else list(_ours(community, done, now))
    begin, end = theirs[-1].at if more else None, _moment(before)
    ours = [knot for knot in ours if (begin is None or knot.at >= begin) and (end is None or knot.at < end)]
    knots = sorted([*theirs, *ours], key=lambda knot: knot.at, reverse=True)
    further = paging.address(request, after="_".join(map(str, found[ROWS - 1].cursor))) if more else ""
    return Timeline(list(_months(knots, now, community)), show, further, _tabs(request))


def _cursor(request: Request) -> tuple[int, int] | None:
    """Where the page before stopped."""
    at, _, key = request.GET.get("after", "").partition("_")
    moment, number = keys.number(at), keys.number(key)
    return (moment, number) if moment is not None and number is not None else None


def _moment(before: tuple[int, int] | None) -> datetime | None:
    """The moment of a place in the list."""
    from thirdplace.foundation.lake.batches import moment

    return moment(before[0]) if before else None


def _tabs(request: Request) -> list[tuple[str, str, str]]:
    """What one may look at: value, words, address."""
    words = (("", gettext("Everything")), ("words", gettext("Own words")), ("ours", gettext("What we did")))
    return [(value, label, paging.address(request, show=value or None)) for value, label in words]


def _theirs(community: Community, said: Sequence[Message], now: datetime) -> Iterator[Knot]:
    """What they said, with where: three queries at most."""
    cast = Cast(community, channels=[one.channel for one in said])
    for one in said:
        when = times.moment(one.happened_at, now=now, zone=community.tz)
        yield Knot(one.happened_at, signs.of_kind(one.kind), verb(one.kind), when, one, cast.where(one.channel))


def _ours(community: Community, done: Sequence[Deed], now: datetime) -> Iterator[Knot]:
    """What we did for them."""
    for told in deed_page.rows(done, community=community, now=now):
        yield Knot(told.deed.done_at, told.sign, told.sentence, told.when, deed=told)


def verb(kind: str) -> str:
    """What they did, in the past tense."""
    return {
        Kind.ASKED: pgettext("what a member did", "Asked"),
        Kind.STARTED: pgettext("what a member did", "Began a thread"),
        Kind.ANSWERED: pgettext("what a member did", "Answered"),
        Kind.REPLIED: pgettext("what a member did", "Replied"),
        Kind.SAID: pgettext("what a member did", "Said"),
        Kind.COMMENTED: pgettext("what a member did", "Commented"),
    }.get(Kind(kind), kind)


def _months(knots: Sequence[Knot], now: datetime, community: Community) -> Iterator[Month]:
    """The same by month of the community's zone."""
    present: Month | None = None
    for knot in knots:
        name = times.month(knot.at.astimezone(community.tz).date(), today=now.astimezone(community.tz).date())
        if present is None or present.name != name:
            if present is not None:
                yield present
            present = Month(name)
        present.knots.append(knot)
    if present is not None:
        yield present

"""The stream: what is said, filtered as one asks, with a thread in its context beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from thirdplace.face.web import places
from thirdplace.face.web.pages import asked, clock, languages, marks, reacted, sheet, thread, times
from thirdplace.face.web.pages.asked import Asked
from thirdplace.face.web.pages.cast import Cast
from thirdplace.face.web.pages.histogram import Histogram, histogram
from thirdplace.face.web.pages.paging import address, part
from thirdplace.face.web.request import Request
from thirdplace.flow.models import Finding
from thirdplace.foundation.channels.models import Channel
from thirdplace.foundation.connectors.base import SPOKEN, Kind
from thirdplace.foundation.index import Index, Message
from thirdplace.foundation.members.models import Community, Identity, Member

ROWS = 30
NAMESAKES = 500  # accounts whose names hold what was typed
SHEET = 10_000  # rows of one CSV
AT_ONCE = 500  # of them fetched together
places.page(url="stream", title=gettext_lazy("Stream"), area=places.TOP, icon="message-circle", order=20,
            covers=("message",), tab=True)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One message in the list."""

    said: Message
    who: Member | None
    where: Any
    when: str
    marks: list[marks.Mark]
    reacted: list[reacted.Reacted]


@dataclass(frozen=True)
class Chip:
    """A filter that is on: what it says, and the address without it."""

    words: str
    without: str


def stream(request: Request) -> HttpResponseBase:
    """The list, its filters, and the chosen message in its thread."""
    community, now = request.community, clock.now(request)
    wanted = asked.read(request)
    index = Index(community.pk)
    filters = wanted.filters(community, now, _identities(community, wanted))
    if sheet.wanted(request):
        view = request.GET.get("view")
        return _sheet(community, _waiting(community, index, now) if view == "waiting" else
                      _all(index, wanted, filters), name="waiting" if view == "waiting" else "stream")  # fmt: skip
    found = _found(request, index, wanted, filters)
    cast = Cast(community, found)
    shown = part(request, found, limit=ROWS, after=_place(found[ROWS - 1]) if len(found) > ROWS else "")
    chosen = thread.chosen(request, index, shown.rows)
    told = _told(request, community, wanted, index, filters, now)
    told["sentence"] = _sentence(told, shown.rows, community, now)
    pane = thread.context(request, chosen, index=index, terms=wanted.terms, beside=shown.rows) if chosen else None
    return render(request, "pages/stream.html", {
        **told, "list": shown, "rows": rows(community, shown.rows, cast, now=now), "asked": wanted, "chosen": chosen,
        "pane": pane,
    })  # fmt: skip


def rows(community: Community, said: Sequence[Message], cast: Cast, *, now: datetime) -> list[Row]:
    """Messages with their people, places and marks."""
    found = marks.on_messages(community, said, cast, today=now.astimezone(community.tz).date(), now=now)
    counts = reacted.on_messages(community, [one.key for one in said])
    return [
        Row(one, cast.who(one.identity), cast.where(one.channel), _when(one, now, community), found[one.key],
            counts[one.key])
        for one in said
    ]  # fmt: skip


def _when(said: Message, now: datetime, community: Community) -> str:
    """When it was said, in a narrow column."""
    return times.brief(said.happened_at, now=now, zone=community.tz)


def _identities(community: Community, wanted: Asked) -> tuple[int, ...]:
    """The accounts of the members asked for; an account nobody has, when there are none."""
    if wanted.member is None and not wanted.by:
        return ()
    known = Identity.objects.filter(community=community)
    if wanted.member is not None:
        known = known.filter(member_id=wanted.member)
    if wanted.by:
        known = known.filter(Q(member__name__icontains=wanted.by) | Q(handle__icontains=wanted.by))
    return tuple(known.values_list("number", flat=True)[:NAMESAKES]) or (0,)


def _found(request: Request, index: Index, wanted: Asked, filters: dict[str, Any]) -> list[Message]:
    """One message more than a page shows; or those that today's lines are about."""
    if request.GET.get("view") == "waiting":
        return _waiting(request.community, index, clock.now(request))
    return index.latest(**filters, before=wanted.before, limit=ROWS + 1, oldest_first=wanted.oldest_first)


def _waiting(community: Community, index: Index, now: datetime) -> list[Message]:
    """The messages that wait for an answer today, longest first."""
    today = now.astimezone(community.tz).date()
    keys = list(_about_messages(community, today).values_list("subject", flat=True)[:200])
    return sorted(index.messages(keys).values(), key=lambda said: said.happened_at)


def _about_messages(community: Community, today: Any) -> Any:
    """Today's findings whose subject is a message."""
    from thirdplace.flow.signals import signals

    about = [signal.slug for signal in signals.values() if signal.subject == "message"]
    return Finding.objects.filter(community=community, on=today, signal__in=about)


def _place(said: Message) -> str:
    """Where the list stopped: after this message."""
    return "_".join(map(str, said.cursor))


def _told(
    request: Request, community: Community, wanted: Asked, index: Index, filters: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """The sentence over the list, the histogram, the chips and what the filters offer."""
    waits = _about_messages(community, now.astimezone(community.tz).date()).values("subject").distinct().count()
    view = request.GET.get("view", "")
    channels = list(
        Channel.objects.filter(community=community).select_related("source").order_by("source__name", "name")
    )
    drawn = None if view else _drawn(index, wanted, filters, community=community, now=now)
    return {
        "view": view,
        "waits": waits,
        "count": waits if view else (drawn.count if drawn else 0),
        "whole": _whole(community.pk, index.version()),
        "histogram": drawn,
        "chips": list(_chips(request, community, wanted, channels)),
        "channels": channels,
        "sources": {channel.source_id: channel.source for channel in channels},
        "kinds": asked.KINDS.items(),
        "periods": asked.PERIODS.items(),
        "languages": [(code, languages.title(code)) for code in languages.spoken(community)],
        "newest": address(request, order=None), "oldest": address(request, order="oldest"),
        "as_csv": address(request, **{"as": "csv"}), "clear": reverse("stream"),
    }  # fmt: skip


def _sentence(told: dict[str, Any], shown: Sequence[Message], community: Community, now: datetime) -> str:
    """What stands behind the count: who waits; in the view of those, since when."""
    if told["view"]:
        since = times.moment(shown[0].happened_at, now=now, zone=community.tz) if shown else ""
        return gettext("The first of them has waited since %(when)s.") % {"when": since} if since else ""
    if told["chips"] or told["count"] != told["whole"]:
        return ""
    if not told["waits"]:
        return gettext("Nobody is waiting for an answer today.")
    return ngettext("%(n)s waits for an answer.", "%(n)s wait for an answer.", told["waits"]) % {"n": told["waits"]}


def _drawn(
    index: Index, wanted: Asked, filters: dict[str, Any], *, community: Community, now: datetime
) -> Histogram | None:
    """How what is asked for is spread over time; of everything, drawn once for each state of the index."""
    if wanted.is_narrow:
        return histogram(index, filters, community=community, now=now)
    drawn: Histogram | None = _everything(community, (index.version(), community.zone, now.date(), get_language()))
    return drawn


@lru_cache(maxsize=16)
def _everything(community: Community, _state: object) -> Histogram | None:
    """How all that was said is spread over time."""
    now = community.now(timezone.now())
    return histogram(Index(community.pk), Asked().filters(community, now), community=community, now=now)


@lru_cache(maxsize=16)
def _whole(community_id: int, _version: object) -> int:
    """How many messages there are in all."""
    return Index(community_id).count(kinds=tuple(SPOKEN))


def _chips(request: Request, community: Community, wanted: Asked, channels: Sequence[Channel]) -> Iterator[Chip]:
    """Each filter that is on, with the way to take it off."""
    if wanted.since or wanted.begin or wanted.end:
        yield Chip(asked.in_words(wanted), address(request, since=None, **{"from": None, "to": None}))
    names = {channel.number: channel.name for channel in channels}
    sources = {channel.source_id: channel.source.name for channel in channels}
    for words, name in (
        ([sources.get(pk, "?") for pk in wanted.sources], "source"),
        ([names.get(number, "?") for number in wanted.channels], "channel"),
        ([str(asked.KINDS[Kind(kind)]) for kind in wanted.kinds], "kind"),
        ([languages.title(code) for code in wanted.languages], "language"),
    ):
        if words:
            yield Chip(", ".join(words[:3]) + ("…" if len(words) > 3 else ""), address(request, **{name: None}))
    if wanted.by:
        yield Chip(gettext("by “%(name)s”") % {"name": wanted.by}, address(request, by=None))
    if wanted.member is not None:
        who = Member.objects.filter(community=community, pk=wanted.member).first()
        yield Chip(gettext("by %(who)s") % {"who": who.name if who else "?"}, address(request, member=None))


def _sheet(community: Community, found: Iterable[Message], *, name: str) -> HttpResponseBase:
    """What the filters find, as CSV."""
    heads = [gettext("When"), gettext("Who"), gettext("Source"), gettext("Channel"), gettext("Kind"),
             gettext("Language"), gettext("Title"), gettext("Text"), gettext("Key")]  # fmt: skip
    return sheet.sheet(f"{community.slug}-{name}", heads, _cells(community, found))


def _all(index: Index, wanted: Asked, filters: dict[str, Any]) -> Iterator[Message]:
    """What the filters find, to its end or to what one file holds, fetched stretch by stretch."""
    before, left = None, SHEET
    while left > 0:
        found = index.latest(**filters, before=before, limit=min(AT_ONCE, left), oldest_first=wanted.oldest_first)
        yield from found
        if len(found) < min(AT_ONCE, left):
            return
        before, left = asked.cursor(_place(found[-1])), left - len(found)


def _cells(community: Community, found: Iterable[Message]) -> Iterator[list[Any]]:
    """The rows of the file; who and where are asked for many at a time."""
    rest = iter(found)
    while some := list(islice(rest, AT_ONCE)):
        cast = Cast(community, some)
        for said in some:
            who, where = cast.who(said.identity), cast.where(said.channel)
            source = cast.source(said.source)
            yield [said.happened_at.astimezone(community.tz), who.name if who else None,
                   source.name if source else None, where.name if where else None, said.kind, said.language,
                   said.title, said.text, str(said.key)]  # fmt: skip


urlpatterns = [path("stream", stream, name="stream")]

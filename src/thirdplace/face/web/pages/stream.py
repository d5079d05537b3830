"""The stream: what is said, searched and filtered as one asks, with a thread in its context beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from thirdplace.face.web import places
from thirdplace.face.web.pages import asked, clock, languages, marks, reacted, sheet, stream_sheet, thread, times
from thirdplace.face.web.pages.cast import Cast
from thirdplace.face.web.pages.histogram import Histogram, histogram
from thirdplace.face.web.pages.paging import Part, address
from thirdplace.face.web.request import Request
from thirdplace.flow import otherwise, search, views
from thirdplace.flow.models import Finding
from thirdplace.flow.search import Search
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.connectors.base import SPOKEN
from thirdplace.foundation.index import Found, Index, Message
from thirdplace.foundation.members.models import Community, Member

ROWS = 30
OFFERED = 40  # channels that the filter shows; the others are asked for by their names
places.page(url="stream", title=gettext_lazy("Stream"), area=places.TOP, icon="message-circle", order=20,
            covers=("message", "view"), tab=True)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One message in the list."""

    said: Message
    who: Member | None
    where: Any
    when: str
    marks: list[marks.Mark]
    reacted: list[reacted.Reacted]


def stream(request: Request) -> HttpResponseBase:
    """The list, its filters, and the chosen message in its thread."""
    search.permit(request.steward, request.community)
    community, now, wanted = request.community, clock.now(request), asked.read(request)
    index = Index(community.pk)
    waits = request.GET.get("view") == "waiting"
    if sheet.wanted(request):
        fitting = _waiting(community, index, now) if waits else stream_sheet.fitting(community, wanted, now)
        return stream_sheet.answer(community, fitting, name="waiting" if waits else "stream")
    found = _found(request, index, wanted, waits=waits)
    further = address(request, after="_".join(map(str, found.next))) if found.next else ""
    shown = Part(found.messages, further, address(request) if request.GET.get("after") else "")
    cast = Cast(community, found.messages)
    chosen = thread.chosen(request, index, found.messages)
    told = _told(request, wanted, found, index, now)
    terms = search.terms(wanted)
    pane = thread.context(request, chosen, index=index, terms=terms, beside=found.messages) if chosen else None
    return render(request, "pages/stream.html", {
        **told, "list": shown, "rows": rows(community, found.messages, cast, now=now), "asked": wanted,
        "chosen": chosen, "pane": pane, "terms": terms,
        "sentence": _sentence(told, found.messages, community, now),
        "sought": urlencode({"q": wanted.words, **({"near": "1"} if wanted.near else {})}) if wanted.words else "",
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


def _found(request: Request, index: Index, wanted: Search, *, waits: bool) -> Found:
    """What a page shows, and how much there is in all; or the messages that today's lines are about."""
    community, before = request.community, asked.cursor(request.GET.get("after"))
    if waits:
        every = _waiting(community, index, clock.now(request))
        return Found(messages=every[:ROWS], total=len(every))
    if wanted.is_narrow:
        return search.find(wanted, community=community, steward=request.steward, now=clock.now(request),
                           before=before, limit=ROWS)  # fmt: skip
    said = index.latest(kinds=tuple(SPOKEN), before=before, limit=ROWS + 1, oldest_first=wanted.ordered == "oldest")
    return Found(messages=said[:ROWS], total=_whole(community.pk, index.version()),
                 next=said[ROWS - 1].cursor if len(said) > ROWS else None)  # fmt: skip


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


def _told(request: Request, wanted: Search, found: Found, index: Index, now: datetime) -> dict[str, Any]:
    """The sentence over the list, the histogram, the views, the chips and what the filters offer."""
    community, view = request.community, request.GET.get("view", "")
    waits = _about_messages(community, now.astimezone(community.tz).date()).values("subject").distinct().count()
    sources = {source.pk: source for source in Source.objects.filter(community=community).order_by("name")}
    channels = _channels(community, wanted)
    kept = views.standing(community)
    return {
        "view": view,
        "waits": waits,
        "count": found.total, "exact": found.exact,
        "whole": _whole(community.pk, index.version()),
        "histogram": None if view or not found.messages else _drawn(index, wanted, community=community, now=now),
        "chips": list(asked.chips(request, wanted, sources=sources, channels=channels)),
        "channels": channels[:OFFERED + len(wanted.channels)], "many": len(channels) > OFFERED,
        "sources": sources,
        "kinds": asked.KINDS.items(), "has": asked.HAS.items(),
        "periods": asked.PERIODS.items(),
        "languages": [(code, languages.title(code)) for code in languages.spoken(community)],
        "views": kept, "kept": next((each for each in kept if each.query == wanted.address and not view), None),
        "orders": [(each, label, address(request, order=each if each != "newest" else None))
                   for each, label in _ORDERS.items() if wanted.words or each != "best"],
        "ways": [] if found.messages or view or not wanted.is_narrow
        else otherwise.ways(wanted, community=community, now=now),
        "left_out": otherwise.left_out(wanted),
        "as_csv": address(request, **{"as": "csv"}), "as_near": address(request, near="1"),
        "clear": reverse("stream"),
    }  # fmt: skip


_ORDERS = {"newest": gettext_lazy("Newest"), "oldest": gettext_lazy("Oldest"), "best": gettext_lazy("Best match")}


def _channels(community: Community, wanted: Search) -> list[Channel]:
    """The channels that are chosen, then the first by name: one more than is offered, where there are more."""
    known = Channel.objects.filter(community=community)
    chosen = list(known.filter(number__in=wanted.channels)) if wanted.channels else []
    return [*chosen, *known.exclude(number__in=wanted.channels).order_by("source__name", "name", "pk")[: OFFERED + 1]]


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


def _drawn(index: Index, wanted: Search, *, community: Community, now: datetime) -> Histogram | None:
    """How what is asked for is spread over time; of everything, drawn once for each state of the index."""
    if wanted.is_narrow:
        return histogram(index, wanted.filters(community, now), community=community, now=now)
    drawn: Histogram | None = _everything(community, (index.version(), community.zone, now.date(), get_language()))
    return drawn


@lru_cache(maxsize=16)
def _everything(community: Community, _state: object) -> Histogram | None:
    """How all that was said is spread over time."""
    now = community.now(timezone.now())
    return histogram(Index(community.pk), Search().filters(community, now), community=community, now=now)


@lru_cache(maxsize=16)
def _whole(community_id: int, _version: object) -> int:
    """How many messages there are in all."""
    return Index(community_id).count(kinds=tuple(SPOKEN))


def seek(request: Request) -> HttpResponseBase:
    """The address one would guess: what searches is the stream."""
    return HttpResponseRedirect(f"{reverse('stream')}?{asked.read(request).address}".rstrip("?"))


urlpatterns = [path("stream", stream, name="stream"), path("search", seek, name="search")]

"""From an export to a first Today: what was recognised, how far it is, what must be decided."""

from pathlib import Path
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.db.models import Count, Max, Min, Q, Sum
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from thirdplace.face.web import offers, tables
from thirdplace.face.web.middleware.gate import CHOSEN
from thirdplace.face.web.models import Offer
from thirdplace.face.web.request import Visitor
from thirdplace.face.web.toasts import by_htmx
from thirdplace.face.web.views.asking import field, needs
from thirdplace.face.web.views.language import safe_next
from thirdplace.face.web.views.uploads import called, exports, place
from thirdplace.flow.models import Finding
from thirdplace.foundation.connectors.connector import connectors
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.jobs import queue
from thirdplace.foundation.members.models import Community, Member

LANGUAGES = 4  # named of those that are spoken


def first_run(request: Visitor) -> HttpResponse:
    """Point at an export, or drop it; see how far the reading is. What is invented has no such beginning."""
    if request.community and request.community.is_invented:
        return HttpResponseRedirect(reverse("sources"))
    return render(request, "house/first_run.html", {**files_told(request, whole=True), **_seen(request.community)})


def files(request: Visitor) -> HttpResponse:
    """The same list and its sight so far, asked for every two seconds while something is under way."""
    return render(request, "house/_first_run.html", {**files_told(request), **_seen(request.community)})


def files_told(request: Visitor, *, whole: bool = False) -> dict[str, Any]:
    """Everything that was offered, how far each is, and what must be asked. whole: for the page, not for its list."""
    community = request.community
    every = offers.standing(community, wall=timezone.now()) if community else []
    named = offers.is_named(community)
    asking = [one for one in every if one.state == "asks"]
    under_way = any(one.state in ("waits", "reading", "settling") for one in every)
    zones = available_timezones() if asking else set()
    suggested = next((one.offer.space for one in asking if one.offer.space), "")
    return {
        "files": every,
        "named": named,
        "asking": asking,
        "asks_columns": [one for one in asking if one.table is not None],
        "asks_zone": [one for one in asking if "zone" in one.offer.asks],
        "wrong_zone": [one for one in asking if one.offer.zone and one.offer.zone not in zones],
        "asks_address": [one for one in asking if "base_url" in one.offer.asks],
        "name": community.name if community and named else suggested,
        "zone": community.zone if community and named else "",
        "zones": sorted(zones),
        "formats": ", ".join(gettext(one.title) for one in connectors.values()),
        "needs": [(gettext(one.title), gettext(one.card.lines["Needs"])) for one in connectors.values()],
        "under_way": under_way,
        "done": [one for one in every if one.state == "done"],
        "failed": [one for one in every if one.state == "failed"],
        "later": [one for one in every if one.state == "unreadable"] if whole and asking and not under_way else [],
    }


def _seen(community: Community | None) -> dict[str, Any]:
    """What can be said of the community so far; three queries."""
    if community is None:
        return {"seen": None}
    people = Member.objects.filter(community=community)
    seen = people.aggregate(
        messages=Sum("spoken"),
        people=Count("pk", filter=Q(spoken__gt=0)),
        since=Min("first_at"),
        suspected=Count("pk", filter=Q(is_bot=True) | ~Q(bot_hint="") | ~Q(staff_hint="")),
    )
    languages = people.exclude(language="").values("language").annotate(n=Count("pk")).order_by("-n")
    codes = [row["language"] for row in languages]
    return {
        "seen": seen if seen["messages"] else None,
        "languages": codes[:LANGUAGES],
        "more_languages": max(len(codes) - LANGUAGES, 0),
        "noticed": _noticed(community),
    }


def _noticed(community: Community) -> list[tuple[str, int]]:
    """What the signals noticed on the latest day: each signal's own sentence, and how many."""
    from thirdplace.flow.signals import signals  # brings the engine along: only where it is needed

    latest = Finding.objects.filter(community=community).aggregate(on=Max("on"))["on"]
    found = Finding.objects.filter(community=community, on=latest).values("signal").annotate(n=Count("pk"))
    known = [(row["signal"], row["n"]) for row in found.order_by("-n") if row["signal"] in signals]
    return [(gettext(signals[slug].card.headline), n) for slug, n in known]


@require_POST
@needs("managing.import")
def offer(request: Visitor) -> HttpResponseBase:
    """Take what was pointed at, or what a browser without scripts sent whole."""
    pointed = field(request, "path", most=1000)
    sent = request.FILES.getlist("files")
    if not pointed and not sent:
        raise ThirdplaceError(
            gettext("Nothing was chosen."), gettext("Write the path of an export, or choose its file.")
        )
    community = offers.some_community(request.community)
    request.session[CHOSEN] = community.pk
    if pointed:
        offers.take_in(community, Path(pointed).expanduser())
    if sent:
        batch = token_hex(16)
        for one in sent:
            target = place(community, batch, one.name or "")
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                file.writelines(one.chunks())
        for each in exports(place(community, batch, "x").parent):
            offers.take_in(community, each, name=called(each), ours=True)
    return HttpResponseRedirect(safe_next(request, reverse("first_run")))


@require_POST
@needs("managing.import")
def begin(request: Visitor) -> HttpResponseBase:
    """Keep the community's name and zone, and begin to read what was recognised."""
    community = offers.some_community(request.community)
    if not offers.is_named(community):
        name, zone = field(request, "name", most=120), field(request, "zone", most=64)
        if not name or zone not in available_timezones():
            return _asked_again(request, name, zone)
        offers.name_community(community, name=name, zone=str(ZoneInfo(zone)))
    waiting = list(Offer.objects.filter(community=community, begun=False).exclude(connector=""))
    missing = [one for one in waiting if not _answered(request, one)]
    for one in waiting:
        if one not in missing:
            offers.begin(one)
    if missing:
        told = {**files_told(request, whole=True), **_seen(request.community)}
        return render(request, "house/first_run.html", told, status=422)
    return HttpResponseRedirect(safe_next(request, reverse("first_run")))


def _answered(request: Visitor, one: Offer) -> bool:
    """Keep what was answered of an offer; whether that is enough to read it."""
    one.base_url = address(field(request, f"base_url_{one.pk}")) or one.base_url
    one.zone = field(request, f"zone_{one.pk}", most=64)
    if "columns" in one.asks:
        one.columns = tables.said(one, request.POST.dict())
    one.save(update_fields=["base_url", "zone", "columns"])
    return (not one.zone or one.zone in available_timezones()) and not tables.problem(one)


def _asked_again(request: Visitor, name: str, zone: str) -> HttpResponse:
    """The same page, with what is missing said at its field."""
    told = {**files_told(request, whole=True), **_seen(request.community), "name": name, "zone": zone}
    told["errors"] = {
        "name": "" if name else gettext("Give it a name; it can be changed later."),
        "zone": ""
        if zone in available_timezones()
        else gettext("Choose a zone from the list, such as Europe/Amsterdam."),
    }
    return render(request, "house/first_run.html", told, status=422)


def address(typed: str) -> str:
    """A web address as it is kept; nothing when it is none."""
    if not typed:
        return ""
    if "://" not in typed:
        typed = f"https://{typed}"
    if not typed.startswith(("https://", "http://")) or " " in typed or "." not in typed:
        raise ThirdplaceError(
            gettext("'%(typed)s' is not a web address.") % {"typed": typed},
            gettext("Write it as your browser shows it, such as https://forum.example.org, or leave it empty."),
        )
    return typed[:300]


@require_POST
@needs("managing.import")
def leave_out(request: Visitor, pk: int) -> HttpResponseBase:
    """Forget an offer: nothing of it was read, or it is in already."""
    one = get_object_or_404(Offer, pk=pk, community=request.community)
    if one.job and not one.reading_id:
        queue.cancel(one.job)
    offers.remove(one)
    one.delete()
    return _back(request)


@require_POST
@needs("managing.import")
def try_again(request: Visitor, pk: int) -> HttpResponseBase:
    """Begin a reading that failed once more, where it was left."""
    one = get_object_or_404(Offer, pk=pk, community=request.community)
    if one.job:
        queue.try_again(one.job)
    return _back(request)


def _back(request: Visitor) -> HttpResponseBase:
    """The list as it stands now."""
    return files(request) if by_htmx(request) else HttpResponseRedirect(safe_next(request, reverse("first_run")))


urlpatterns = [
    path("first-run", first_run, name="first_run"),
    path("first-run/files", files, name="first_run_files"),
    path("offers", offer, name="offer"),
    path("offers/begin", begin, name="offers_begin"),
    path("offers/<int:pk>/leave-out", leave_out, name="offer_leave_out"),
    path("offers/<int:pk>/try-again", try_again, name="offer_try_again"),
]

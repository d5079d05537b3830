"""Find or do: actions first, then people, then messages, then measures and pages; acts on what is in hand."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, path, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext

from thirdplace.face.web import places
from thirdplace.face.web.pages import times, words
from thirdplace.face.web.pages.cast import Cast
from thirdplace.face.web.request import Request
from thirdplace.face.web.toasts import by_htmx
from thirdplace.flow.actions import Action, actions
from thirdplace.foundation.accounts.permissions import may
from thirdplace.foundation.engine import measures
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community, Member

MOST = 6  # of each kind
LETTERS = 80  # of what is sought


@dataclass(frozen=True)
class Found:
    """One thing that can be gone to or done."""

    icon: str
    text: str
    beside: str
    to: str


def palette(request: Request) -> HttpResponse:
    """What is found for a few letters; without any, what can be done with what is in hand."""
    sought = words.clean(request.GET.get("q", "")).strip()[:LETTERS]
    people = _people(request.community, sought) if sought else []
    hand = _in_hand(request)
    told: dict[str, Any] = {
        "sought": sought,
        "groups": [
            (gettext("Do"), _doing(request, sought, people, hand)),
            (gettext("Members"), [_person(one) for one in people]),
            (gettext("Messages"), _said(request, sought) if len(sought) > 1 else []),
            (gettext("Measures"), _measures(sought) if sought else []),
            (gettext("Pages"), _pages(sought)),
        ],
        "stream": f"{reverse('stream')}?{urlencode({'q': sought})}" if sought else "",
    }
    told["any"] = any(found for _, found in told["groups"])
    return render(request, "house/found.html" if by_htmx(request) else "house/found_page.html", told)


def _people(community: Community, sought: str) -> list[Member]:
    """Members by any part of their name; those whose name begins so stand first, then those who speak most."""
    found = Member.objects.filter(community=community, name__icontains=sought).order_by("-spoken")[: 3 * MOST]
    return sorted(found, key=lambda one: not one.name.casefold().startswith(sought.casefold()))[:MOST]


def _person(member: Member) -> Found:
    """A member, with what one would say of them in a word."""
    told = gettext("bot") if member.is_bot else gettext("staff") if member.is_staff else ""
    return Found("user-round", words.name(member.name), told, reverse("member", args=[member.pk]))


def _in_hand(request: Request) -> tuple[str, int] | None:
    """The member or message whose page the palette was opened on."""
    here = urlsplit(request.headers.get("HX-Current-URL", "")).path
    try:
        match = resolve(here) if here else None
    except Resolver404:
        return None
    if match is None or match.view_name not in ("member", "message"):
        return None
    return match.view_name, int(next(iter(match.kwargs.values())))


def _doing(request: Request, sought: str, people: list[Member], hand: tuple[str, int] | None) -> list[Found]:
    """Actions on what is in hand, and on the first person found; those whose words were typed stand first."""
    subjects = [(*hand, gettext("here"))] if hand else []
    subjects += [("member", one.pk, words.name(one.name)) for one in people[:1]]
    inverse, typed, found = {one.undo for one in actions.values()}, sought.casefold(), []
    for kind, subject, who in subjects:
        for known in actions.values():
            if known.slug not in inverse and _offered(request, known, kind):
                text = known.button(who) if kind == "member" and people else known.verb
                to = reverse("do", args=[known.slug, subject])
                found.append(Found("hand-heart", text, "" if who in text else who, to))
    return sorted(found, key=lambda one: typed not in one.text.casefold())[: 3 if people else MOST]


def _offered(request: Request, known: Action, kind: str) -> bool:
    """Whether an action is for this kind of subject, and this steward may do it."""
    if known.subject is None or known.subject.kind != kind:
        return False
    return may(request.steward, known.needs, community=request.community)


def _said(request: Request, sought: str) -> list[Found]:
    """The latest messages that hold the words."""
    said = Index(request.community.pk).latest(words=sought, limit=4)
    cast, now = Cast(request.community, said), timezone.now()
    found = []
    for one in said:
        channel = cast.places.get(one.channel or 0)
        when = times.brief(one.happened_at, now=now, zone=request.community.tz)
        beside = f"{words.name(channel.name)}, {when}" if channel else when
        quoted = gettext("“%(words)s”") % {"words": words.excerpt(one.title or one.text, at_most=70)}
        found.append(Found("message-circle", quoted, beside, reverse("message", args=[one.key])))
    return found


def _measures(sought: str) -> list[Found]:
    """Measures by any part of their title."""
    titled: list[tuple[str, str]] = [(slug, gettext(one.title)) for slug, one in measures.items()]
    fitting = [(slug, title) for slug, title in titled if sought.casefold() in title.casefold()]
    return [Found("activity", title, "", reverse("measure", args=[slug])) for slug, title in fitting[:MOST]]


def _pages(sought: str) -> list[Found]:
    """Pages by any part of their title."""
    areas = {area.slug: str(area.title) for area in places.AREAS}
    listed = [one for one in places.pages() if sought.casefold() in str(one.title).casefold() and one.url != "more"]
    return [
        Found(one.icon or "file-text", str(one.title), areas.get(one.area, ""), reverse(one.url))
        for one in listed[:MOST]
    ]


urlpatterns = [path("palette", palette, name="palette")]

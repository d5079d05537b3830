"""Find or do: actions first, then people, then messages, then measures and pages; acts on what is in hand."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, path, resolve, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from thirdplace.face.web import places
from thirdplace.face.web.pages import clock, times, words
from thirdplace.face.web.pages.cast import Cast
from thirdplace.face.web.request import Request
from thirdplace.face.web.toasts import by_htmx
from thirdplace.flow import search
from thirdplace.flow.actions import Action, actions
from thirdplace.foundation.accounts.permissions import may
from thirdplace.foundation.engine import measures
from thirdplace.foundation.index import Found, Index
from thirdplace.foundation.members.models import Community, Member

MOST = 6  # of each kind
MESSAGES = 4
LETTERS = 80  # of what is sought


@dataclass(frozen=True)
class Place:
    """One thing that can be gone to or done."""

    icon: str
    text: str
    beside: str
    to: str


def palette(request: Request) -> HttpResponse:
    """What is found for a few letters; without any, what can be done with what is in hand."""
    sought = words.clean(request.GET.get("q", "")).strip()[:LETTERS]
    people = _people(request.community, sought) if sought else []
    hand, said = _in_hand(request), _searched(request, sought) if len(sought) > 1 else Found()
    told: dict[str, Any] = {
        "sought": sought,
        "groups": [
            (gettext("Do"), _doing(request, sought, people, hand)),
            (gettext("Members"), [_person(one) for one in people]),
            (gettext("Messages"), _said(request, said, sought)),
            (gettext("Measures"), _measures(sought) if sought else []),
            (gettext("Pages"), _pages(sought)),
        ],
        "stream": f"{reverse('stream')}?{urlencode({'q': sought})}" if sought else "",
        "more": _all_of(said) if said.messages else "",
    }
    told["any"] = any(found for _, found in told["groups"])
    return render(request, "house/found.html" if by_htmx(request) else "house/found_page.html", told)


def _people(community: Community, sought: str) -> list[Member]:
    """Members by any part of their name; those whose name begins so stand first, then those who speak most."""
    found = Member.objects.filter(community=community, name__icontains=sought).order_by("-spoken")[: 3 * MOST]
    return sorted(found, key=lambda one: not one.name.casefold().startswith(sought.casefold()))[:MOST]


def _person(member: Member) -> Place:
    """A member, with what one would say of them in a word."""
    told = gettext("bot") if member.is_bot else gettext("staff") if member.is_staff else ""
    return Place("user-round", words.name(member.name), told, reverse("member", args=[member.pk]))


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


def _doing(request: Request, sought: str, people: list[Member], hand: tuple[str, int] | None) -> list[Place]:
    """Actions on what is in hand, and on the first person found; those whose words were typed stand first."""
    subjects = [(*hand, gettext("here"))] if hand else []
    subjects += [("member", one.pk, words.name(one.name)) for one in people[:1]]
    inverse, typed, found = {one.undo for one in actions.values()}, sought.casefold(), []
    for kind, subject, who in subjects:
        for known in actions.values():
            if known.slug not in inverse and _offered(request, known, kind):
                text = known.button(who) if kind == "member" and people else known.verb
                to = reverse("do", args=[known.slug, subject])
                found.append(Place("hand-heart", text, "" if who in text else who, to))
    return sorted(found, key=lambda one: typed not in one.text.casefold())[: 3 if people else MOST]


def _offered(request: Request, known: Action, kind: str) -> bool:
    """Whether an action is for this kind of subject, and this steward may do it."""
    if known.subject is None or known.subject.kind != kind:
        return False
    return may(request.steward, known.needs, community=request.community)


def _searched(request: Request, sought: str) -> Found:
    """The latest messages that hold the words, and how many do; nothing for who may not see what was said."""
    if not may(request.steward, search.SEES, community=request.community):
        return Found()
    wanted, now = search.Search(words=search.typed(sought, most=LETTERS)), clock.now(request)
    return search.find(wanted, community=request.community, steward=request.steward, now=now, limit=MESSAGES)


def _said(request: Request, found: Found, sought: str) -> list[Place]:
    """Messages, each where the words stand in it."""
    cast, now = Cast(request.community, found.messages), clock.now(request)
    shown = []
    for one in found.messages:
        channel = cast.places.get(one.channel or 0)
        when = times.brief(one.happened_at, now=now, zone=request.community.tz)
        beside = f"{words.name(channel.name)}, {when}" if channel else when
        text = words.clean(one.text or one.title)[: words.SHOWN]
        quoted = gettext("“%(words)s”") % {"words": Index.snippet(text, found.terms, 70)[0]}
        to = f"{reverse('message', args=[one.key])}?{urlencode({'q': sought})}"
        shown.append(Place("message-circle", quoted, beside, to))
    return shown


def _all_of(found: Found) -> str:
    """What leads to all of the messages."""
    n = {"n": number_format(found.total, decimal_pos=0, use_l10n=True, force_grouping=True)}
    if found.exact:
        return ngettext("%(n)s message in search", "All %(n)s messages in search", found.total) % n
    return gettext("At least %(n)s messages in search") % n


def _measures(sought: str) -> list[Place]:
    """Measures by any part of their title."""
    titled: list[tuple[str, str]] = [(slug, gettext(one.title)) for slug, one in measures.items()]
    fitting = [(slug, title) for slug, title in titled if sought.casefold() in title.casefold()]
    return [Place("activity", title, "", reverse("measure", args=[slug])) for slug, title in fitting[:MOST]]


def _pages(sought: str) -> list[Place]:
    """Pages by any part of their title."""
    areas = {area.slug: str(area.title) for area in places.AREAS}
    listed = [one for one in places.pages() if sought.casefold() in str(one.title).casefold() and one.url != "more"]
    return [
        Place(one.icon or "file-text", str(one.title), areas.get(one.area, ""), reverse(one.url))
        for one in listed[:MOST]
    ]


urlpatterns = [path("palette", palette, name="palette")]

"""What the frame of a page shows: where one is, what there is, and how the sources are."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext, ngettext

from thirdplace.face.web import places
from thirdplace.face.web.request import Request
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.members.models import Community

UNDER_WAY = (Import.State.WAITING, Import.State.READING, Import.State.SETTLING, Import.State.UNDOING)


@dataclass(frozen=True)
class SourcesState:
    """One dot and one phrase for all sources. dot: a class of house.css, none when all is well."""

    dot: str
    words: str


def here(request: Request) -> str:
    """The address name of the page that is the present one in the navigation."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    covering = (page.url for page in places.pages() if name in page.covers)
    return next(covering, name)


def side(request: Request) -> dict[str, Any]:
    """Everything the navigation at the left needs."""
    present = here(request)
    areas = []
    for area in places.AREAS:
        if listed := places.pages(area.slug):
            areas.append((area, listed, any(page.url == present for page in listed)))
    return {
        "request": request,
        "community": request.community,
        "steward": request.steward,
        "top": places.pages(places.TOP),
        "areas": areas,
        "here": present,
        "sources": sources_state(request.community),
    }


def sources_state(community: Community) -> SourcesState:
    """How the sources are, in one phrase; asked with one query."""
    waiting = Q(state__in=UNDER_WAY)
    known = Import.objects.filter(community=community).aggregate(
        under_way=Count("pk", filter=waiting),
        failed=Count("pk", filter=Q(state=Import.State.FAILED)),
    )
    count = Source.objects.filter(community=community).count()
    if known["failed"]:
        return SourcesState("harm", gettext("needs you"))
    if known["under_way"]:
        return SourcesState("heed", gettext("reading"))
    if not count:
        return SourcesState("off", gettext("none yet"))
    return SourcesState("", ngettext("%(count)s read", "%(count)s read", count) % {"count": count})

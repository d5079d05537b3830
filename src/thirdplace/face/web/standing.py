"""What the frame of a page shows: where one is, what there is, and how the sources are."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from thirdplace.face.web import places
from thirdplace.face.web.request import Request
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.members.models import Community

UNDER_WAY = (Import.State.WAITING, Import.State.READING, Import.State.SETTLING, Import.State.UNDOING)


@dataclass(frozen=True)
class SourcesState:
    """One dot and one phrase for all sources. dot: a class of house.css, none when all is well."""

    dot: str
    words: str
    under_way: bool = False


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
        "others": [one for one in request.communities if one != request.community],
        "steward": request.steward,
        "top": places.pages(places.TOP),
        "areas": areas,
        "here": present,
        "sources": sources_state(request),
    }


def sources_state(request: Request) -> SourcesState:
    """How the sources are, in one phrase; asked once a request."""
    if not hasattr(request, "_sources_state"):
        request._sources_state = _state(request.community)
    state: SourcesState = request._sources_state
    return state


def _state(community: Community) -> SourcesState:
    """The same, from three small queries."""
    under_way = Import.objects.filter(community=community, state__in=UNDER_WAY).exists()
    count = Source.objects.filter(community=community).count()
    if Job.objects.filter(community=community, state=Job.State.FAILED).exists():
        return SourcesState("harm", gettext("needs you"), under_way)
    if under_way:
        return SourcesState("heed", gettext("reading"), under_way)
    if not count:
        return SourcesState("off", gettext("none yet"))
    return SourcesState("", ngettext("%(count)s read", "%(count)s read", count) % {"count": count})

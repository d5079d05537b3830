"""Sources: how each is, what was read from it, what was left out and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thirdplace.face.web import offers, places, standing
from thirdplace.face.web.pages import sheet, times
from thirdplace.face.web.request import Request
from thirdplace.face.web.views import source_sheets
from thirdplace.flow import originals
from thirdplace.flow.wording import capital, number
from thirdplace.foundation.channels.figures import figures
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.connectors.connector import connectors
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.members.models import Community

IMPORTS = 20  # shown at once
OPEN = (Job.State.READY, Job.State.RUNNING)

places.page(url="sources", title=_("Sources"), area=places.FOOT, icon="database", covers=("source",))


@dataclass(frozen=True)
class Row:
    """One source in the list. dot: a class of house.css, none when all is well."""

    source: Source
    title: str
    dot: str
    state: str
    held: dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """One import, as a person reads of it. taking_back: an undo has been asked for and is not done."""

    row: Import
    title: str
    when: str
    taking_back: bool

    @property
    def is_in(self) -> bool:
        """Whether it can be taken back."""
        return self.row.state == Import.State.DONE and not self.taking_back


def sources(request: Request) -> HttpResponseBase:
    """All sources of the community, what needs a person, and every import."""
    community = request.community
    rows = source_rows(community)
    if sheet.wanted(request):
        return source_sheets.of_sources(community, rows)
    files = offers.standing(community, wall=timezone.now())
    homeless, stuck = [row for row in rows if originals.asks_base(row.source)], failed(community)
    told = {
        "rows": rows,
        "many": capital(number(len(rows))),
        "held": _together(rows),
        "homeless": homeless,
        "failed": stuck,
        "needing": len(homeless) + len(stuck),
        "files": [one for one in files if one.state not in ("done", "unreadable")],
        "under_way": _moves(community, files),
        "imports": readings(community, wall=timezone.now()),
        "formats": ", ".join(gettext(one.title) for one in connectors.values()),
    }
    return render(request, "house/sources.html", told)


def files(request: Request) -> HttpResponse:
    """The list of what is being read, asked for every two seconds; the whole page once more when all is in."""
    known = offers.standing(request.community, wall=timezone.now())
    told = {
        "files": [one for one in known if one.state not in ("done", "unreadable")],
        "under_way": _moves(request.community, known),
    }
    response = render(request, "house/_files.html", told)
    if not told["under_way"]:
        response["HX-Refresh"] = "true"
    return response


def read(request: Request) -> HttpResponseBase:
    """Everything that was read, as a file to keep."""
    return source_sheets.of_imports(request.community)


def _moves(community: Community, files: list[offers.Standing]) -> bool:
    """Whether something is being read or taken back, so that the page looks again by itself."""
    reading = any(one.state in ("waits", "reading", "settling") for one in files)
    return reading or Job.objects.filter(community=community, task="undo_import", state__in=OPEN).exists()


def source_rows(community: Community) -> list[Row]:
    """Every source with what it holds and how it is; a constant number of queries."""
    held = {one["id"]: one for one in figures(community)}
    busy = Import.objects.filter(community=community, state__in=standing.UNDER_WAY).values_list("source_id", flat=True)
    reading: set[int | None] = set(busy)
    known = Source.objects.filter(community=community).order_by("name", "pk")
    return [_row(source, held.get(source.pk, {}), reading) for source in known]


def _row(source: Source, held: dict[str, Any], reading: set[int | None]) -> Row:
    """One source, in a phrase."""
    connector = connectors.get(source.connector)
    title = gettext(connector.title) if connector else source.connector
    if connector is None:
        return Row(source, title, "harm", gettext("its connector is not installed"), held)
    if source.pk in reading:
        return Row(source, title, "heed", gettext("being read"), held)
    if not held.get("activities"):
        return Row(source, title, "off", gettext("empty"), held)
    return Row(source, title, "", gettext("whole, as far as it was exported"), held)


def _together(rows: list[Row]) -> dict[str, Any]:
    """The sums of all sources."""
    first = [row.held["first_at"] for row in rows if row.held.get("first_at")]
    last = [row.held["last_at"] for row in rows if row.held.get("last_at")]
    return {
        "messages": sum(row.held.get("messages", 0) for row in rows),
        "first_at": min(first, default=None),
        "last_at": max(last, default=None),
    }


def failed(community: Community) -> list[Job]:
    """Work that failed for good and waits for a person."""
    return list(Job.objects.filter(community=community, state=Job.State.FAILED).order_by("-ended_at")[:10])


def readings(community: Community, *, wall: datetime, source: Source | None = None) -> list[Reading]:
    """The latest imports, newest first."""
    rows = Import.objects.filter(community=community).exclude(state=Import.State.FAILED).order_by("-pk")
    if source is not None:
        rows = rows.filter(source=source)
    asked = Job.objects.filter(community=community, task="undo_import", state__in=OPEN).values_list("given", flat=True)
    back = {given.get("number") for given in asked}
    return [_reading(row, back, wall, community) for row in rows[:IMPORTS]]


def _reading(row: Import, back: set[Any], wall: datetime, community: Community) -> Reading:
    """One import, with its words."""
    connector = connectors.get(row.connector)
    when = times.moment(row.undone_at or row.finished_at or row.made_at, now=wall, zone=community.tz)
    return Reading(row, gettext(connector.title) if connector else row.connector, when, row.pk in back)


urlpatterns = [
    path("sources", sources, name="sources"),
    path("sources/files", files, name="sources_files"),
    path("sources/read.csv", read, name="sources_read"),
]

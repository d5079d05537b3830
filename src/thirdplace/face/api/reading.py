"""Sources, imports and jobs."""

import shutil
from pathlib import Path as File
from typing import Annotated, Any
from uuid import uuid4

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Field, Path, Query, Router, Schema, Status
from ninja.files import UploadedFile as Uploaded

from thirdplace import settings
from thirdplace.face.api import schemas, shapes, sources
from thirdplace.face.api.house import NO, community
from thirdplace.foundation import jobs
from thirdplace.foundation.channels import answers
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.connectors.connector import Recognised as Seen
from thirdplace.foundation.connectors.recognition import recognise
from thirdplace.foundation.errors import NotFound, ThirdplaceError
from thirdplace.foundation.jobs import queue
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.lake.folders import spool_folder, uploads_folder
from thirdplace.foundation.members import invented
from thirdplace.foundation.members.founding import known_zone
from thirdplace.foundation.members.models import Community

router = Router(tags=["Sources and imports"])
Number = Annotated[int, Path(ge=1, lt=2**31)]


@router.get("/sources", response={200: list[schemas.Source], **NO}, operation_id="sources")
def list_sources(request: HttpRequest) -> Any:
    """What has been read, and how much each source holds."""
    return sources.of_community(community(request, "channels.see"))


class SourceChange(schemas.Sent):
    """What is to be changed; what is left out stays."""

    name: Annotated[str | None, Field(min_length=1, max_length=120)] = None
    base_url: Annotated[str | None, Field(max_length=300, description="Where originals open; empty when unknown.")] = (
        None
    )


@router.patch("/sources/{int:number}", response={200: schemas.Source, **NO}, operation_id="change_source")
def change_source(request: HttpRequest, number: Number, change: SourceChange) -> Any:
    """Say what a source is called, and at which address its originals open."""
    where = community(request, "managing.sources")
    source = Source.objects.filter(community=where, pk=number).first()
    if source is None:
        raise NotFound(
            gettext("There is no source %(number)s.") % {"number": number}, gettext("GET /api/v1/sources lists them.")
        )
    if change.name is not None and change.name.strip():
        source.name = change.name.strip()
    if change.base_url is not None:
        source.base_url = sources.address(change.base_url)
    source.save(update_fields=["name", "base_url"])
    return next(each for each in sources.of_community(where) if each["id"] == source.pk)


@router.get("/imports", response={200: list[schemas.Import], **NO}, operation_id="imports")
def list_imports(request: HttpRequest) -> Any:
    """Every reading of an archive, latest first."""
    found = Import.objects.filter(community=community(request, "channels.see")).select_related("source")
    return [shapes.reading_of_archive(each) for each in found.order_by("-pk")[:500]]


@router.get("/imports/{int:number}", response={200: schemas.Import, **NO}, operation_id="import")
def one_import(request: HttpRequest, number: Number) -> Any:
    """One reading of an archive, and how far it is."""
    return shapes.reading_of_archive(_import(community(request, "channels.see"), number))


class Table(Schema):
    """A table, and which of its columns is taken for what. order: what stands first in its dates; null: say it."""

    header: list[str]
    rows: list[list[str]]
    columns: dict[str, str]
    order: str | None


class Recognised(Schema):
    """What an archive is taken for, and why."""

    format: str
    title: str
    why: str
    sure: float
    name: str
    lacks: str | None
    asks: list[str]
    table: Table | None = None


class Start(schemas.Sent):
    """An archive on the machine that Thirdplace runs on."""

    path: Annotated[str, Field(min_length=1, max_length=4000)]
    name: Annotated[str | None, Field(max_length=120)] = None
    base_url: Annotated[str | None, Field(max_length=300)] = None
    zone: Annotated[str | None, Field(max_length=64, description="Of times that do not tell theirs.")] = None
    columns: Annotated[
        dict[str, str] | None,
        Field(max_length=40, description="Of a table, which column is what, where that differs from what is guessed."),
    ] = None


@router.post("/imports/recognise", response={200: Recognised, **NO}, operation_id="recognise")
def recognise_path(request: HttpRequest, start: Start) -> Any:
    """Say what an archive is and why, without reading it."""
    where = _into(request)
    known = recognise(_there(start.path), spool=spool_folder(where.pk), limit=settings.SPOOL_LIMIT * 1_000_000)
    return {
        "format": known.connector.slug,
        "title": known.connector.title,
        "why": known.why,
        "sure": known.sure,
        "name": known.space.name,
        "lacks": known.lacks,
        "asks": answers.open_questions(where, known),
        "table": _table(where, known),
    }


@router.post("/imports", response={202: schemas.Job, **NO}, operation_id="start_import")
def start_import(request: HttpRequest, start: Start) -> Any:
    """Ask a worker to read an archive. GET /jobs/{id} says how far it is."""
    where = _into(request)
    base_url = sources.address(start.base_url) or None
    zone = known_zone(start.zone) if start.zone else None
    given = {"path": str(_there(start.path)), "name": start.name, "base_url": base_url}
    job = jobs.enqueue("import_archive", community=where, **given, zone=zone, columns=start.columns)
    return Status(202, shapes.job(job))


@router.post("/imports/upload", response={202: schemas.Job, **NO}, operation_id="upload_import")
def upload_import(request: HttpRequest, file: Uploaded, name: Annotated[str, Query(max_length=120)] = "") -> Any:
    """Send an archive, and ask a worker to read it. It is removed when it has been read."""
    where = _into(request)
    own_name = File(file.name or "upload").name[-100:].replace("\x00", "").strip(".")
    kept = uploads_folder(where.pk) / uuid4().hex / (own_name or "upload")  # some formats know a source by this name
    kept.parent.mkdir(parents=True)
    with kept.open("wb") as out:
        shutil.copyfileobj(file, out, 1 << 20)
    job = jobs.enqueue("import_archive", community=where, path=str(kept), name=name or None, remove=True)
    return Status(202, shapes.job(job))


@router.post("/imports/{int:number}/undo", response={202: schemas.Job, **NO}, operation_id="undo_import")
def undo_import(request: HttpRequest, number: Number) -> Any:
    """Ask a worker to take a whole import out again."""
    where = community(request, "managing.import")
    found = _import(where, number)
    job = jobs.enqueue("undo_import", community=where, unique=f"undo:{found.pk}", number=found.pk)
    return Status(202, shapes.job(job))


@router.get("/jobs/{int:number}", response={200: schemas.Job, **NO}, operation_id="job")
def one_job(request: HttpRequest, number: Number) -> Any:
    """A job, and how far it is."""
    return shapes.job(_job(community(request, "channels.see"), number))


@router.post("/jobs/{int:number}/cancel", response={200: schemas.Job, **NO}, operation_id="cancel_job")
def cancel_job(request: HttpRequest, number: Number) -> Any:
    """Ask a job to stop."""
    job = _job(community(request, "managing.import"), number)
    queue.cancel(job)
    job.refresh_from_db()
    return shapes.job(job)


@router.post("/jobs/{int:number}/again", response={200: schemas.Job, **NO}, operation_id="try_job_again")
def try_again(request: HttpRequest, number: Number) -> Any:
    """Begin a failed or cancelled job anew."""
    job = _job(community(request, "managing.import"), number)
    queue.try_again(job)
    job.refresh_from_db()
    return shapes.job(job)


def _into(request: HttpRequest) -> Community:
    """The community that an archive may be read into: none that is invented."""
    where = community(request, "managing.import")
    invented.refuse(where)
    return where


def _table(where: Community, known: Seen) -> dict[str, Any] | None:
    """What the columns of a table are taken for, with a few rows to look at."""
    if known.table is None:
        return None
    return {
        "header": list(known.table.header),
        "rows": [list(row) for row in known.table.rows],
        "columns": answers.columns_of(where, known, None),
        "order": known.table.order,
    }


def _there(path: str) -> File:
    try:
        found = File(path).expanduser()
        is_there = found.is_absolute() and found.exists()
    except (OSError, ValueError, RuntimeError):
        is_there = False
    if not is_there:
        raise ThirdplaceError(
            gettext("%(path)s is not there.") % {"path": path[:200]},
            gettext("Give the whole path of a file or folder on the machine that Thirdplace runs on."),
        )
    return found


def _import(where: Community, number: int) -> Import:
    found = Import.objects.filter(community=where, pk=number).select_related("source").first()
    if found is None:
        raise NotFound(
            gettext("There is no import %(number)s.") % {"number": number},
            gettext("GET /api/v1/imports lists them."),
        )
    return found


def _job(where: Community, number: int) -> Job:
    found = Job.objects.filter(community=where, pk=number).first()
    if found is None:
        raise NotFound(
            gettext("There is no job %(number)s.") % {"number": number},
            gettext("Jobs that were done are forgotten after a month."),
        )
    return found

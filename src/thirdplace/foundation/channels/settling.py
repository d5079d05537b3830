"""What follows when the lake has an import, or has it no more: database, index, sources. Each may be begun again."""

import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from thirdplace.foundation.channels import places
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.index import Index
from thirdplace.foundation.jobs.running import Cancelled, Lost
from thirdplace.foundation.lake import Lake, told
from thirdplace.foundation.lake.folders import spool_folder
from thirdplace.foundation.lake.memory import give_back
from thirdplace.foundation.members import people
from thirdplace.foundation.members.models import Community

Told = Callable[[Import], None]
AHEAD = timedelta(days=365)  # a moment further from now is a mistake of the archive
LARGE = 100_000  # activities after which memory is given back
_NOTHING_LEFT = (Import.State.FAILED, Import.State.UNDONE, Import.State.WAITING)


def settle(row: Import, *, told: Told) -> None:
    """The lake has it: bring database and index to it, and the import is done."""
    began = time.process_time()
    large = row.added > LARGE
    if large:
        give_back()
    lake = Lake(row.community_id)
    lake.compact()
    mirror(row.community, row.pk)
    _read_until(row)
    row.cpu["lake"] = round(row.cpu.get("lake", 0) + time.process_time() - began, 3)
    told(row)
    began = time.process_time()
    Index(row.community_id).catch_up()
    if large:
        give_back()
    row.cpu["index"] = round(time.process_time() - began, 3)
    row.state, row.finished_at = Import.State.DONE, timezone.now()
    row.save()


def resume(row: Import) -> None:
    """It was killed when the lake had it already: count again what it brought, and go on."""
    lake = Lake(row.community_id)
    row.added, row.changed = lake.brought(row.pk)
    row.lake_version = lake.version()
    if row.reaches_at is None:
        reaches = told.reaches(lake, row.pk)
        row.reaches_at = reaches and believed(reaches)
    settle(row, told=_nobody)


def believed(reaches_at: datetime) -> datetime:
    """How far an archive reaches; one wrong clock in it must not make its source known for years to come."""
    now = timezone.now()
    return reaches_at if reaches_at < now + AHEAD else now


def take_back(row: Import) -> None:
    """It is to go: erase it from the lake, then from index and database; remove its source when that is empty."""
    Lake(row.community_id).erase_import(row.pk)
    Index(row.community_id).catch_up()
    Index(row.community_id).renew()
    mirror(row.community, None)
    source = row.source
    with transaction.atomic():
        row.state, row.undone_at = Import.State.UNDONE, timezone.now()
        row.save(update_fields=["state", "undone_at"])
        if source is not None:
            _narrow(source)


def fail(row: Import, error: BaseException) -> None:
    """It came to nothing: leave no trace in the lake, and say why."""
    if isinstance(error, Cancelled | Lost) or not isinstance(error, Exception):
        interrupted(row)
        return
    Lake(row.community_id).roll_back(row.pk)
    if isinstance(error, ThirdplaceError):
        row.what, row.remedy = error.what, error.remedy
    else:
        row.what = gettext("The import ended by a mistake of ours: %(error)s.") % {"error": type(error).__name__}
        row.remedy = gettext("Nothing of it was kept. Import it again; if it ends so again, please tell us.")
    _end_without(row)


def interrupted(row: Import) -> None:
    """It was stopped or killed before the lake had it: leave no trace, and say so."""
    Lake(row.community_id).roll_back(row.pk)
    row.what = gettext("The import of %(name)s was interrupted, and nothing of it was kept.") % {"name": row.name}
    row.remedy = gettext("Import it again.")
    _end_without(row)


def mirror(community: Community, import_id: int | None) -> None:
    """Bring the database's people and channels to what the lake tells. import_id: look only at whom it tells of."""
    lake = Lake(community.pk)
    places.mirror(community, told.places(lake))
    people.mirror(community, told.people(lake, import_id), whole=import_id is None)


def sweep(community_id: int) -> None:
    """Remove what was unpacked."""
    shutil.rmtree(spool_folder(community_id), ignore_errors=True)


def _read_until(row: Import) -> None:
    """How far the source has been read."""
    source = row.source
    if source is not None and row.reaches_at and (source.known_until is None or source.known_until < row.reaches_at):
        source.known_until = row.reaches_at
        source.save(update_fields=["known_until"])


def _narrow(source: Source) -> None:
    """After an import went: how far the source is known by what is left; gone, when nothing is left."""
    standing = Import.objects.filter(source=source).exclude(state__in=_NOTHING_LEFT)
    if not standing.exists():
        source.delete()
        return
    source.known_until = standing.aggregate(newest=Max("reaches_at"))["newest"]
    source.save(update_fields=["known_until"])


def _end_without(row: Import) -> None:
    """Write down that it failed; a source that it made goes with it."""
    with transaction.atomic():
        row.state, row.finished_at = Import.State.FAILED, timezone.now()
        row.added = row.already = row.changed = 0
        row.save()
        if row.source is not None:
            _narrow(row.source)


def _nobody(_row: Import) -> None:
    """Nobody is there to be told."""

"""Importing whole: the archive into lake, index and database, then the readings and findings that follow from it."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from thirdplace.flow import refresh
from thirdplace.foundation.channels import importing
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.members import invented
from thirdplace.foundation.members.models import Community

Told = Callable[[Import], None]


def run(
    community: Community,
    path: Path,
    *,
    wall: datetime,
    source: Source | None = None,
    name: str | None = None,
    base_url: str | None = None,
    zone: str | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Told | None = None,
) -> Import:
    """Import an archive and bring everything derived up to date. progress: told as it goes on, at the end once more.

    zone: of times that do not tell theirs. columns: of a table, which is what, where that differs from what is guessed.
    """
    invented.refuse(community)
    told = progress or _nobody
    done = importing.import_archive(
        community, path, source=source, name=name, base_url=base_url, zone=zone, columns=columns, progress=told
    )
    return _settle(community, done, wall=wall, told=told)


def undo(taken_back: Import, *, wall: datetime, progress: Told | None = None) -> Import:
    """Take a whole import back, and bring everything derived up to date."""
    told = progress or _nobody
    importing.undo_import(taken_back, progress=told)
    taken_back.refresh_from_db()
    return _settle(taken_back.community, taken_back, wall=wall, told=told)


def _settle(community: Community, done: Import, *, wall: datetime, told: Told) -> Import:
    began, spent = time.monotonic(), time.process_time()
    refresh.refresh(community, wall=wall)
    done.cpu = {**done.cpu, "readings": round(time.process_time() - spent, 3)}
    done.seconds = round(done.seconds + time.monotonic() - began, 3)
    done.save(update_fields=["cpu", "seconds"])
    told(done)
    return done


def _nobody(_: Import) -> None:
    """Nobody asked to be told."""

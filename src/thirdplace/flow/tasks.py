"""What workers do for the flow: imports, refreshing what follows from the log, and looking again as time goes by."""

import shutil
from pathlib import Path
from typing import Any

from django.utils import timezone

from thirdplace.flow import findings, imports
from thirdplace.flow import refresh as refreshing
from thirdplace.foundation.channels import recovery
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.jobs import Run, task
from thirdplace.foundation.lake.folders import uploads_folder
from thirdplace.foundation.lake.locking import writing
from thirdplace.foundation.members.models import Community


@task()
def import_archive(
    run: Run,
    *,
    path: str,
    source: int | None = None,
    name: str | None = None,
    base_url: str | None = None,
    zone: str | None = None,
    columns: dict[str, str] | None = None,
    remove: bool = False,
) -> int:
    """Import an archive. source: the number of the one to go on with. remove: take it away when it is read."""
    known = Source.objects.get(pk=source, community=run.community) if source is not None else None

    def work() -> int:
        if (rolled_forward := _after_a_kill(run)) is not None:
            return rolled_forward
        done = imports.run(
            run.community, Path(path), wall=timezone.now(), source=known, name=name, base_url=base_url,
            zone=zone, columns=columns, progress=_telling(run),
        )  # fmt: skip
        return int(done.pk)

    number: int = run.outside("import", work)
    if remove:
        _remove(Path(path), uploads_folder(run.community.pk))
    return number


@task()
def undo_import(run: Run, *, number: int) -> None:
    """Take a whole import back."""
    which = Import.objects.get(pk=number, community=run.community)

    def work() -> int:
        which.refresh_from_db()
        if run.job.tries > 1 and which.state == Import.State.UNDONE:  # recovery brought an earlier life's work home
            refreshing.refresh(run.community, wall=timezone.now())
            return int(which.pk)
        return int(imports.undo(which, wall=timezone.now(), progress=_telling(run)).pk)

    run.outside("undo", work)


@task()
def refresh(run: Run) -> None:
    """Bring readings and findings up to the log."""
    refreshing.refresh(run.community, wall=timezone.now())


@task(cron="*/15 * * * *", missed="skip")
def look_again(run: Run) -> int:
    """Ask the signals about today once more wherever the clock runs: waiting goes on while nothing comes in."""
    wall, looked = timezone.now(), 0
    for community in Community.objects.filter(clock_on=None, sources__isnull=False).distinct():
        run.check()
        findings.refresh(community, findings.today(community, wall=wall), wall=wall)
        looked += 1
    return looked


def _after_a_kill(run: Run) -> int | None:
    """The import that this job had begun before, if recovery brought it home; one that came to nothing is forgotten."""
    before = Import.objects.filter(community=run.community, pk=run.job.progress.get("import")).first()
    if before is None:
        return None
    if before.state in recovery.UNDER_WAY:  # somebody is bringing it home at this moment, or nobody has yet
        with writing(run.community.pk):
            recovery.recover(run.community)
        before.refresh_from_db()
    if before.state == Import.State.DONE:
        refreshing.refresh(run.community, wall=timezone.now())
        return int(before.pk)
    if before.state == Import.State.FAILED:
        before.delete()
    return None


def _remove(path: Path, home: Path) -> None:
    """Take an upload away, and the folders around it that are empty then, up to the one of all uploads."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    for folder in path.parents:
        if home not in folder.parents or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


def _telling(run: Run) -> imports.Told:
    return lambda told: run.progress(**_progress(told))


def _progress(told: Import) -> dict[str, Any]:
    return {"import": told.pk, "state": told.state, "done": told.done, "whole": told.whole}

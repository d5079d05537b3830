"""Waking the house on its data folder: Django, its tables, the definitions, and what a crash left half done."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from thirdplace.face.cli.language import language
from thirdplace.foundation.errors import NotFound
from thirdplace.foundation.translation import gettext, speak_with

if TYPE_CHECKING:
    from thirdplace.foundation.members.models import Community


def begin(*, definitions: bool = True, mend: bool = True) -> None:
    """Wake Django, bring the tables up to date, load the definitions, and roll what a crash left forward or back."""
    wake()
    migrate()
    if definitions:
        from thirdplace.demo import visiting  # noqa: F401 - makes its task known
        from thirdplace.flow import definitions as known
        from thirdplace.foundation.jobs import upkeep  # noqa: F401 - makes its tasks known

        known.load()
    if mend:
        recover()


def wake() -> None:
    """Set Django up on the data folder, and speak the terminal's language."""
    from thirdplace import settings
    from thirdplace.foundation.env import refuse_odd

    refuse_odd(settings.DATA)
    settings.DATA.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thirdplace.face.web.django_settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language())
    speak_with(translation.gettext)


def migrate() -> None:
    """Bring the tables up to date; one process at a time."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    def is_due() -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    if is_due():
        with alone("migrate"):
            if is_due():
                call_command("migrate", verbosity=0, skip_checks=True)


def recover() -> None:
    """Make lake, index, rollups and database of every community agree again after a kill. Cheap when they do."""
    from thirdplace.flow import definitions
    from thirdplace.foundation.channels.recovery import recover as mend
    from thirdplace.foundation.engine.agreement import is_current
    from thirdplace.foundation.members.models import Community

    definitions.load()  # what readings follow from is also how they are defined
    for community in Community.objects.order_by("pk"):
        mend(community)
        if not is_current(community):
            _refresh(community)


def _refresh(community: "Community") -> None:
    """Bring readings and findings up to the log, unless somebody is writing it: then that one does."""
    from django.utils import timezone

    from thirdplace.flow.refresh import refresh
    from thirdplace.foundation.lake.locking import Busy, writing

    try:
        with writing(community.pk, wait=False):
            refresh(community, wall=timezone.now())
    except Busy:
        return


def look_for_wreckage() -> None:
    """If an import stands half done and nobody is at it, ask for the job that mends it. One query when all is well."""
    from thirdplace.foundation.channels.models import Import
    from thirdplace.foundation.members.models import Community

    half_done = (Import.State.READING, Import.State.SETTLING, Import.State.UNDOING)
    suspects = list(Community.objects.filter(imports__state__in=half_done).distinct())
    if not suspects:
        return
    from thirdplace.foundation.jobs import enqueue  # what follows loads the lake: an idle worker does without
    from thirdplace.foundation.lake.locking import Busy, writing

    for community in suspects:
        try:
            with writing(community.pk, wait=False):
                enqueue("recover", community=community, unique=f"recover-{community.pk}")
        except Busy:  # somebody is at work on it: nothing is wrong
            continue


@contextlib.contextmanager
def alone(name: str) -> Iterator[None]:
    """Hold a lock of the data folder while this is done; others wait."""
    with _opened(name) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _opened(name: str) -> Iterator[int]:
    path = run_folder() / f"{name}.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def run_folder() -> Path:
    """Where locks of running processes stand; nothing in it is worth keeping."""
    from thirdplace import settings

    folder = settings.DATA / "run"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def community_called(slug: str | None) -> "Community":
    """The community of a short name or name; without one, the first there is, the invented one last."""
    from django.db.models import Q

    from thirdplace.foundation.members.models import Community

    every = Community.objects.order_by("is_invented", "pk")
    found = every.filter(Q(slug=slug) | Q(name__iexact=slug)).first() if slug else every.first()
    if found is not None:
        return found
    if slug and (names := ", ".join(every.values_list("slug", flat=True))):
        raise NotFound(
            gettext("There is no community called '%(name)s'.") % {"name": slug},
            gettext("There are: %(names)s.") % {"names": names},
        )
    raise NotFound(
        gettext("There is no community in this data folder yet."),
        gettext("Import an export first (thirdplace import FILE), or point --data at another folder."),
    )

"""Whether lake, index, rollups and database agree; and what to do where they do not."""

import logging
from collections.abc import Iterator

from django.db import connection as database
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from thirdplace.foundation import engine
from thirdplace.foundation.channels import recovery, settling
from thirdplace.foundation.channels.models import Channel, Import, Source
from thirdplace.foundation.engine.models import Settled
from thirdplace.foundation.index import Index, inspecting
from thirdplace.foundation.lake import Lake, wholeness
from thirdplace.foundation.lake.locking import Busy
from thirdplace.foundation.lake.wholeness import Trouble
from thirdplace.foundation.members.models import Community, Identity

__all__ = ["Trouble", "check", "mend"]
log = logging.getLogger(__name__)


def check(community: Community) -> list[Trouble]:
    """Everything that does not agree. While an import is under way there is only that to say."""
    lake = Lake(community.pk)
    try:
        with lake.writing(wait=False):
            broken = [*_database(), *wholeness.troubles(lake)]
            if broken:
                return broken
            return [*_imports(community), *_kept(community, lake), *_index(lake), *_rollups(community)]
    except Busy:
        return [
            Trouble(
                gettext("Something is being imported or undone at this moment, so nothing can be compared."),
                gettext("Wait until it has ended, and ask again."),
            )
        ]


def mend(community: Community) -> list[Trouble]:
    """Roll forward or back what was interrupted, make what is derived again; what is still wrong afterwards."""
    recovery.recover(community)
    lake = Lake(community.pk)
    if list(wholeness.troubles(lake)):
        return check(community)
    with lake.writing():
        settling.mirror(community, None)
        if list(_index(lake)):
            Index(community.pk).rebuild()
    _mend_rollups(community)
    return check(community)


def _mend_rollups(community: Community) -> None:
    """Bring what is derived up to the log; where it still does not follow from it, make it anew."""
    community.refresh_from_db()
    now = community.now(timezone.now())
    try:
        engine.refresh(community, now=now)
        follows = not engine.rollups.trouble(community)
    except Exception:  # noqa: BLE001 - the lake is whole, so whatever cannot be read of what is derived is made again
        log.exception("The rollups of %s cannot be read; they are made again.", community.slug)
        follows = False
    if not follows:
        engine.rollups.forget(community.pk)
        Settled.objects.filter(community=community).delete()
        engine.refresh(community, now=now)


def _database() -> Iterator[Trouble]:
    """Whether the database's own file is whole."""
    if database.vendor != "sqlite":
        return
    with database.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        said = cursor.fetchone()[0]
    if said != "ok":
        yield Trouble(
            gettext("The database's file is damaged: %(said)s.") % {"said": said},
            gettext("Stop Thirdplace and put the last backup of the data folder in its place."),
        )


def _imports(community: Community) -> Iterator[Trouble]:
    left = Import.objects.filter(community=community, state__in=recovery.UNDER_WAY).count()
    if left:
        yield Trouble(
            ngettext(
                "%(count)d import was interrupted and stands half done.",
                "%(count)d imports were interrupted and stand half done.",
                left,
            )
            % {"count": left},
            gettext("Start Thirdplace, or run `thirdplace doctor --mend`: it is rolled forward or back by itself."),
        )


def _kept(community: Community, lake: Lake) -> Iterator[Trouble]:
    """The rows that the database keeps of what the lake tells."""
    standing = {Import.State.DONE, *recovery.UNDER_WAY}
    imports = set(Import.objects.filter(community=community, state__in=standing).values_list("pk", flat=True))
    sources = set(Source.objects.filter(community=community).values_list("pk", flat=True))
    kept = {
        gettext("imports"): (wholeness.numbers(lake, "activities", "import_id") - imports, set()),
        gettext("sources"): (wholeness.numbers(lake, "activities", "source") - sources, set()),
        gettext("identities"): _apart(lake, "people", Identity.objects.filter(community=community)),
        gettext("channels"): _apart(lake, "places", Channel.objects.filter(community=community)),
    }
    for what, (missing, more) in kept.items():
        if missing or more:
            yield Trouble(
                gettext("Lake and database differ in their %(what)s: %(missing)d are missing, %(more)d are too many.")
                % {"what": what, "missing": len(missing), "more": len(more)},
                gettext("Run `thirdplace doctor --mend`: the lake is right, and the database is made from it again."),
            )


def _apart(lake: Lake, table: str, rows: object) -> tuple[set[int], set[int]]:
    """Numbers that only the lake has, and numbers that only the database has."""
    told = wholeness.numbers(lake, table, "number")
    kept = set(rows.values_list("number", flat=True))  # type: ignore[attr-defined]
    return told - kept, kept - told


def _index(lake: Lake) -> Iterator[Trouble]:
    said = inspecting.difference(lake)
    if said is not None:
        yield Trouble(
            gettext("The index does not show what the lake holds: %(difference)s.") % {"difference": said},
            gettext("Run `thirdplace doctor --mend`: the index is made again from the lake."),
        )


def _rollups(community: Community) -> Iterator[Trouble]:
    try:
        found = engine.rollups.trouble(community)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with what is derived, it is said, and can be mended
        log.exception("The rollups of %s cannot be read.", community.slug)
        what = gettext("The rollups cannot be read: %(error)s.") % {"error": type(error).__name__}
        found = [(what, gettext("Run `thirdplace doctor --mend`: they are made again from the log."))]
    for what, remedy in found:
        yield Trouble(what, remedy)

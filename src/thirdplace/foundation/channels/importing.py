"""From an archive to lake, index and database; and back again, when an import is undone."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext

from thirdplace import settings
from thirdplace.foundation.channels import answers, recovery, settling
from thirdplace.foundation.channels.hashing import digest
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.channels.sources import source_of
from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Tally
from thirdplace.foundation.connectors.columns import Columns
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.recognition import recognise
from thirdplace.foundation.errors import AlreadyDone, ThirdplaceError
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.batches import moment
from thirdplace.foundation.lake.folders import spool_folder
from thirdplace.foundation.members.models import Community
from thirdplace.foundation.text.sound import sound

Told = Callable[[Import], None]
PAUSE = 0.5  # seconds between two words about how far it is


def import_archive(
    community: Community,
    path: Path,
    *,
    source: Source | None = None,
    name: str | None = None,
    base_url: str | None = None,
    zone: str | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Told | None = None,
) -> Import:
    """Read an archive into lake, index and database: all of it, or nothing.

    source: the one it belongs to, when its format does not tell. name: of a source that is new. base_url: where its
    originals open. zone: of times that do not tell theirs. columns: of a table, what differs from what is guessed.
    progress: told every half second at most. Readings are the caller's to refresh.
    """
    with Lake(community.pk).writing():
        recovery.recover(community)
        limit = settings.SPOOL_LIMIT * 1_000_000
        with Archive(path, spool=spool_folder(community.pk), limit=limit) as archive:
            found = recognise(archive)
            with transaction.atomic():  # a source without an import would be nobody's to remove
                row = Import.objects.create(
                    community=community,
                    source=source_of(community, found, source=source, name=name, base_url=base_url),
                    connector=found.connector.slug,
                    path=sound(str(path))[-500:],
                    name=sound(archive.path.resolve().name)[-200:],
                    state=Import.State.READING,
                )
            try:
                _Reading(row, progress or _nobody).run(found, archive, zone=zone, columns=columns)
            finally:
                archive.close()
                settling.sweep(community.pk)
        return row


def undo_import(row: Import, *, progress: Told | None = None) -> None:
    """Take a whole import back: from lake, index and database. What another archive holds too, stays.

    The same archive read again, which brought nothing, goes with it: it is no second witness.
    """
    told = progress or _nobody
    with Lake(row.community_id).writing():
        ended = recovery.recover(row.community)
        row.refresh_from_db()
        if row in ended and row.state == Import.State.UNDONE:
            return  # it had begun, and was killed
        if row.state == Import.State.UNDONE:
            raise AlreadyDone(
                gettext("The import of %(name)s has been undone before.") % {"name": row.name},
                gettext("Nothing to do: nothing of it is left."),
            )
        if row.state != Import.State.DONE:
            raise ThirdplaceError(
                gettext("The import of %(name)s did not come to its end, so there is nothing to undo.")
                % {"name": row.name},
                gettext("Import the archive again, if you want it here."),
            )
        for each in [*_read_again(row), row]:
            each.state = Import.State.UNDOING
            each.save(update_fields=["state"])
            told(each)
            settling.take_back(each)
            told(each)


def _read_again(row: Import) -> list[Import]:
    """The times when the very archive of this import was read once more and brought nothing."""
    same = Import.objects.filter(source=row.source, digest=row.digest, state=Import.State.DONE, added=0, changed=0)
    return list(same.filter(pk__gt=row.pk)) if row.digest else []


class _Reading:
    """One import on its way: it counts its time, says how far it is, and ends whole or not at all."""

    def __init__(self, row: Import, told: Told) -> None:
        self.row, self.told = row, told
        self.tally = Tally()
        self.began = time.monotonic()
        self._said_at = 0.0
        self._reading = 0.0  # CPU seconds inside the connector

    def run(self, found: Recognised, archive: Archive, *, zone: str | None, columns: Mapping[str, str] | None) -> None:
        """Read, then settle. Whatever goes wrong before the lake has it, leaves nothing."""
        connector = found.connector(archive)
        assert self.row.source is not None
        try:
            answers.give(connector, found, self.row.source, zone=zone, columns=columns)
            self._read(connector)
        except BaseException as error:
            settling.fail(self.row, error)
            raise
        answers.keep(connector, found, self.row.community)
        settling.settle(self.row, told=self.told)
        self.row.seconds = round(time.monotonic() - self.began, 3)
        self.row.save(update_fields=["seconds"])
        self.told(self.row)

    def _read(self, connector: Connector) -> None:
        row, began = self.row, time.process_time()
        assert row.source is not None
        row.digest = digest(connector.archive.path)
        self._say(at_once=True)
        lake = Lake(row.community_id)
        done = lake.append(self._columns(connector), source=row.source.pk, import_id=row.pk)
        for why, count in done.skipped.items():
            self.tally.skip(why, "", count)
        row.added, row.already, row.changed = done.added, done.already, done.changed
        row.reaches_at = None if done.reaches_us is None else settling.believed(moment(done.reaches_us))
        row.lake_version = done.version
        spent = time.process_time() - began
        row.cpu = {"read": round(self._reading, 3), "lake": round(spent - self._reading, 3)}
        row.state = Import.State.SETTLING
        self._say(at_once=True)

    def _columns(self, connector: Connector) -> Iterator[Columns]:
        """What the connector reads, with the time that it takes."""
        assert self.row.source is not None
        columns = connector.columns(self.tally, self.row.source.pk)
        while True:
            began = time.thread_time()
            each = next(columns, None)
            self._reading += time.thread_time() - began
            self._say(at_once=each is None)
            if each is None:
                return
            yield each

    def _say(self, *, at_once: bool) -> None:
        """Write down how far it is, every half second at most."""
        now = time.monotonic()
        if not at_once and now - self._said_at < PAUSE:
            return
        self._said_at = now
        row, tally = self.row, self.tally
        row.found = dict(tally.found)
        row.skipped = [
            {"why": why, "count": count, "place": sound(tally.places.get(why, ""))}
            for why, count in tally.skipped.items()
        ]
        row.done, row.whole = tally.done, tally.whole
        row.seconds = round(now - self.began, 3)
        row.save()
        self.told(row)


def _nobody(_row: Import) -> None:
    """Nobody asked to be told."""

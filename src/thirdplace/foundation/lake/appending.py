"""The door in: what is new is appended, what is there is counted, what says otherwise becomes a change."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from deltalake.transaction import AddAction

from thirdplace.foundation.connectors.base import Kind, Person, Place
from thirdplace.foundation.connectors.columns import Columns
from thirdplace.foundation.lake import batches, changing
from thirdplace.foundation.lake.files import Files, new_files
from thirdplace.foundation.lake.folders import spool_folder
from thirdplace.foundation.lake.known import Array, Known, Mask, distinct
from thirdplace.foundation.lake.query import column_arrays
from thirdplace.foundation.lake.schema import ACTIVITIES
from thirdplace.foundation.text.language import Languages
from thirdplace.foundation.translation import gettext_noop

if TYPE_CHECKING:
    from thirdplace.foundation.lake.door import Lake

EVENTS = frozenset({Kind.EDITED.value, Kind.DELETED.value})
FEW = 10_000  # rows for which it pays to ask only for them, rather than learn a whole source
NEITHER = -1  # the digest of what stands only among the changes: those are asked
TWICE = gettext_noop("Something that stood in the archive before, word for word.")


@dataclass
class Appended:
    """What an import did to the lake. version: that of the activities afterwards."""

    added: int = 0
    already: int = 0
    changed: int = 0
    version: int = -1
    reaches_us: int | None = None  # the newest moment that was read, known before or not
    people: dict[int, Person] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)


class Appending:
    """One import on its way in. The caller holds the writer lock."""

    def __init__(self, lake: "Lake", *, source: int, import_id: int) -> None:
        self.lake, self.source, self.import_id = lake, source, import_id
        self.whose = {"community_id": lake.community_id, "source": source, "import_id": import_id}
        self.done = Appended()
        self._there = Known()
        self._ours = Known()
        self._changes: dict[int, set[int]] = {}
        self._seen: list[Array] = []
        self._seen_changes: list[tuple[int, int]] = []
        self._languages = Languages()

    def run(self, columns: Iterable[Columns]) -> Appended:
        """Read everything, then commit: the small tables first, the activities last. Nothing counts before that."""
        activities = self.lake.table("activities")
        named = f"import-{self.import_id}"
        with (
            new_files(activities.folder, ACTIVITIES, named=named) as fresh,
            new_files(spool_folder(self.lake.community_id), ACTIVITIES, named=named) as other,
        ):
            for each in self._beginning(columns):
                self._take(each, fresh, other)
            added = fresh.close()
            self._finish(fresh, other, added)
        return self.done

    def _beginning(self, columns: Iterable[Columns]) -> Iterator[Columns]:
        """The columns, when we know what is there: all of it, or for a few messages only what is there of them."""
        begun: list[Columns] = []
        left = iter(columns)
        for each in left:
            begun.append(each)
            if sum(map(len, begun)) > FEW:
                self._learn_what_is_there(None)
                break
        else:
            keys = [np.asarray(each.key, dtype=np.int64) for each in begun if len(each)]
            self._learn_what_is_there(distinct(np.concatenate(keys)) if keys else np.zeros(0, np.int64))
        yield from begun
        yield from left

    def _learn_what_is_there(self, among: Array | None) -> None:
        keys, digests = column_arrays(self.lake.files(), ("key", "digest"), source=self.source, among=among)
        self._there.learn(keys, digests)
        changes, wanted = self.lake.files("changes"), ("key", "digest", "(change = 'edited')")
        keys, digests, edited = column_arrays(changes, wanted, source=self.source, among=among)
        for key, digest in zip(keys.tolist(), digests.tolist(), strict=True):
            self._changes.setdefault(key, set()).add(digest)
        self._learn_the_orphans(distinct(keys[edited != 0]))

    def _learn_the_orphans(self, keys: Array) -> None:
        """Keys of which only a newer telling is left, because the import that first told them was undone."""
        there, _digests = self._there.find(keys)
        orphans = keys[~there]
        self._there.learn(orphans, np.full(len(orphans), NEITHER, np.int64))

    def _take(self, columns: Columns, fresh: Files, other: Files) -> None:
        """Sort one batch: new rows to `fresh`, rows that say otherwise and events to `other`."""
        self.done.people.update(columns.people)
        self.done.places.update(columns.places)
        if not len(columns):
            return
        self.done.reaches_us = max(self.done.reaches_us or 0, int(max(columns.happened_us)))
        if EVENTS.isdisjoint(columns.kind):
            rows, events = np.arange(len(columns)), []
        else:
            is_event = np.array([kind in EVENTS for kind in columns.kind])
            rows, events = np.flatnonzero(~is_event), np.flatnonzero(is_event).tolist()
        new, otherwise = self._sort(columns, rows)
        if len(new):
            picked = batches.chosen(columns, new)
            languages = self._languages.of(picked.identity, picked.text)
            fresh.add(batches.activities(picked, languages, **self.whose))
        if len(otherwise) or events:
            picked = batches.chosen(columns, np.array([*otherwise.tolist(), *events], dtype=np.int64))
            languages = self._languages.of(picked.identity, picked.text)
            other.add(batches.activities(picked, languages, **self.whose))

    def _sort(self, columns: Columns, rows: Array) -> tuple[Array, Array]:
        """Rows that are new, and rows whose key is known with another digest; the rest is counted."""
        keys = np.asarray(columns.key, dtype=np.int64)[rows]
        digests = np.asarray(columns.digest, dtype=np.int64)[rows]
        order = np.argsort(keys, kind="stable")
        keys, digests, rows = keys[order], digests[order], rows[order]
        first = np.ones(len(keys), dtype=np.bool_)
        first[1:] = keys[1:] != keys[:-1]
        there, their = self._there.find(keys)
        ours, our = self._ours.find(keys)
        new = first & ~there & ~ours
        again = ~new & ~there  # known from this same import: its digest is the first one's
        firsts = digests[np.maximum.accumulate(np.where(first, np.arange(len(keys)), 0))]
        held = np.where(ours, our, firsts)
        self._ours.learn(keys[new], digests[new])
        self.done.added += int(new.sum())
        twice = again & (digests == held)
        self.done.skipped[TWICE] += int(twice.sum())
        same = there & (digests == their)
        self._count_known(keys[same], first=first[same])
        otherwise = (again & ~twice) | (there & ~same)
        otherwise = self._without_known_changes(keys, digests, otherwise)
        return np.sort(rows[new]), np.sort(rows[otherwise])

    def _count_known(self, keys: Array, *, first: Mask) -> None:
        self.done.already += len(keys)
        self._seen.append(keys[first])

    def _without_known_changes(self, keys: Array, digests: Array, otherwise: Mask) -> Mask:
        """Leave out what an earlier import brought as a change."""
        for nth in np.flatnonzero(otherwise).tolist():
            key, digest = int(keys[nth]), int(digests[nth])
            if digest in self._changes.get(key, ()):
                otherwise[nth] = False
                self.done.already += 1
                self._seen_changes.append((key, digest))
        return otherwise

    def _finish(self, fresh: Files, other: Files, added: list[AddAction]) -> None:
        """Commit. A kill before the last commit leaves an import that is rolled back, after it one that stands."""
        changes = 0
        if other.rows:
            other.close()
            changes = self._change(fresh, other)
        told_at = self.done.reaches_us or 0
        if self.done.people:
            self._put("people", [batches.people(self.done.people, told_at=told_at, **self.whose)])
        if self.done.places:
            self._put("places", [batches.places(self.done.places, told_at=told_at, **self.whose)])
        if self._seen_rows():
            self._put("seen", self._seen_rows())
        if added or changes:
            self.lake.table("activities").commit(added, metadata=self._metadata())
        self.done.version = self.lake.version()
        self.done.skipped += Counter()  # drops what was never met
        other.abandon()

    def _change(self, fresh: Files, other: Files) -> int:
        """Decide what says otherwise than what is known, when all of it has been read; how many changes it makes."""
        found = changing.decide(
            activities=[*self.lake.files(), *map(str, fresh.paths)],
            changes=self.lake.files("changes"),
            people=self.lake.files("people"),
            other=[str(path) for path in other.paths],
            import_id=self.import_id,
            reaches_us=self.done.reaches_us or 0,
        )
        self.done.changed = found.changed
        self.done.already += found.again
        self._seen_changes += found.already
        self.done.skipped.update(found.skipped)
        if len(found.changes):
            self._put("changes", found.changes.to_batches())
        return len(found.changes)

    def _seen_rows(self) -> list[pa.RecordBatch]:
        rows = []
        keys = distinct(np.concatenate(self._seen)) if self._seen else np.zeros(0, np.int64)
        if len(keys):
            rows.append(batches.seen(keys, None, import_id=self.import_id))
        if pairs := sorted(set(self._seen_changes)):
            changed, digests = np.array(pairs, dtype=np.int64).T
            rows.append(batches.seen(changed, digests, import_id=self.import_id))
        return rows

    def _put(self, name: str, rows: list[Any]) -> None:
        table = self.lake.table(name)
        with new_files(table.folder, table.schema, named=f"import-{self.import_id}") as new:
            for batch in rows:
                new.add(batch)
            table.commit(new.close(), metadata=self._metadata())

    def _metadata(self) -> dict[str, str]:
        return {"import_id": str(self.import_id)}

"""Tables of messages: CSV and the like, and JSON Lines."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

import xxhash

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.archive.names import LOOSE, timeless
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Person, Place, Space, Tally, short
from thirdplace.foundation.connectors.connector import Asked, Connector, Recognised
from thirdplace.foundation.connectors.table_dates import Times, order_of
from thirdplace.foundation.connectors.table_guess import ORDER, Guess, checked, guess, refused
from thirdplace.foundation.connectors.table_rows import Shape, header_of, rows, shape_of
from thirdplace.foundation.translation import gettext, gettext_noop

UNTIMED = gettext_noop("A row without a time that can be read.")
EMPTY = gettext_noop("A row without words, title or kind: it says nothing.")
AUTHORLESS = gettext_noop("A row that does not say who wrote it; it was read without that.")
COUNTED = gettext_noop("A number of reactions, of which the table does not say whose they are.")
LEFT_OUT = gettext_noop("A column that is none of those that are read.")
OTHER = gettext_noop("A file that is no table, or has other columns than the first; import it by itself.")
STRANGE = gettext_noop("A kind that we do not know: read as a message.")

_TABLES = re.compile(r"\.(?:csv|tsv|tab|jsonl|ndjson)$", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>]{1,200}@[^\s@<>]{3,200}")
LOOKED_AT = 200  # rows that a guess is made from
MOST = 300_000  # people and channels that are remembered as told
_KINDS = {
    Kind.ASKED: "question asked vraag fråga",
    Kind.ANSWERED: "answer answered antwoord svar",
    Kind.COMMENTED: "comment commented remark opmerking kommentar",
    Kind.STARTED: "topic thread started opener onderwerp ämne tråd",
    Kind.REPLIED: "reply replied reactie replik",
    Kind.JOINED: "join joined channel_join lid gick",
    Kind.LEFT: "leave left channel_leave vertrokken lämnade",
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_PLAIN = {"", "message", "msg", "post", "text", "default", "said", "chat", "bericht", "meddelande", "inlägg"}


class Table(Connector):
    """A table of messages: a file of CSV, TSV or JSON Lines, or several with the same columns.

    Needs:   a row a message and names above the columns: one column tells when, another holds the words or a title.
             Which is which is guessed, shown and can be corrected; it is kept for the next table with the same columns.
    Brings:  messages with their channel, thread, title, own number and what they answer, where columns say so; people
             by number or name; questions, answers, comments, who joined and left, where a column says so.
    Resumes: no; a newer table adds what is new, and what was changed where rows have numbers of their own.
    Leaves:  columns that are none of these; numbers of reactions, as they do not say whose. A mail address stands for a
             person only as a fingerprint, by which whoever has the address can find it.
    """

    slug = "table"
    title = "Table"

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By rows as wide as their header, and a column of times."""
        names = _files(archive)
        seen = _seen(archive, names)
        if seen is None:
            return None
        found = seen[2]
        asks: tuple[Asked, ...] = ("columns", "zone") if found.zoneless or not found.enough else ("columns",)
        why = gettext("%(name)s is a table of %(count)s columns.") % {"name": names[0], "count": len(found.header)}
        unsaid = refused(found, found.mapping)
        return Recognised(
            connector=cls, why=why, sure=0.6, space=_space(archive), lacks=unsaid.what if unsaid else None,
            asks=asks, table=found,
        )  # fmt: skip

    def space(self) -> Space:
        """The table, by its name without dates."""
        return _space(self.archive)

    def read(self, tally: Tally) -> Iterator[Item]:
        """File by file, row by row."""
        self.archive.tell(tally)
        tally.found["rows"] = 0
        files = _files(self.archive)
        seen = _seen(self.archive, files)
        if seen is None:
            tally.skip(OTHER, files[0] if files else self.archive.name)
            return
        first, shape, found = seen
        mapping = found.mapping if self.mapping is None else checked(found.header, self.mapping)
        if (when := mapping.get("when")) and when != found.mapping.get("when"):
            order = order_of(_column(self.archive, when, files, shape))
            found = replace(found, mapping={**found.mapping, "when": when}, order=order)
        if (error := refused(found, mapping)) is not None:
            raise error
        for name in self.archive.names():
            if name not in files or not self._alike(name, shape, first):
                tally.skip(OTHER, name)
        whole = [name for name in files if self._alike(name, shape, first)]
        times = Times("month" if mapping.get(ORDER, found.order) == "month" else "day", self.zone)
        reading = _Reading(mapping, shape, times, tally, self.space())
        for name in whole:
            yield from self._file(name, shape, reading, tally)

    def _file(self, name: str, shape: Shape, reading: "_Reading", tally: Tally) -> Iterator[Item]:
        if unused := set(filter(None, shape.header)) - set(reading.mapping.values()):
            tally.skip(LEFT_OUT, name, len(unused))
        with self.archive.open(name, tally) as stream:
            for cells in rows(stream, shape, tally):
                tally.found["rows"] += 1
                yield from reading.row(cells, name)

    def _alike(self, name: str, shape: Shape, first: str) -> bool:
        """Whether a file has the columns of the first."""
        if name == first:
            return True
        if not shape.mark:
            return self.archive.head(name, 64).lstrip().startswith(b"{")
        with self.archive.open(name) as stream:
            return header_of(stream, shape) == shape.header


class _Reading:
    """Turns cells into items; remembers whom and what it told of."""

    def __init__(self, mapping: Mapping[str, str], shape: Shape, times: Times, tally: Tally, space: Space) -> None:
        self.mapping = mapping
        self._at = {role: shape.header.index(name) for role, name in mapping.items() if role != ORDER}
        self._times = times
        self._tally = tally
        self._space = space
        self._told: set[tuple[str, str]] = set()
        self._threads: set[int] = set()

    def row(self, cells: list[str], name: str) -> Iterator[Item]:
        """What one row says."""
        said = {role: cells[at].strip() for role, at in self._at.items()}
        happened_at = self._times.read(said["when"])
        if happened_at is None:
            self._tally.skip(UNTIMED, name)
            return
        kind, words = self._kind(said, name), said.get("text", "")
        if not words and not said.get("title") and kind not in (Kind.JOINED, Kind.LEFT):
            self._tally.skip(EMPTY, name)
            return
        if said.get("reactions") not in (None, "", "0"):
            self._tally.skip(COUNTED, name)
        person = _person(said)
        if person is None:
            self._tally.skip(AUTHORLESS, name)
        elif self._is_new("who", person.native):
            yield person
        channel = said.get("channel") or self._space.native
        if self._is_new("channel", channel):
            yield Place(
                native=channel, name=channel if said.get("channel") else self._space.name, flat="thread" not in said
            )
        yield Activity(
            native=said.get("id") or _digest(cells),
            kind=kind,
            happened_at=happened_at,
            who=None if person is None else person.native,
            channel=channel,
            thread=said.get("thread") or None,
            about=said.get("about") or None,
            title=short(said["title"]) if said.get("title") else None,
            text=None if kind in (Kind.JOINED, Kind.LEFT) else words,
            place=name,
        )

    def _is_new(self, what: str, native: str) -> bool:
        if (what, native) in self._told:
            return False
        if len(self._told) < MOST:
            self._told.add((what, native))
        return True

    def _kind(self, said: dict[str, str], name: str) -> Kind:
        """By the column of kinds, else by where the row stands."""
        named = said.get("kind", "").lower()
        opens = self._opens(said.get("thread", ""))
        if known := _KIND_OF.get(named):
            return known
        if named not in _PLAIN:
            self._tally.skip(STRANGE, name)
        if said.get("about"):
            return Kind.REPLIED
        if said.get("thread"):
            return Kind.STARTED if opens else Kind.REPLIED
        return Kind.SAID

    def _opens(self, thread: str) -> bool:
        """Whether this is the first row of its thread."""
        number = xxhash.xxh3_64_intdigest(thread.encode("utf-8", "surrogatepass"))
        new = number not in self._threads
        self._threads.add(number)
        return new


def _person(said: dict[str, str]) -> Person | None:
    """Known by number, else by name; an address stands for nobody in clear."""
    name, number = said.get("who", ""), said.get("who_id", "")
    if not name and not number:
        return None
    native = (number or name)[:2_000]
    if _ADDRESS.search(native):
        native = hashlib.sha256(native.lower().encode("utf-8", "surrogatepass")).hexdigest()[:32]
    shown = name or number
    if found := _ADDRESS.search(shown):
        shown = shown.replace(found[0], f"{found[0].partition('@')[0]}@…").strip()
    return Person(native=native, name=shown)


def _digest(cells: list[str]) -> str:
    """A number for a row that has none: of all that it says."""
    return hashlib.sha1("\x1f".join(cells).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def _files(archive: Archive) -> list[str]:
    return [name for name in archive.names() if _TABLES.search(name)]


def _seen(archive: Archive, files: list[str]) -> tuple[str, Shape, Guess] | None:
    """The first file that is a table of messages, its shape, and what its columns are taken for."""
    for name in files[:8]:
        shape = shape_of(archive.head(name))
        if shape is None:
            continue
        with archive.open(name) as stream:
            sample = list(islice(rows(stream, shape, Tally()), LOOKED_AT))
        found = guess(shape.header, sample)
        if found.order is None and not archive.peeked:
            found = replace(found, order=order_of(_column(archive, found.mapping["when"], files, shape)))
        if sample and ("when" in found.mapping or len(files) == len(archive.names())):
            return name, shape, found
    return None


def _column(archive: Archive, column: str, files: list[str], shape: Shape) -> Iterator[str]:
    """Every value of a column, in all files: day and month are told apart by all of them."""
    at = shape.header.index(column)
    for name in files:
        with archive.open(name) as stream:
            for cells in rows(stream, shape, Tally()):
                yield cells[at]


def _space(archive: Archive) -> Space:
    bare = _TABLES.sub("", archive.name)
    if bare == LOOSE:
        bare = _TABLES.sub("", next(iter(_files(archive)), bare).rsplit("/", 1)[-1])
    name = timeless(bare) or bare
    return Space(native=name, name=name)

"""Discord's messages straight into columns: a million of them in a few seconds."""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import xxhash

from thirdplace.foundation.connectors.base import Kind, Person, Place, Tally
from thirdplace.foundation.connectors.columns import KIND_DIGEST, ROWS, Columns, words_digest
from thirdplace.foundation.connectors.discord_format import (
    UNTIMED,
    Fields,
    People,
    Reaction,
    Reference,
    Where,
    about,
    uncollected,
)
from thirdplace.foundation.connectors.times import UNREADABLE, all_microseconds, one
from thirdplace.foundation.numbers import channel_number, identity_number, item_number, thread_number

_hash = xxhash.xxh3_64_intdigest
_REACTED = Kind.REACTED.value
_WORD = (1 << 64) - 1


class Batch:
    """Gathers messages of any number of files until they are worth a batch."""

    def __init__(self, source: int, people: People, tally: Tally) -> None:
        self._source = source
        self._people = people
        self._tally = tally
        self._item = f"item\x1f{source}\x1f"  # what `numbers.item_number` puts before a native id
        self._by_author: dict[bytes, int] = {}
        self._by_reader: dict[bytes, tuple[str, int]] = {}
        self.places: dict[int, Place] = {}
        self._empty()

    def _empty(self) -> None:
        self._met: dict[int, Person] = {}
        self._key: list[int] = []
        self._kind: list[str] = []
        self._said_at: list[str] = []
        self._edited_at: list[str | None] = []
        self._identity: list[int | None] = []
        self._channel: list[int] = []
        self._thread: list[int | None] = []
        self._about: list[int | None] = []
        self._title: list[str | None] = []
        self._text: list[str] = []
        self._native: list[str] = []
        self._place: list[str] = []
        self._reactions: list[tuple[int, int, int, str, str]] = []  # row, key, identity, label, native

    def __len__(self) -> int:
        return len(self._key) + len(self._reactions)

    def place(self, place: Place) -> None:
        """A channel that was met."""
        self.places[channel_number(self._source, place.native)] = place

    def add(self, told: Fields, kinds: list[str], at: Where, title: str | None) -> None:
        """Messages of one file, with what was done by each; the first one opens the thread of this title."""
        start, count = len(self._key), len(told.id)
        before = self._item + at.prefix
        self._key += [_hash((before + each).encode()) for each in told.id]
        self._native += [at.prefix + each for each in told.id]
        self._kind += kinds
        self._said_at += told.timestamp
        self._edited_at += told.timestamp_edited
        self._identity += self._authors(told.author)
        self._channel += [channel_number(self._source, at.channel)] * count
        self._thread += [None if at.thread is None else thread_number(self._source, at.thread)] * count
        self._about += [None if each is None else self._answered(each, at) for each in told.reference]
        self._text += told.content
        self._title += [title, *([None] * (count - 1))] if count else []
        self._place += [at.name] * count
        with uncollected():
            for row, reactions in enumerate(told.reactions, start):
                if reactions:
                    self._react(row, reactions)

    def _answered(self, reference: Reference, at: Where) -> int | None:
        native = about(reference, at.prefix)
        return None if native is None else item_number(self._source, native)

    def _authors(self, raws: Sequence[msgspec.Raw]) -> list[int | None]:
        """The numbers of authors: from what is known, unless one is new."""
        said = list(map(bytes, raws))
        known = self._by_author
        try:
            return [known[each] for each in said]
        except KeyError:
            return [known[each] if each in known else self._meet(each) for each in said]

    def _meet(self, said: bytes) -> int | None:
        native, new = self._people.meet(said, wrote=True)
        number = None if native is None else identity_number(self._source, native)
        if new is not None and number is not None:
            self._met[number] = new
        if len(self._by_author) >= People.MOST:
            self._by_author.clear()
        if number is not None:
            self._by_author[said] = number
        return number

    def _reacting(self, said: bytes) -> tuple[str, int] | None:
        native, new = self._people.meet(said, wrote=False)
        found = None if native is None else (native, identity_number(self._source, native))
        if new is not None and found is not None:
            self._met[found[1]] = new
        if len(self._by_reader) >= People.MOST:
            self._by_reader.clear()
        if found is not None:
            self._by_reader[said] = found
        return found

    def _react(self, row: int, reactions: tuple[Reaction, ...]) -> None:
        """Who reacted to a message, and with what: each is a row of its own."""
        native = self._native[row]
        known, kept, before = self._by_reader, self._reactions, self._item
        for reaction in reactions:
            label = self._people.emoji(bytes(reaction.emoji))
            begins = f"{native}:{label}:"
            for raw in reaction.users:
                said = bytes(raw)
                who = known[said] if said in known else self._reacting(said)
                if who is not None:
                    own = begins + who[0]
                    kept.append((row, _hash((before + own).encode()), who[1], label, own))

    def columns(self) -> Columns:
        """Everything gathered, messages first, then what was reacted to them; and begin anew."""
        happened = all_microseconds(self._said_at)
        edited = [None if each is None else _edited(each) for each in self._edited_at]
        rows = np.fromiter((each[0] for each in self._reactions), dtype=np.int64, count=len(self._reactions))
        where = rows.tolist()
        nothing = [None] * len(where)
        columns = Columns(
            key=_signed([*self._key, *(each[1] for each in self._reactions)]),
            kind=self._kind + [_REACTED] * len(where),
            happened_us=np.concatenate([happened, happened[rows]]),
            edited_us=[*edited, *nothing],
            identity=[*self._identity, *(each[2] for each in self._reactions)],
            channel=[*self._channel, *(self._channel[row] for row in where)],
            thread=[*self._thread, *(self._thread[row] for row in where)],
            about=[*self._about, *_signed([self._key[row] for row in where]).tolist()],
            label=[*([None] * len(self._key)), *(each[3] for each in self._reactions)],
            title=[*self._title, *nothing],
            text=[*self._text, *nothing],
            native=[*self._native, *(each[4] for each in self._reactions)],
            place=[*self._place, *(self._place[row] for row in where)],
            digest=self._digests(edited, where),
            people=self._met,
            places=self.places,
        )
        self.places = {}
        self._empty()
        return self._timed(columns)

    def _digests(self, edited: list[int | None], where: list[int]) -> Any:
        words = [_hash(text.encode()) if text else 0 for text in self._text]
        for row, (moment, title) in enumerate(zip(edited, self._title, strict=True)):
            if moment is not None or title:
                words[row] = words_digest(self._text[row], title, None, moment)
        labels: dict[str, int] = {}
        for *_, label, _native in self._reactions:
            if label not in labels:
                labels[label] = words_digest(None, None, label, None)
        words += [labels[each[3]] for each in self._reactions]
        kinds = [KIND_DIGEST[kind] for kind in self._kind] + [KIND_DIGEST[_REACTED]] * len(where)
        threads = [0 if each is None else each & _WORD for each in self._thread]
        threads += [threads[row] for row in where]
        columns = (np.array(each, dtype=np.uint64) for each in (words, kinds, threads))
        return np.bitwise_xor.reduce(list(columns)).view(np.int64)

    def _timed(self, columns: Columns) -> Columns:
        """Without the rows of which the time cannot be read."""
        bad = np.flatnonzero(columns.happened_us == UNREADABLE).tolist()
        if not bad:
            return columns
        for row in bad:
            if columns.kind[row] != _REACTED:
                self._tally.skip(UNTIMED, columns.place[row] or "")
        keep = [row for row in range(len(columns)) if row not in set(bad)]
        names = [name for name in columns.__dataclass_fields__ if name not in ("people", "places")]
        kept = {name: [getattr(columns, name)[row] for row in keep] for name in names}
        return Columns(**kept, people=columns.people, places=columns.places)


def _edited(said: str) -> int | None:
    moment = one(said)
    return None if moment == UNREADABLE else moment


def _signed(numbers: list[int]) -> Any:
    return np.array(numbers, dtype=np.uint64).view(np.int64)


FULL = ROWS - 6_000  # a chunk more must still fit into a batch

"""Discord's messages straight into columns: a million of them in a few seconds."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import xxhash

from thirdplace.foundation.connectors.base import Kind, Person, Place, Tally
from thirdplace.foundation.connectors.columns import KIND_DIGEST, ROWS, Columns, words_digest
from thirdplace.foundation.connectors.discord_format import EMOJI, UNTIMED, Message, People, Where, about
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
        self._numbers: dict[str, int] = {}  # of identities, by their native id
        self._labels: dict[bytes, str] = {}
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

    def add(self, messages: list[Message], kinds: list[str], at: Where, title: str | None) -> None:
        """Messages of one file, with what was done by each; the first one opens the thread of this title."""
        start, count = len(self._key), len(messages)
        ids = [each.id for each in messages]
        before = f"item\x1f{self._source}\x1f{at.prefix}"
        self._key += [_hash((before + each).encode()) for each in ids]
        self._native += [at.prefix + each for each in ids]
        self._kind += kinds
        self._said_at += [each.timestamp for each in messages]
        self._edited_at += [each.timestamp_edited for each in messages]
        self._identity += [self._who(each.author) for each in messages]
        self._channel += [channel_number(self._source, at.channel)] * count
        self._thread += [None if at.thread is None else thread_number(self._source, at.thread)] * count
        self._about += [None if each.reference is None else self._answers(each, at) for each in messages]
        self._text += [each.content for each in messages]
        self._title += [title, *([None] * (count - 1))] if count else []
        self._place += [at.name] * count
        for row, message in enumerate(messages, start):
            if message.reactions:
                self._react(row, message)

    def _answers(self, message: Message, at: Where) -> int | None:
        native = about(message, at.prefix)
        return None if native is None else item_number(self._source, native)

    def _who(self, raw: Any, *, wrote: bool = True) -> int | None:
        person, is_new = self._people.meet(raw, wrote=wrote)
        if person is None:
            return None
        number = self._numbers.get(person.native)
        if number is None:
            number = self._numbers[person.native] = identity_number(self._source, person.native)
        if is_new:
            self._met[number] = person
        return number

    def _react(self, row: int, message: Message) -> None:
        native = self._native[row]
        for label, who, raw in reacted(message, self._people, self._labels):
            number = self._numbers.get(who.native)
            if raw or number is None:
                number = self._numbers[who.native] = identity_number(self._source, who.native)
                self._met[number] = who
            own = f"{native}:{label}:{who.native}"
            key = _hash(f"item\x1f{self._source}\x1f{own}".encode())
            self._reactions.append((row, key, number, label, own))

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


def reacted(message: Message, people: People, labels: dict[bytes, str]) -> Iterator[tuple[str, Person, bool]]:
    """Each reaction of somebody who is named: with what, who, and whether that tells something new of them."""
    for reaction in message.reactions:
        raw = bytes(reaction.emoji)
        label = labels.get(raw)
        if label is None:
            emoji = EMOJI.decode(raw)
            label = labels[raw] = emoji.name or emoji.code or "?"
        for user in reaction.users:
            person, is_new = people.meet(user, wrote=False)
            if person is not None:
                yield label, person, is_new


def _edited(said: str) -> int | None:
    moment = one(said)
    return None if moment == UNREADABLE else moment


def _signed(numbers: list[int]) -> Any:
    return np.array(numbers, dtype=np.uint64).view(np.int64)


FULL = ROWS - 6_000  # a chunk more must still fit into a batch

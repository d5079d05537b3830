"""Zulip's messages straight into columns: most of the time then goes into reading their HTML."""

from typing import Any

import numpy as np
import xxhash

from thirdplace.foundation.connectors.base import Kind, Person, Place, short
from thirdplace.foundation.connectors.columns import KIND_DIGEST, ROWS, Columns, words_digest
from thirdplace.foundation.connectors.markup import plain
from thirdplace.foundation.connectors.zulip_files import Message, Topic
from thirdplace.foundation.numbers import channel_number, identity_number, item_number, thread_number

_hash = xxhash.xxh3_64_intdigest
_WORD = (1 << 64) - 1


class Batch:
    """Gathers messages of any number of topics until they are worth a batch."""

    def __init__(self, source: int) -> None:
        self._source = source
        self._item = f"item\x1f{source}\x1f"  # what `numbers.item_number` puts before a native id
        self._known: dict[str, int] = {}
        self.places: dict[int, Place] = {}
        self._empty()

    def _empty(self) -> None:
        self._met: dict[int, Person] = {}
        self._said: list[Message] = []
        self._kind: list[str] = []
        self._identity: list[int | None] = []
        self._channel: list[int] = []
        self._thread: list[int] = []
        self._about: list[int | None] = []
        self._title: list[str | None] = []
        self._place: list[str | None] = []

    def __len__(self) -> int:
        return len(self._said)

    def is_full(self, more: int) -> bool:
        """Whether so many more would be too many."""
        return len(self._said) + more > ROWS

    def place(self, place: Place) -> None:
        """A stream that was met."""
        self.places[channel_number(self._source, place.native)] = place

    def add(self, topic: Topic, said: list[Message], kinds: list[Kind], about: list[int | None]) -> None:
        """Messages of one topic, with what was done by each and which one it answers by name."""
        count = len(said)
        self._said += said
        self._kind += [kind.value for kind in kinds]
        self._identity += [self._author(each.sender_full_name) for each in said]
        self._channel += [channel_number(self._source, topic.stream)] * count
        self._thread += [thread_number(self._source, topic.thread)] * count
        self._about += [None if each is None else item_number(self._source, str(each)) for each in about]
        self._title += [short(topic.title) if kind is Kind.STARTED else None for kind in kinds]
        self._place += [topic.name] * count

    def _author(self, name: str) -> int | None:
        if not name:
            return None
        if name not in self._known:
            number = self._known[name] = identity_number(self._source, name)
            self._met[number] = Person(native=name, name=name)
        return self._known[name]

    def columns(self) -> Columns:
        """Everything gathered; and begin anew."""
        native = [str(each.id) for each in self._said]
        texts = [plain(each.content) for each in self._said]
        columns = Columns(
            key=_signed([_hash((self._item + each).encode()) for each in native]),
            kind=self._kind,
            happened_us=np.array([each.timestamp for each in self._said], dtype=np.int64) * 1_000_000,
            edited_us=[None] * len(native),
            identity=self._identity,
            channel=self._channel,
            thread=self._thread,
            about=self._about,
            label=[None] * len(native),
            title=self._title,
            text=[*texts],
            native=native,
            place=self._place,
            digest=self._digests(texts),
            people=self._met,
            places=self.places,
        )
        self.places = {}
        self._empty()
        return columns

    def _digests(self, texts: list[str]) -> Any:
        words = [words_digest(text, title, None, None) for text, title in zip(texts, self._title, strict=True)]
        kinds = [KIND_DIGEST[kind] for kind in self._kind]
        threads = [each & _WORD for each in self._thread]
        columns = (np.array(each, dtype=np.uint64) for each in (words, kinds, threads))
        return np.bitwise_xor.reduce(list(columns)).view(np.int64)


def _signed(numbers: list[int]) -> Any:
    return np.array(numbers, dtype=np.uint64).view(np.int64)

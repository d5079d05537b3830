"""Items on their way to the lake, as columns: plain data, so that neither side knows the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import xxhash

from thirdplace.foundation.connectors.base import Activity, Item, Kind, Person, Place
from thirdplace.foundation.numbers import channel_number, identity_number, item_number, thread_number

ROWS = 20_000  # of one batch: small enough for flat memory, large enough for speed

Numbers = list[Any] | np.ndarray[Any, np.dtype[np.int64]]  # a list may hold None
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_WORD = (1 << 64) - 1


@dataclass
class Columns:
    """Up to 20,000 activities. Each column is as long as `key`; lists may hold None, arrays are whole.

    Times are whole microseconds since 1970, UTC. people and places: those newly met, by their numbers; one may come
    again when more has become known of it.
    """

    key: Numbers = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    happened_us: Numbers = field(default_factory=list)
    edited_us: Numbers = field(default_factory=list)
    identity: Numbers = field(default_factory=list)
    channel: Numbers = field(default_factory=list)
    thread: Numbers = field(default_factory=list)
    about: Numbers = field(default_factory=list)
    label: list[str | None] = field(default_factory=list)
    title: list[str | None] = field(default_factory=list)
    text: list[str | None] = field(default_factory=list)
    native: list[str] = field(default_factory=list)
    place: list[str | None] = field(default_factory=list)
    digest: Numbers = field(default_factory=list)
    people: dict[int, Person] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.key)


def microseconds(moment: datetime) -> int:
    """An aware moment as whole microseconds since 1970, exactly."""
    return (moment - EPOCH) // _MICRO


def signed(value: int) -> int:
    """An unsigned 64-bit number as the signed one with the same bits."""
    return value - (1 << 64) if value >= 1 << 63 else value


def words_digest(text: str | None, title: str | None, label: str | None, edited_us: int | None) -> int:
    """A number of the words of an item, unsigned: equal means that they are already known."""
    value = xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass")) if text else 0
    if title or label or edited_us is not None:
        more = f"{title or ''}\x1f{label or ''}\x1f{'' if edited_us is None else edited_us}"
        value ^= xxhash.xxh3_64_intdigest(more.encode("utf-8", "surrogatepass"))
    return value


KIND_DIGEST = {kind.value: xxhash.xxh3_64_intdigest(kind.value.encode()) for kind in Kind}


def digest(item: Activity, edited_us: int | None, thread: int | None) -> int:
    """A number of everything that a source may change of an item: a message that got replies became their thread."""
    value = words_digest(item.wrote or item.text, item.title, item.label, edited_us) ^ KIND_DIGEST[item.kind.value]
    return signed(value ^ (0 if thread is None else thread & _WORD))


def gather(items: Iterable[Item], source: int) -> Iterator[Columns]:
    """Turn items into columns: the simple way, for formats where a message costs more to read than this does."""
    rows: list[tuple[Any, ...]] = []
    people: dict[int, Person] = {}
    places: dict[int, Place] = {}
    for item in items:
        if isinstance(item, Activity):
            rows.append(_row(item, source))
            if len(rows) == ROWS:
                yield _columns(rows, people, places)
                rows, people, places = [], {}, {}
        elif isinstance(item, Person):
            people[identity_number(source, item.native)] = item
        elif isinstance(item, Place):
            places[channel_number(source, item.native)] = item
    if rows or people or places:
        yield _columns(rows, people, places)


def _columns(rows: list[tuple[Any, ...]], people: dict[int, Person], places: dict[int, Place]) -> Columns:
    columns = Columns(*map(list, zip(*rows, strict=True)))  # type: ignore[arg-type]  # the columns, in their order
    columns.people, columns.places = people, places
    return columns


def _row(item: Activity, source: int) -> tuple[Any, ...]:
    """One activity, in the order of the columns."""
    edited_us = None if item.edited_at is None else microseconds(item.edited_at)
    thread = None if item.thread is None else thread_number(source, item.thread)
    return (
        item_number(source, item.native),
        item.kind.value,
        microseconds(item.happened_at),
        edited_us,
        None if item.who is None else identity_number(source, item.who),
        None if item.channel is None else channel_number(source, item.channel),
        thread,
        None if item.about is None else item_number(source, item.about),
        item.label,
        item.title,
        item.text,
        item.native,
        item.place,
        digest(item, edited_us, thread),
    )

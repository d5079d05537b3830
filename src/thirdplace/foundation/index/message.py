"""A message as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from thirdplace.foundation.connectors.base import SPOKEN, Kind
from thirdplace.foundation.connectors.columns import microseconds
from thirdplace.foundation.lake.batches import moment

INDEXED = frozenset(kind.value for kind in (*SPOKEN, Kind.JOINED))


@dataclass(frozen=True, slots=True)
class Message:
    """What a member said, as it stands. Numbers, not names: the database knows who and where."""

    key: int
    source: int
    channel: int | None
    thread: int | None
    identity: int | None
    kind: str
    happened_at: datetime  # aware
    edited_at: datetime | None
    about: int | None  # key of what it answers
    language: str | None
    title: str | None
    text: str | None
    native: str
    place: str | None

    @property
    def cursor(self) -> tuple[int, int]:
        """Where it stands in time: the place to go on from."""
        return microseconds(self.happened_at), self.key


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[Any, ...]).decode


def packed(row: Sequence[Any]) -> bytes:
    """A row of the lake, times in microseconds, as the index keeps it: document.COLUMNS."""
    return _encode(row)


def told(kept: bytes) -> tuple[Any, ...]:
    """The row of the lake from what the index keeps."""
    return _decode(kept)


def unpacked(kept: bytes) -> Message:
    """A message from what the index keeps."""
    key, source, channel, thread, identity, kind, happened, edited, *rest, _import_id = _decode(kept)
    edited_at = None if edited is None else moment(edited)
    return Message(key, source, channel, thread, identity, kind, moment(happened), edited_at, *rest)

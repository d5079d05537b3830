"""The messages of one file, a few thousand at a time: one document of any size in flat memory."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator

from thirdplace.foundation.connectors.archive import Stream
from thirdplace.foundation.connectors.base import Tally
from thirdplace.foundation.connectors.discord_format import (
    HEAD,
    MESSAGE,
    MESSAGES,
    MISCOUNTED,
    UNKNOWN,
    Channel,
    Guild,
    Head,
    Message,
)
from thirdplace.foundation.connectors.jsonrows import WRONG, salvaged

SIZE = 512 << 10  # with what is made of it, about what a processor keeps near; 2 MB costs a seventh more
LONGEST = 64 << 20  # bytes of one message; beyond, it is none

_LIST = re.compile(rb'"messages"\s*:\s*\[')
_BEGINS = re.compile(rb'\{\s*"id"\s*:\s*"?\w*"?\s*,\s*"type"\s*:')
_SEPARATES = re.compile(rb'\}\s*,\s*\{\s*"id"\s*:(?=\s*"?\w*"?\s*,\s*"type"\s*:)')
_CHANNEL_ID = re.compile(r'"channel"\s*:\s*\{\s*"id"\s*:\s*"(\d+)"')
_GUILD_ID = re.compile(r'"guild"\s*:\s*\{\s*"id"\s*:\s*"(\d+)"')
_SORT = re.compile(r'"type"\s*:\s*"((?:Guild|Direct)\w+)"')
_CATEGORY = re.compile(r'"categoryId"\s*:\s*"(\d+)"')
_NAMED = re.compile(r"\[(\d+)\](?: \[part \d+\])?\.json$")
_ENDS = re.compile(rb'\]\s*(?:,\s*"messageCount"\s*:\s*(\d+)\s*)?\}\s*\Z')


def head_of(beginning: bytes, name: str = "") -> Head | None:
    """What a file says of itself before its messages; None when it is no channel's file.

    Of a damaged beginning what can be made out is taken, the channel at the worst from the file's name.
    """
    beginning = beginning.removeprefix(BOM_UTF8)
    found = _LIST.search(beginning)
    first = _BEGINS.search(beginning)
    if found is not None:
        try:
            return HEAD.decode(beginning[: found.end()] + b"]}")
        except WRONG:
            found = None
    if first is None:
        return None
    above = beginning[: first.start()].decode("utf-8", "replace")
    channel = _CHANNEL_ID.search(above) or _NAMED.search(name)
    if channel is None:
        return None
    guild = _GUILD_ID.search(above)
    sort, parent = _SORT.search(above), _CATEGORY.search(above)
    return Head(
        guild=Guild(id=guild[1] if guild else UNKNOWN),
        channel=Channel(
            id=channel[1],
            type=sort[1] if sort else "GuildTextChat",
            category_id=parent[1] if parent else None,
            name=channel[1],
        ),
        is_damaged=True,
    )


def _is_one(said: dict[str, object]) -> bool:
    return all(name in said for name in ("id", "type", "timestamp", "author"))


class Chunks:
    """Reads one file: keeps a buffer that begins with `[`, and cuts it after the last whole message.

    What separates messages is learned from the first two. No string can hold it: in JSON a quote or a line's end
    inside a string is written otherwise. The decode succeeding proves the cut; where it fails, that stretch is read
    message by message.
    """

    def __init__(self, stream: Stream, tally: Tally) -> None:
        self._stream = stream
        self._tally = tally
        self._buffer = bytearray(SIZE)
        self._full = 0  # bytes of the buffer in use
        self._passed = 0  # bytes of the file before the buffer
        self._separator = b""
        self._count = 0

    def __iter__(self) -> Iterator[list[Message]]:
        if not self._begin():
            return
        while self._fill():
            cut = self._cut()
            if cut:
                yield from self._decoded(cut)
                self._keep_from(cut)
            elif self._separator:
                self._separator = b""  # written otherwise than at the beginning: learn it again
            elif not self._grow():
                yield from self._rest()
                return
        yield from self._rest()

    def _fill(self) -> bool:
        """Read until the buffer is full; False at the end of the file."""
        view = memoryview(self._buffer)
        while self._full < len(self._buffer):
            got = self._stream.readinto(view[self._full :])
            if not got:
                return False
            self._full += got
        return True

    def _grow(self) -> bool:
        """A message longer than the buffer: a larger one, within bounds."""
        if len(self._buffer) >= LONGEST:
            return False
        larger = bytearray(2 * len(self._buffer))
        larger[: self._full] = self._buffer[: self._full]
        self._buffer = larger
        return True

    def _begin(self) -> bool:
        """Go to the list of messages."""
        self._fill()
        found = _LIST.search(self._buffer, 0, self._full)
        first = _BEGINS.search(self._buffer, found.end() if found else 1, self._full)
        if found is None and first is None:
            return False
        self._keep_from(found.end() - 1 if found else self._before(first))
        return True

    def _before(self, first: re.Match[bytes] | None) -> int:
        """Where the list begins when its own name is damaged: at the bracket before the first message."""
        at = first.start() if first else 1
        return max(0, self._buffer.rfind(b"[", 0, at), self._buffer.rfind(b",", 0, at)) or at - 1

    def _keep_from(self, start: int) -> None:
        """Move what has not been read to the front."""
        rest = self._full - start
        self._buffer[:rest] = self._buffer[start : self._full]
        self._full = rest
        self._passed += start

    def _cut(self) -> int:
        """Where the last whole message ends, at the comma after it; 0 when there is none."""
        if not self._separator and (first := _SEPARATES.search(self._buffer, 0, self._full)):
            self._separator = first[0]
        end = self._full
        while self._separator and (at := self._buffer.rfind(self._separator, 0, end)) > 0:
            if _SEPARATES.match(self._buffer, at, self._full):
                return self._buffer.index(b",", at)
            end = at + len(self._separator) - 1
        return 0

    def _decoded(self, cut: int) -> Iterator[list[Message]]:
        """The messages before a cut: the comma there becomes the end of this list, then the beginning of the next."""
        self._buffer[0] = 0x5B
        self._buffer[cut] = 0x5D
        view = memoryview(self._buffer)[: cut + 1]
        try:
            messages = MESSAGES.decode(view)
        except WRONG:
            messages = self._one_by_one(bytes(view))
        self._buffer[cut] = 0x5B
        self._count += len(messages)
        yield messages

    def _rest(self) -> Iterator[list[Message]]:
        """What follows the last cut, until the end of the list, or of a file that has lost it."""
        ends = _ENDS.search(self._buffer, max(0, self._full - 256), self._full)
        self._buffer[0] = 0x5B
        if ends is None:
            messages = self._one_by_one(bytes(memoryview(self._buffer)[: self._full]))
        else:
            try:
                messages = MESSAGES.decode(memoryview(self._buffer)[: ends.start() + 1])
            except WRONG:
                messages = self._one_by_one(bytes(memoryview(self._buffer)[: ends.start() + 1]))
        self._count += len(messages)
        if ends is not None and ends[1] is not None and len(ends[1]) < 18 and int(ends[1]) != self._count:
            self._tally.skip(MISCOUNTED, self._stream.name, abs(int(ends[1]) - self._count))
        yield messages

    def _one_by_one(self, stretch: bytes) -> list[Message]:
        return list(salvaged(stretch, MESSAGE, _is_one, self._tally, f"{self._stream.name} @ {self._passed}"))

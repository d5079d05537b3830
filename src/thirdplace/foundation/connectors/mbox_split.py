"""One mbox file as its messages, front to back, whatever its size."""

import re
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import NamedTuple

from thirdplace.foundation.connectors.archive import Stream
from thirdplace.foundation.connectors.archive import names as reasons
from thirdplace.foundation.connectors.base import Tally
from thirdplace.foundation.connectors.mbox_headers import LONGEST_HEAD
from thirdplace.foundation.translation import gettext_noop

NO_MESSAGE = gettext_noop("A line that looks like the beginning of a mail and is none: it was read as words.")
BEFORE = gettext_noop("What stands before the first mail of a file, or where the beginning of one is damaged.")
TOO_LONG = gettext_noop("A mail of more than 16 MB: its beginning was read.")
HEAD_CUT = gettext_noop("A mail with more than 64 kB of headers: the first of them were read.")
BOMB = gettext_noop("A packed file that grows more than two hundred times: it was read as far as that.")

PIECE = 1 << 18
LARGEST = 16 << 20
GROWTH, ALLOWED = 200, 64 << 20  # a packed file may grow so many times, and always to so many bytes

_BEGIN = b"\n\nFrom "
_DATED = re.compile(rb"\d{4}(?: [+-]\d{4})?$")
_HEADER = re.compile(rb">?[!-9;-~]{1,80}:|>From ")
_ID = re.compile(rb"(?im)^Message-ID:\s*(<[^>\n]*>)")
LOOKS = re.compile(rb"(?:\A|\n\r?\n)From [^\n]{1,300}\d{4}(?: [+-]\d{4})?\r?\n>?[!-9;-~]{1,80}:")


class Raw(NamedTuple):
    """One mail in its bytes. line: the one before it. ids: every Message-ID header in it, also of forwarded mail."""

    line: bytes
    head: bytes
    body: bytes
    ids: list[bytes]


def mails(stream: Stream, tally: Tally) -> Iterator[Raw]:
    """The mails of a file, as far as it can be read; what is lost is said."""
    pending: bytes | None = None
    for segment in _segments(stream, tally):
        if _is_mail(segment):
            if pending is not None:
                yield _raw(pending, stream.name, tally)
            pending = segment
        elif pending is None:
            tally.skip(BEFORE, stream.name)
            yield Raw(b"", b"", b"", _ids(segment))
        else:
            tally.skip(NO_MESSAGE, stream.name)
            pending += b"\n" + segment
    if pending is not None:
        if not pending.endswith(b"\n") and not stream.torn:
            tally.skip(reasons.TORN, stream.name)
        yield _raw(pending, stream.name, tally)


def _raw(segment: bytes, name: str, tally: Tally) -> Raw:
    ends = segment.find(b"\n")
    head, _, body = segment[ends + 1 :].partition(b"\n\n")
    if len(head) > LONGEST_HEAD:
        tally.skip(HEAD_CUT, name)
    return Raw(segment[:ends], head, body, _ids(segment))


def _ids(segment: bytes) -> list[bytes]:
    """Nearly always one; a look for the word is much cheaper than the expression."""
    low = segment.lower()
    at = low.find(b"message-id:")
    if at < 0:
        return []
    if low.find(b"message-id:", at + 11) < 0:
        found = _ID.match(segment, at) if at == 0 or segment[at - 1] == 10 else None
        return [found[1]] if found else []
    return _ID.findall(segment)


def _is_mail(segment: bytes) -> bool:
    ends = segment.find(b"\n")
    return segment.startswith(b"From ") and ends >= 0 and _HEADER.match(segment, ends + 1) is not None


def _segments(stream: Stream, tally: Tally) -> Iterator[bytes]:
    """Stretches that begin with a dated From line after an empty one; what stands before the first comes too."""
    held, looked, dropping, begun = b"", 0, False, False
    for piece in _pieces(stream, tally):
        held += piece
        if not begun and b"\n" in held:
            begun = True
            tally.found["from_lines"] += _dated(held[: held.find(b"\n")])
        begin, at = 0, held.find(_BEGIN, looked)
        while at >= 0 and (ends := held.find(b"\n", at + len(_BEGIN))) >= 0:
            if _DATED.search(held, max(at, ends - 12), ends):
                tally.found["from_lines"] += 1
                if not dropping:
                    yield held[begin : at + 1]
                begin, dropping = at + 2, False
            at = held.find(_BEGIN, at + 2)
        looked = (at if at >= 0 else max(begin, len(held) - len(_BEGIN) + 1)) - begin
        held = held[begin:]
        if len(held) > LARGEST:
            if not dropping:
                tally.skip(TOO_LONG, stream.name)
                yield held[:LARGEST] + b"\n"
            held, looked, dropping = held[-8:], 0, True
    if held.strip() and not dropping:
        yield held


def _dated(line: bytes) -> bool:
    return line.startswith(b"From ") and _DATED.search(line) is not None


def _pieces(stream: Stream, tally: Tally) -> Iterator[bytes]:
    """The bytes of a file with its packing, its mark and its line ends taken off."""
    first = stream.read(PIECE)
    packed = first.startswith(b"\x1f\x8b")
    pieces = _unpacked(first, stream, tally) if packed else _read_on(first, stream)
    held, windows = b"", None
    for piece in pieces:
        if windows is None:
            piece = piece.removeprefix(BOM_UTF8).lstrip(b"\r\n")
            windows = piece[: piece.find(b"\n")].endswith(b"\r") if b"\n" in piece else False
        if windows:
            piece = held + piece
            held = b"\r" if piece.endswith(b"\r") else b""
            piece = piece.removesuffix(held).replace(b"\r\n", b"\n")
        yield piece


def _read_on(first: bytes, stream: Stream) -> Iterator[bytes]:
    while first:
        yield first
        first = stream.read(PIECE)


def _unpacked(first: bytes, stream: Stream, tally: Tally) -> Iterator[bytes]:
    """What a gz file holds; several may stand one after the other."""
    inflate, taken, given, piece = zlib.decompressobj(31), 0, 0, first
    while piece:
        taken += len(piece)
        try:
            while piece:
                plain = inflate.decompress(piece, PIECE)
                given += len(plain)
                if given > max(ALLOWED, GROWTH * taken):
                    tally.skip(BOMB, stream.name)
                    return
                if plain:
                    yield plain
                piece = inflate.unconsumed_tail
                if inflate.eof and (piece := inflate.unused_data.lstrip(b"\0")):
                    inflate = zlib.decompressobj(31)
        except zlib.error:
            tally.skip(reasons.DAMAGED, stream.name)
            return
        piece = stream.read(PIECE)
        if inflate.eof and piece:
            inflate = zlib.decompressobj(31)
    if not inflate.eof and not stream.torn:
        tally.skip(reasons.TORN, stream.name)


def begins(stream: Stream, size: int) -> bytes:
    """The beginning of a file, unpacked."""
    pieces, found = _pieces(stream, Tally()), b""
    for piece in pieces:
        found += piece
        if len(found) >= size:
            break
    return found

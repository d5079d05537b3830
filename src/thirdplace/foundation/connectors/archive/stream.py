"""Bytes of one file, wherever it stands: reading never fails, it ends early and says why."""

import bz2
import codecs
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from types import TracebackType
from typing import IO, Protocol, Self

from thirdplace.foundation.connectors.archive import names
from thirdplace.foundation.connectors.base import Tally

BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, ValueError)
PIECE = 1 << 16


class Readable(Protocol):
    """What can be read and closed."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to so many bytes; nothing at the end."""

    def close(self) -> None:
        """Let go of it."""


class Damaged(Exception):
    """The bytes end before their time, or are not what they should be. why: a reason of `names`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Stream:
    """One file of an archive, opened. `torn` holds the reason when its end was not reached or it is damaged."""

    def __init__(self, name: str, inner: Readable, tally: Tally | None) -> None:
        self.name = name
        self.torn: str | None = None
        self._inner = inner
        self._tally = tally
        self._began = False
        self._recode: codecs.IncrementalDecoder | None = None
        self._more = b""  # read and not yet given, when a piece of memory was too small for it

    def read(self, size: int = -1) -> bytes:
        """Up to so many bytes; nothing at the end, or where the damage begins. The loss is said in the tally.

        A file that says at its beginning that it is UTF-16 comes as UTF-8: all formats here are.
        """
        piece = self._piece(size)
        if not self._began:
            self._began = True
            if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                self._recode = codecs.getincrementaldecoder("utf-16")("replace")
        if self._recode is None or not piece:
            return piece
        return self._recode.decode(piece).encode("utf-8", "replace") or self.read(size)

    def _piece(self, size: int) -> bytes:
        if self.torn:
            return b""
        try:
            piece = self._inner.read(size)
        except Damaged as damaged:
            return self._tear(damaged.why)
        except BROKEN:
            return self._tear(names.DAMAGED)
        if self._tally is not None:
            self._tally.done += len(piece)
        return piece

    def readinto(self, view: memoryview) -> int:
        """Fill a piece of memory as far as one reading does; 0 at the end. Saves a copy where files stand unpacked."""
        into = getattr(self._inner, "readinto", None)
        if into is None or self.torn or not self._began or self._recode is not None:
            piece = self._more or self.read(len(view) if self._began else 4)
            given, self._more = piece[: len(view)], piece[len(view) :]
            view[: len(given)] = given
            return len(given)
        try:
            size = int(into(view) or 0)
        except BROKEN:
            return len(self._tear(names.DAMAGED))
        if self._tally is not None:
            self._tally.done += size
        return size

    def whole(self, most: int) -> bytes:
        """All of it; of a file of more bytes than this only the beginning, and the loss is said."""
        pieces: list[bytes] = []
        size = 0
        while piece := self.read(min(1 << 20, most + 1 - size)):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                self._tear(names.TOO_LARGE)
        return b"".join(pieces)[:most]

    def _tear(self, why: str) -> bytes:
        self.torn = why
        if self._tally is not None:
            self._tally.skip(why, self.name)
        return b""

    def close(self) -> None:
        """Let go of the file."""
        self._inner.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class Inflating:
    """Unpacks one file of a zip by itself, so that what stands before a damage is not lost with it."""

    def __init__(self, inner: IO[bytes], packed: int | None, size: int | None, method: int, crc: int | None) -> None:
        self._inner = inner
        self._packed = packed  # bytes left of the packed ones; None where the zip does not tell
        self._left = size
        self._crc_said = crc
        self._crc = 0
        self._out: Callable[[int], bytes] = self._stored if method == zipfile.ZIP_STORED else self._inflated
        self._inflate = zlib.decompressobj(-15)
        self._over = False

    def read(self, size: int = -1, /) -> bytes:
        """Up to so many bytes. Raises Damaged where they end too early, after giving all that came before."""
        if size < 0:
            pieces = list(iter(lambda: self.read(PIECE), b""))
            return b"".join(pieces)
        if self._over:
            return b""
        piece = self._out(size)
        if self._left is not None:
            piece = piece[: self._left]
            self._left -= len(piece)
        self._crc = zlib.crc32(piece, self._crc)
        if not piece:
            self._over = True
            if self._left:
                raise Damaged(names.TORN)
            if self._crc_said is not None and self._crc != self._crc_said:
                raise Damaged(names.CHECKSUM)
        return piece

    def _fetch(self, size: int) -> bytes:
        piece = self._inner.read(size if self._packed is None else min(size, self._packed))
        if self._packed is not None:
            self._packed -= len(piece)
        return piece

    def _stored(self, size: int) -> bytes:
        return self._fetch(size)

    def _inflated(self, size: int) -> bytes:
        while not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._fetch(PIECE)
            piece = self._inflate.decompress(packed, size)
            if piece:
                return piece
            if not packed:
                raise Damaged(names.TORN)
        return b""

    def used(self) -> int:
        """How far the packed bytes went, once all has been read: where the next file of a torn zip begins."""
        return self._inner.tell() - len(self._inflate.unused_data)

    def close(self) -> None:
        """Let go of the zip."""
        self._inner.close()


def unpacking(inner: IO[bytes], suffix: str) -> IO[bytes]:
    """A stream with its gz, xz or bz2 taken off."""
    takers: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
        "gz": lambda packed: gzip.GzipFile(fileobj=packed),  # type: ignore[dict-item, return-value]
        "xz": lzma.LZMAFile,
        "bz2": bz2.BZ2File,
    }
    return takers[suffix](inner) if suffix in takers else inner


def packing(head: bytes) -> str:
    """How something is packed, by its first bytes: zip, 7z, gz, xz, bz2, tar, or nothing."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "7z"
    if head.startswith(b"\x1f\x8b"):
        return "gz"
    if head.startswith(b"\xfd7zXZ\x00"):
        return "xz"
    if head.startswith(b"BZh"):
        return "bz2"
    return "tar" if head[257:262] == b"ustar" else ""

"""Zip archives, read in place; one without its end is read file by file from its beginning."""

import stat
import struct
import zipfile
from pathlib import Path
from typing import IO

from thirdplace.foundation.connectors.archive import names
from thirdplace.foundation.connectors.archive.shelf import Shelf
from thirdplace.foundation.connectors.archive.spool import LIMIT, too_large
from thirdplace.foundation.connectors.archive.stream import BROKEN, PIECE, Damaged, Inflating, Readable
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.translation import gettext

_LOCAL = struct.Struct("<4sHHHHHIIIHH")  # signature, version, flags, method, time, day, crc, packed, size, name, extra
_SIGNATURE = b"PK\x03\x04"
_LOCKED, _SIZES_AFTER, _UTF8 = 0x1, 0x8, 0x800
_OURS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_THEIRS = (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


class Zipped(Shelf):
    """A zip by its table of contents, or, where that is lost, by what stands before each file."""

    def __init__(self, path: Path, limit: int | None) -> None:
        super().__init__()
        self._path = path
        self._limit = LIMIT if limit is None else limit
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self._cut = False
        self._zip: zipfile.ZipFile | None = None
        try:
            self._zip = zipfile.ZipFile(path)
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, UnicodeDecodeError):
            infos = self._scanned()
            self.refuse(names.CUT, path.name)
        self._named_alike(infos)
        for info in infos:
            self._take(info)
        if sum(self.sizes.values()) > self._limit:
            raise too_large(self._limit)
        if not infos:
            raise ThirdplaceError(
                gettext("%(name)s begins like a zip, and nothing in it can be read.") % {"name": path.name},
                gettext("Fetch or make the export again, and import that."),
            )

    def _named_alike(self, infos: list[zipfile.ZipInfo]) -> None:
        """A name that is damaged in the table of contents still stands in front of its file."""
        with self._path.open("rb") as file:
            for info in infos:
                before = _local(file, info.header_offset)
                if before is not None and before.orig_filename != info.orig_filename:
                    self.refuse(names.RENAMED, info.filename)
                    info.filename = before.filename

    def _take(self, info: zipfile.ZipInfo) -> None:
        mode = info.external_attr >> 16
        if info.filename.endswith("/"):
            return
        if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            self.refuse(names.LINK, info.filename)
        elif info.flag_bits & _LOCKED:
            self.refuse(names.LOCKED, info.filename)
        elif info.compress_type not in _OURS + _THEIRS:
            self.refuse(names.PACKED, info.filename)
        elif plain := self.admit(info.filename, info.file_size):
            self._infos[plain] = info

    def open(self, name: str) -> Readable:
        """One file, unpacked as it is read."""
        info = self._infos[name]
        if info.compress_type in _THEIRS and self._zip is not None:
            return self._zip.open(info)
        file = self._path.open("rb", buffering=PIECE)
        try:
            _to_data(file, info.header_offset)
        except Damaged:
            file.close()
            raise
        after = self._cut and info.flag_bits & _SIZES_AFTER
        if after:
            return Inflating(file, None, None, info.compress_type, None)
        return Inflating(file, info.compress_size, info.file_size, info.compress_type, info.CRC)

    def _scanned(self) -> list[zipfile.ZipInfo]:
        """Files found one after the other, from the beginning until nothing more can be made out."""
        self._cut = True
        infos: list[zipfile.ZipInfo] = []
        at: int | None = 0
        unpacked = 0
        with self._path.open("rb") as file:
            while at is not None and (info := _local(file, at)) is not None:
                infos.append(info)
                at, size = self._next(info, file)
                info.file_size = info.file_size or size
                unpacked += info.file_size
                if unpacked > self._limit:
                    raise too_large(self._limit)
        return infos

    def _next(self, info: zipfile.ZipInfo, file: IO[bytes]) -> tuple[int | None, int]:
        """Where the next file begins, None when this one is the last; and the size of this one."""
        start = file.tell()
        if not info.flag_bits & _SIZES_AFTER:
            return start + info.compress_size, info.file_size
        if info.compress_type != zipfile.ZIP_DEFLATED:
            return None, 0
        inflating = Inflating(file, None, None, info.compress_type, None)
        size = 0
        try:
            while piece := inflating.read(PIECE):
                size += len(piece)
                if size > self._limit:
                    raise too_large(self._limit)
        except (Damaged, *BROKEN):
            return None, size
        return _found_after(file, inflating.used()), size

    def close(self) -> None:
        """Let go of the zip."""
        if self._zip is not None:
            self._zip.close()


def _to_data(file: IO[bytes], offset: int) -> None:
    """Go to where a file's own bytes begin."""
    file.seek(offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(_SIGNATURE):
        raise Damaged(names.DAMAGED)
    fields = _LOCAL.unpack(head)
    file.seek(fields[9] + fields[10], 1)


def _local(file: IO[bytes], offset: int) -> zipfile.ZipInfo | None:
    """What stands before a file; the stream is then at its bytes."""
    file.seek(offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(_SIGNATURE):
        return None
    _, _, flags, method, _, _, crc, packed, size, name_size, extra = _LOCAL.unpack(head)
    name = file.read(name_size)
    file.seek(extra, 1)
    info = zipfile.ZipInfo(name.decode("utf-8" if flags & _UTF8 else "cp437", "replace") or "?")
    info.flag_bits, info.compress_type, info.CRC = flags, method, crc
    info.compress_size, info.file_size, info.header_offset = packed, size, offset
    return info


def _found_after(file: IO[bytes], offset: int) -> int | None:
    """Past the few bytes that tell a file's sizes after it."""
    file.seek(offset)
    near = file.read(64).find(_SIGNATURE)
    return None if near < 0 else offset + near

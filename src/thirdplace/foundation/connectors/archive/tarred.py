"""Tar archives, packed or not, and single packed files: unpacked once into the spool, front to back."""

import tarfile
from collections.abc import Callable
from os import SEEK_END
from pathlib import Path
from typing import IO

from thirdplace.foundation.connectors.archive import names
from thirdplace.foundation.connectors.archive.shelf import Shelf
from thirdplace.foundation.connectors.archive.spool import Spool
from thirdplace.foundation.connectors.archive.stream import BROKEN, Readable, unpacking

BLOCK = 512
PEEK = 64_000_000  # bytes looked at before it is known what this is


class Tarred(Shelf):
    """A tar, or one file packed as gz, xz or bz2."""

    def __init__(self, path: Path, packed: str, spool: Callable[[], Spool], *, peek: bool) -> None:
        super().__init__()
        self._path = path
        self._packed = packed
        self._spool = spool()
        self._paths: dict[str, Path] = {}
        with path.open("rb") as file, unpacking(file, packed) as whole:
            plain = self._spool.bounded(whole)
            if not self._is_tar():
                self._one(plain)
                return
            try:
                with tarfile.open(fileobj=plain, mode="r|", errorlevel=0, ignore_zeros=True) as tar:  # type: ignore[call-overload]
                    self._unpack(tar, peek=peek)
            except BROKEN:
                self.refuse(names.CUT, path.name)

    def _is_tar(self) -> bool:
        try:
            with self._path.open("rb") as file, unpacking(file, self._packed) as plain:
                head = plain.read(512)
        except BROKEN:
            return ".t" in self._path.name  # cut off before its first file could be unpacked
        try:
            tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
        except tarfile.HeaderError:
            return False
        return True

    def _unpack(self, tar: tarfile.TarFile, *, peek: bool) -> None:
        end = 0
        for info in tar:
            if info.offset > end and end:
                self.refuse(names.DAMAGED, self._path.name)
            end = info.offset_data + (info.size + BLOCK - 1) // BLOCK * BLOCK
            if peek and self._spool.taken > PEEK:
                self.partial = True
                return
            if info.isdir():
                continue
            if not info.isreg() or info.issparse():
                self.refuse(names.LINK, info.name)
                continue
            if (plain := self.admit(info.name, info.size)) and (inner := tar.extractfile(info)):
                self._write(plain, inner)
        if not self._packed:
            self._look_behind(end)

    def _look_behind(self, end: int) -> None:
        """What stands after the last file should be nothing, but an end that says that it is one."""
        with self._path.open("rb") as file:
            if file.seek(0, SEEK_END) < end + BLOCK:
                self.refuse(names.CUT, self._path.name)
            file.seek(end)
            while piece := file.read(1 << 20):
                if piece.strip(b"\x00"):
                    self.refuse(names.DAMAGED, self._path.name)
                    return

    def _one(self, plain: Readable) -> None:
        """A single file: its name is the archive's without the last ending."""
        name = self.admit(self._path.stem, 0)
        if name:
            try:
                self._write(name, plain)
            except BROKEN:
                self.refuse(names.CUT, self._path.name)

    def _write(self, name: str, inner: Readable) -> None:
        """Unpack one file. When the archive ends within it, its beginning is kept."""
        path = self._paths[name] = self._spool.make()
        path.touch()
        try:
            self._spool.write(inner, path)
        finally:
            self.sizes[name] = path.stat().st_size

    def open(self, name: str) -> IO[bytes]:
        """One unpacked file."""
        return self._paths[name].open("rb", buffering=0)

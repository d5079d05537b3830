"""7z archives: unpacked once into the spool, or, to see what they are, only the one file that is looked at."""

import lzma
from collections.abc import Callable
from pathlib import Path
from typing import IO

import py7zr
from py7zr.exceptions import ArchiveError
from py7zr.io import Py7zIO, WriterFactory

from thirdplace.foundation.connectors.archive import names
from thirdplace.foundation.connectors.archive.shelf import Shelf
from thirdplace.foundation.connectors.archive.spool import LIMIT, Spool, too_large
from thirdplace.foundation.connectors.archive.stream import BROKEN, Damaged
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.translation import gettext

_BROKEN = (*BROKEN, ArchiveError, lzma.LZMAError, EOFError, LookupError, TypeError, AttributeError, ArithmeticError)


class _Writer(Py7zIO):  # type: ignore[misc]
    """Takes in one file, within the spool's bounds."""

    def __init__(self, spool: Spool, path: Path) -> None:
        self._spool = spool
        self._file = path.open("wb")
        self._size = 0

    def write(self, s: bytes | bytearray) -> int:
        """Keep a piece."""
        self._spool.take(len(s))
        self._size += len(s)
        return self._file.write(s)

    def read(self, _size: int | None = None) -> bytes:
        """Nothing: it is only written."""
        return b""

    def seek(self, _offset: int, _whence: int = 0) -> int:
        """Stay where we are."""
        return self._size

    def flush(self) -> None:
        """Let it reach the disk."""
        self._file.flush()

    def size(self) -> int:
        """Bytes so far."""
        return self._size

    def close(self) -> None:
        """The file is whole."""
        self._file.close()


class _Writers(WriterFactory):  # type: ignore[misc]
    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self.paths: dict[str, Path] = {}
        self.writers: list[_Writer] = []

    def create(self, filename: str) -> Py7zIO:
        path = self.paths[filename] = self._spool.make()
        self.writers.append(_Writer(self._spool, path))
        return self.writers[-1]


class Sevened(Shelf):
    """A 7z by its table of contents, which stands at its end."""

    def __init__(self, path: Path, spool: Callable[[], Spool], limit: int | None, *, peek: bool) -> None:
        super().__init__()
        self._path = path
        self._spool = spool
        self._peek = peek
        self._inner: dict[str, str] = {}
        self._paths: dict[str, Path] = {}
        try:
            with py7zr.SevenZipFile(path) as seven:
                if seven.needs_password():
                    raise ThirdplaceError(
                        gettext("%(name)s is locked with a password.") % {"name": path.name},
                        gettext("Unpack it yourself, and import the folder."),
                    )
                self._list(seven)
        except _BROKEN as error:
            raise _unreadable(path) from error
        if sum(self.sizes.values()) > (LIMIT if limit is None else limit):
            raise too_large(LIMIT if limit is None else limit)
        if not peek:
            self._unpack(list(self._inner.values()))

    def _list(self, seven: py7zr.SevenZipFile) -> None:
        for file in seven.files:
            if file.is_directory:
                continue
            if file.is_symlink or file.is_junction or file.is_socket:
                self.refuse(names.LINK, file.filename)
            elif plain := self.admit(file.filename, int(file.uncompressed or 0)):
                self._inner[plain] = file.filename

    def _unpack(self, wanted: list[str]) -> None:
        """Unpack these; what is damaged is kept as far as it goes, and said."""
        writers = _Writers(self._spool())
        try:
            with self._path.open("rb") as file, py7zr.SevenZipFile(file) as seven:
                seven.extract(targets=wanted, factory=writers)
        except _BROKEN:
            self.refuse(names.DAMAGED, self._path.name)
        finally:
            for writer in writers.writers:
                writer.close()
        for name, inner in self._inner.items():
            if (path := writers.paths.get(Path(inner).as_posix())) is not None:
                self._paths[name] = path
                if path.stat().st_size < self.sizes[name]:
                    self.refuse(names.TORN, name)

    def open(self, name: str) -> IO[bytes]:
        """One unpacked file; while only looking, it is unpacked alone."""
        if name not in self._paths and self._peek:
            self._unpack([self._inner[name]])
        if name not in self._paths:
            raise Damaged(names.DAMAGED)
        return self._paths[name].open("rb", buffering=0)


def _unreadable(path: Path) -> ThirdplaceError:
    return ThirdplaceError(
        gettext("%(name)s is a 7z that is cut off or damaged: its table of contents, at its end, cannot be read.")
        % {"name": path.name},
        gettext("Fetch or make the archive again, and import that."),
    )

"""Where a tar or a 7z is unpacked to: one folder, bounded, numbered files, gone at the end."""

import shutil
import tempfile
from pathlib import Path

from thirdplace.foundation.connectors.archive.stream import Readable
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.translation import gettext

LIMIT = 20_000_000_000


class Spool:
    """Holds unpacked files under numbers of our own, never under names that an archive chose."""

    def __init__(self, folder: Path | None, limit: int | None) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="unpacked-", dir=folder))
        self.limit = LIMIT if limit is None else limit
        self.taken = 0
        self._made = 0

    def make(self) -> Path:
        """A path for the next file."""
        self._made += 1
        return self.folder / f"{self._made}.bin"

    def take(self, size: int) -> None:
        """Account for so many bytes, and refuse to go on beyond the limit."""
        self.taken += size
        if self.taken > self.limit:
            raise too_large(self.limit)

    def write(self, inner: Readable, path: Path) -> int:
        """Unpack one file; its size. What was written before an error of the stream stays."""
        size = 0
        try:
            with path.open("wb") as file:
                while piece := inner.read(1 << 18):
                    self.take(len(piece))
                    file.write(piece)
                    size += len(piece)
        except OSError as error:
            if error.errno in _FULL:
                raise ThirdplaceError(
                    gettext("The disk is full: the archive could not be unpacked."),
                    gettext("Make room where the data folder is, then import it again."),
                ) from error
            raise
        return size

    def bounded(self, inner: Readable) -> "Bounded":
        """A packed stream that ends with a refusal where it gives much more than may be kept of it."""
        return Bounded(inner, self.limit)

    def close(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Bounded:
    """Counts what is unpacked, also what nobody keeps: a few kB can hold hours of zeros between two files."""

    def __init__(self, inner: Readable, limit: int) -> None:
        self._inner = inner
        self._limit = limit
        self._left = 2 * limit  # an archive's own marks may take as much as what it holds

    def read(self, size: int = -1, /) -> bytes:
        """Up to so many bytes; refuses to go on beyond the bound."""
        piece = self._inner.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise too_large(self._limit)
        return piece

    def close(self) -> None:
        """Let go of it."""
        self._inner.close()


_FULL = (27, 28, 122)  # EFBIG, ENOSPC, EDQUOT


def too_large(limit: int) -> ThirdplaceError:
    """The refusal of a bomb, or of an honest archive that is larger than allowed."""
    return ThirdplaceError(
        gettext("The archive unpacks to more than %(size)s MB.") % {"size": f"{limit // 1_000_000:,}"},
        gettext("If it is yours and really so large, raise THIRDPLACE_SPOOL_LIMIT_MB and import it again."),
    )

"""One view of every export: names, sizes and streams."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from thirdplace.foundation.connectors.archive import names
from thirdplace.foundation.connectors.archive.sevened import Sevened
from thirdplace.foundation.connectors.archive.shelf import Folder, OneFile, Shelf
from thirdplace.foundation.connectors.archive.spool import Spool
from thirdplace.foundation.connectors.archive.stream import BROKEN, Damaged, Readable, Stream, packing
from thirdplace.foundation.connectors.archive.tarred import Tarred
from thirdplace.foundation.connectors.archive.zipped import Zipped
from thirdplace.foundation.connectors.base import Tally
from thirdplace.foundation.errors import NotFound, ThirdplaceError
from thirdplace.foundation.text.sound import sound
from thirdplace.foundation.translation import gettext

HEAD = 65_536


class Archive:
    """An export as it was handed over: a file, a folder, a zip, a 7z or a tar. Close it to remove what it unpacked.

    spool: the folder it may unpack into, made when it is needed; a temporary one when None. limit: bytes it may unpack.
    peek: enough to see what it is; a tar is then read only at its beginning until `read_on`.
    """

    def __init__(
        self, path: Path | str, *, spool: Path | None = None, limit: int | None = None, peek: bool = False
    ) -> None:
        self.path = Path(path)
        self.name = sound(names.bare(self.path.resolve().name))
        self._folder = spool
        self._limit = limit
        self._spool: Spool | None = None
        self._shelf = self._opened(peek=peek)
        self._top = self._common()

    def _opened(self, *, peek: bool) -> Shelf:
        try:
            if self.path.is_dir():
                return Folder(self.path)
            if self.path.exists() and not self.path.is_file():
                raise ThirdplaceError(
                    gettext("%(path)s is neither a file nor a folder.") % {"path": sound(str(self.path))},
                    gettext("Import the file, the folder or the archive that the export came as."),
                )
            with self.path.open("rb") as file:
                packed = packing(file.read(512))
            if packed == "zip":
                return Zipped(self.path, self._limit)
            if packed == "7z":
                return Sevened(self.path, self._spooled, self._limit, peek=peek)
            if packed:
                return Tarred(self.path, "" if packed == "tar" else packed, self._spooled, peek=peek)
            return OneFile(self.path)
        except FileNotFoundError as error:
            raise NotFound(
                gettext("There is nothing at %(path)s.") % {"path": sound(str(self.path))},
                gettext("Look at the spelling of the path, and whether the disk it is on is there."),
            ) from error
        except OSError as error:
            self.close()
            raise ThirdplaceError(
                gettext("%(path)s cannot be read: %(why)s.")
                % {"path": sound(str(self.path)), "why": error.strerror or error},
                gettext("Let the account that Thirdplace runs as read it, and import it again."),
            ) from error
        except ThirdplaceError:
            self.close()
            raise

    def _spooled(self) -> Spool:
        if self._spool is None:
            self._spool = Spool(self._folder, self._limit)
        return self._spool

    @property
    def peeked(self) -> bool:
        """Whether only a beginning was looked at."""
        return self._shelf.partial

    def read_on(self) -> None:
        """After a peek: look at all of it."""
        self.close()
        self._shelf = self._opened(peek=False)
        self._top = self._common()

    def names(self) -> list[str]:
        """All names, sorted; where everything stands in one folder, without that folder."""
        return sorted(name[len(self._top) :] for name in self._shelf.sizes if name.startswith(self._top))

    @property
    def top(self) -> str:
        """The folder that everything stands in, with its slash: what `names` leaves out."""
        return self._top

    @contextmanager
    def inside(self, folder: str) -> Iterator[None]:
        """For a moment, the same archive as if it were one of its folders."""
        before = self._top
        self._top = self._common(f"{before}{folder}/")
        try:
            yield
        finally:
            self._top = before

    def _common(self, below: str = "") -> str:
        """The folder that all stand in, or all below another; put before every name again when it is opened."""
        all_names = [name for name in self._shelf.sizes if name.startswith(below)]
        return all_names[0][: names.without_top(all_names)] if all_names else below

    def _full(self, name: str) -> str:
        """A name as the shelf has it."""
        return self._top + name

    def __contains__(self, name: str) -> bool:
        return self._full(name) in self._shelf.sizes

    def size(self, name: str) -> int:
        """Bytes of a file, unpacked; 0 where a torn archive does not tell."""
        return self._shelf.sizes[self._full(name)]

    def open(self, name: str, tally: Tally | None = None) -> Stream:
        """The bytes of a file. Damage ends the stream early and is said in the tally; nothing is raised."""
        inner: Readable
        try:
            inner = self._shelf.open(self._full(name))
        except Damaged as damaged:
            inner = _Nothing(damaged)
        except BROKEN:
            inner = _Nothing(Damaged(names.DAMAGED))
        return Stream(name, inner, tally)

    def head(self, name: str, size: int = HEAD) -> bytes:
        """The beginning of a file, to see what it is."""
        pieces = b""
        with self.open(name) as stream:
            while len(pieces) < size and (piece := stream.read(size - len(pieces))):
                pieces += piece
        return pieces

    def tell(self, tally: Tally) -> None:
        """Say in the tally what of the archive itself was left out, and how many bytes there are to read."""
        for why, name in self._shelf.refused:
            tally.skip(why, name)
        tally.whole = sum(self._shelf.sizes.values())

    def close(self) -> None:
        """Let go of the archive and remove what it unpacked."""
        shelf = getattr(self, "_shelf", None)
        if shelf is not None:
            shelf.close()
        if self._spool is not None:
            self._spool.close()
            self._spool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class _Nothing:
    """A file that cannot even be opened."""

    def __init__(self, damaged: Damaged) -> None:
        self._damaged = damaged

    def read(self, _size: int = -1, /) -> bytes:
        """Raises: the loss is said where it is read."""
        raise self._damaged

    def close(self) -> None:
        """Nothing to let go of."""

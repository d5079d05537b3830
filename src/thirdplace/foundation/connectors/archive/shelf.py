"""What every kind of archive offers: names with their sizes, and a way to open each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from thirdplace.foundation.connectors.archive import names
from thirdplace.foundation.connectors.archive.stream import Readable
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.text.sound import sound
from thirdplace.foundation.translation import gettext


@dataclass
class Shelf:
    """Files by name. refused: what was left out, as (reason, name)."""

    sizes: dict[str, int] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    partial: bool = False  # only the beginning was looked at

    def admit(self, name: str, size: int) -> str | None:
        """Take a name in; the name it goes by, or None when it was refused or is nobody's."""
        plain = names.safe(sound(name))
        if plain is None:
            self.refuse(names.OUTSIDE, name)
            return None
        if names.crumb(plain):
            return None
        if plain in self.sizes:
            self.refuse(names.TWICE, plain)
            return None
        if len(self.sizes) >= names.MOST_NAMES:
            raise ThirdplaceError(
                gettext("The archive holds more than %(count)s files.") % {"count": f"{names.MOST_NAMES:,}"},
                gettext("No export has so many. Import the parts of it one by one."),
            )
        self.sizes[plain] = size
        return plain

    def refuse(self, why: str, name: str) -> None:
        """Leave something out, and remember why."""
        self.refused.append((why, sound(name[:200])))

    def open(self, name: str) -> Readable:
        """The bytes of one file."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of everything."""


class OneFile(Shelf):
    """A file that is the export itself."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.sizes[sound(path.name)] = path.stat().st_size

    def open(self, _name: str) -> IO[bytes]:
        """The file."""
        return self._path.open("rb", buffering=0)


class Folder(Shelf):
    """A folder as it stands on the disk; links in it are not followed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._paths: dict[str, Path] = {}
        for each in self._walk(path):
            name = each.relative_to(path).as_posix()
            if each.is_symlink() or not each.is_file():
                self.refuse(names.LINK, name)
            elif plain := self.admit(name, each.stat().st_size):
                self._paths[plain] = each

    def _walk(self, path: Path) -> Iterable[Path]:
        for each in sorted(path.iterdir()):
            if each.is_dir() and not each.is_symlink():
                if not each.name.startswith("."):
                    yield from self._walk(each)
            else:
                yield each

    def open(self, name: str) -> IO[bytes]:
        """One file of the folder."""
        return self._paths[name].open("rb", buffering=0)

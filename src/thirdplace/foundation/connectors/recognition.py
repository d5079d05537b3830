"""What an archive is, and which connector reads it."""

from pathlib import Path

from thirdplace.foundation.connectors import __name__ as package
from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.connector import Recognised, connectors
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.registry import walk
from thirdplace.foundation.translation import gettext

ARCHIVES = (".zip", ".7z", ".tar", ".tgz", ".tar.gz", ".tar.xz", ".tar.bz2")
NAMED = 6  # names shown of what was seen
LOOKED_INTO = 20  # folders, to see whether the export is one of them


def recognise(archive: Archive | Path | str, *, spool: Path | None = None, limit: int | None = None) -> Recognised:
    """Say what an archive is and why, from its names and a few beginnings; else what would be needed.

    spool: the folder that a tar or 7z may be unpacked in. limit: bytes it may take there.
    """
    walk(package)
    if not isinstance(archive, Archive):
        with Archive(archive, spool=spool, limit=limit, peek=True) as opened:
            return recognise(opened)
    if fits := _fitting(archive):
        return fits[0]
    if archive.peeked:
        archive.read_on()
        return recognise(archive)
    raise ThirdplaceError(_seen(archive), _needed(archive))


def _fitting(archive: Archive) -> list[Recognised]:
    """What it may be, the surest first."""
    said = [each.recognise(archive) for each in connectors.values()]
    return sorted((each for each in said if each is not None), key=lambda each: -each.sure)


def _seen(archive: Archive) -> str:
    names = archive.names()
    if not names:
        return gettext("There is nothing to read in %(name)s.") % {"name": archive.name}
    if archive.path.is_file() and names == [archive.path.name]:
        return gettext("We do not know what %(name)s is.") % {"name": names[0]}
    shown = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
    return gettext("We do not know what %(name)s is. It holds: %(names)s.") % {"name": archive.name, "names": shown}


def _needed(archive: Archive) -> str:
    inner = [name for name in archive.names() if name.lower().endswith(ARCHIVES)]
    if inner:
        return gettext("Import the archives in it one by one, beginning with %(name)s.") % {"name": inner[0]}
    for folder in sorted({name.split("/")[0] for name in archive.names() if "/" in name})[:LOOKED_INTO]:
        with archive.inside(folder):
            fits = _fitting(archive)
        if fits:
            return gettext("%(folder)s in it is an export of %(format)s: import that folder by itself.") % {
                "folder": folder,
                "format": fits[0].connector.title,
            }
    lines = [f"{each.title}: {gettext(each.card.lines['Needs'])}" for each in connectors.values()]
    return gettext("These can be read: %(formats)s") % {"formats": " ".join(lines)}

"""Which names inside an archive may be read, and under which name they are known."""

import posixpath
import re

from thirdplace.foundation.translation import gettext_noop

OUTSIDE = gettext_noop("A name inside the archive leads outside it; the file was not read.")
LINK = gettext_noop("A link or device inside the archive was not followed.")
TWICE = gettext_noop("A name stands twice in the archive; the first file was read.")
LOCKED = gettext_noop("A file inside the archive is locked with a password.")
PACKED = gettext_noop("A file inside the archive is packed in a way that cannot be read here.")
TORN = gettext_noop("The file ends too early; what stands before the end was read.")
TOO_LARGE = gettext_noop("The file is larger than any file of such an export; only its beginning was read.")
DAMAGED = gettext_noop("The file is damaged; what could be unpacked was read.")
CHECKSUM = gettext_noop("The file is not what its checksum says; it was read as it is.")
RENAMED = gettext_noop("The archive has two names for one file; the one in front of the file was taken.")
CUT = gettext_noop("The archive ends too early; the files before the end were read.")

LOOSE = "files"  # what loose files that came together are called: it says nothing of them
MOST_NAMES = 500_000
_CRUMBS = {".ds_store", "thumbs.db", "desktop.ini", "__macosx"}  # left by desktops, never part of an export
_COPY = re.compile(r"(?<=.)[ _-]?\(\d{1,3}\)(?=\.|$)")  # what a browser writes into the name of what is fetched again
_SUFFIXES = re.compile(r"(\.(zip|7z|tar|tgz|txz|tbz2?|json|xml|gz|xz|bz2))+$", re.IGNORECASE)


_TIMES = re.compile(
    r"[-_. ]*(?:to|from|until|since)?[-_. ]*(?<!\d)(?:19|20)\d\d(?:q[1-4]|[-_. ]?(?:0[1-9]|1[0-2]))?(?!\d).*$|"
    r"[-_. ]+(?:pipermail|mbox|archives?|mailman).*$",
    re.IGNORECASE,
)


def timeless(name: str) -> str:
    """A name without years and months, and without what archives are called: the next one has the same."""
    return _TIMES.sub("", name).strip("-_. ")


def safe(name: str) -> str | None:
    """The name with forward slashes, or None when it leads outside the archive."""
    plain = name.replace("\\", "/")
    if plain.startswith("/") or re.match(r"[A-Za-z]:", plain) or "\x00" in plain:
        return None
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    if not parts or ".." in parts:
        return None
    return posixpath.join(*parts)


def crumb(name: str) -> bool:
    """Whether a desktop left it, such as .DS_Store."""
    parts = name.lower().split("/")
    return any(part in _CRUMBS or part.startswith("._") for part in parts)


def bare(name: str) -> str:
    """A file's name without what tells how it is packed, or that it was fetched before."""
    return _SUFFIXES.sub("", _COPY.sub("", name)) or name


def without_top(names: list[str]) -> int:
    """How many letters of every name are the one folder that all of them stand in."""
    cut = 0
    while names:
        tops = {name[cut:].split("/", 1)[0] for name in names}
        if len(tops) != 1 or any("/" not in name[cut:] for name in names):
            return cut
        cut += len(tops.pop()) + 1
    return cut

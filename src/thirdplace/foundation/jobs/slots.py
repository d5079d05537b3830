"""A worker's slot: held by a lock on a file, so that it is free the moment its holder dies, however it died."""

import contextlib
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from thirdplace import settings
from thirdplace.foundation.errors import AlreadyDone, ThirdplaceError


@contextlib.contextmanager
def slot(folder: Path, number: int) -> Iterator[str]:
    """Hold slot `number` of this machine, and give its name. Refused while another process holds it.

    The file says which packages' definitions its holder works with: see `refuse_other_packages`.
    """
    from django.utils.translation import gettext

    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / f"worker-{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyDone(
                gettext("Worker %(number)s of this data folder is already at work.") % {"number": number},
                gettext("Nothing to do; or begin one with another --slot."),
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(sorted(settings.PLUGINS)).encode(), 0)
        yield f"{socket.gethostname()}:{number}"[:80]
    finally:
        os.close(handle)


def refuse_other_packages(folder: Path) -> None:
    """Refuse to go on with other packages' definitions than a living worker has.

    Readings and findings follow from the definitions there are: two processes that differ in them would compute
    everything anew in turn, and take away what the other's packages noticed.
    """
    from django.utils.translation import gettext

    mine = sorted(settings.PLUGINS)
    for path in sorted(folder.glob("worker-*.lock")):
        theirs = _packages(path)
        if theirs is None or theirs == mine or not _is_held(path):
            continue
        raise ThirdplaceError(
            gettext("Thirdplace is at work on this data folder with other packages than this command names.")
            if theirs
            else gettext("Thirdplace is at work on this data folder without the packages that this command names."),
            gettext("Set THIRDPLACE_PLUGINS to “%(names)s” here too, or end the other first.")
            % {"names": ",".join(theirs)},
        )


def _packages(path: Path) -> list[str] | None:
    try:
        return list(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):  # just beginning, or just gone
        return None


def _is_held(path: Path) -> bool:
    with path.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False

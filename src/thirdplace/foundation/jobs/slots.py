"""A worker's slot: held by a lock on a file, so that it is free the moment its holder dies, however it died."""

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from thirdplace.foundation.errors import AlreadyDone


@contextlib.contextmanager
def slot(folder: Path, number: int) -> Iterator[str]:
    """Hold slot `number` of this machine, and give its name. Refused while another process holds it."""
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
        yield f"{socket.gethostname()}:{number}"[:80]
    finally:
        os.close(handle)

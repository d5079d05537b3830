"""The writer lock: one writer a community, from "what is new?" to the commit."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from thirdplace.foundation.lake.folders import community_folder


@dataclass
class _Held:
    """A lock of this process: who has it, how deep, and the open file it hangs on."""

    mine: threading.RLock = field(default_factory=threading.RLock)
    depth: int = 0
    file: IO[str] | None = None


class Busy(Exception):  # noqa: N818
    """Somebody else is writing, and we were asked not to wait."""


_held: dict[Path, _Held] = {}
_guard = threading.Lock()


@contextmanager
def writing(community_id: int, *, wait: bool = True) -> Iterator[None]:
    """Be the only writer of a community's lake and index. May be entered again by the same thread.

    The lock goes with the process, however it ends. wait=False: raise Busy when somebody else has it.
    """
    path = community_folder(community_id) / "writer.lock"
    with _guard:
        held = _held.setdefault(path, _Held())
    if not held.mine.acquire(blocking=wait):
        raise Busy
    try:
        if held.depth == 0:
            held.file = _locked(path, wait=wait)
        held.depth += 1
        try:
            yield
        finally:
            held.depth -= 1
            if held.depth == 0 and held.file is not None:
                held.file.close()
                held.file = None
    finally:
        held.mine.release()


def _locked(path: Path, *, wait: bool) -> IO[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        file.close()
        raise Busy from None
    return file

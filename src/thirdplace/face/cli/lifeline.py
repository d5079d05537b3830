"""Ties a process to its parent: when the parent ends, however it ends, nothing is left behind."""

import ctypes
import os
import signal
import sys
import threading

LIFELINE = "THIRDPLACE_LIFELINE"  # names the file descriptor of a pipe that only the parent can write to
PARENT = "THIRDPLACE_PARENT"  # the process that should be our parent
_PR_SET_PDEATHSIG = 1


def hold() -> None:
    """Die with the parent: by the kernel's word on Linux, and everywhere by the end of a pipe we were given."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if (parent := os.environ.pop(PARENT, None)) and os.getppid() != int(parent):
        os._exit(1)  # it died before we could ask to be told
    if pipe := os.environ.pop(LIFELINE, None):
        os.set_inheritable(int(pipe), False)
        threading.Thread(target=_listen, args=(int(pipe),), name="lifeline", daemon=True).start()


def _listen(pipe: int) -> None:
    """Wait for the end of the pipe; then end the whole group of processes, ourselves included."""
    while os.read(pipe, 1):
        continue
    os.killpg(os.getpgid(0), signal.SIGKILL)

"""The web server: granian over our WSGI application, reachable from this machine only."""

import os
import socket
from pathlib import Path

from thirdplace.face.cli.lifeline import PARENT
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.translation import gettext

ADDRESS = "127.0.0.1"
THREADS = 4  # a page waits for SQLite, DuckDB or tantivy, which let others run meanwhile
TRIED = 20  # ports tried after the usual one


def serve(port: int) -> None:
    """Serve until told to end. Granian keeps one worker process, and ends it a second after it is asked to."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    os.environ[PARENT] = str(os.getpid())  # the worker's parent, for its own tie
    Granian(
        "thirdplace.face.web.wsgi:application",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=1,
        blocking_threads=THREADS,
        workers_kill_timeout=1,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        log_level=LogLevels.warning,
        working_dir=Path.cwd(),
    ).serve()


def free_port(port: int, *, exactly: bool) -> int:
    """The port to listen on: the one asked for, or else, unless it must be exactly that, the next that is free."""
    for candidate in range(port, port + (1 if exactly else TRIED)):
        if is_free(candidate):
            return candidate
    raise ThirdplaceError(
        gettext("Port %(port)s of this machine is in use by another program.") % {"port": port},
        gettext("Choose another with --port, or leave --port out and the next free one is taken.")
        if exactly
        else gettext("Choose another with --port."),
    )


def is_free(port: int) -> bool:
    """Whether a server could listen here now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
        return True


def answers(port: int) -> bool:
    """Whether the web answers here now: not only listens, but has loaded everything a page needs."""
    asked = f"GET /health HTTP/1.0\r\nHost: {ADDRESS}\r\n\r\n".encode()
    try:
        with socket.create_connection((ADDRESS, port), timeout=0.5) as probe:
            probe.sendall(asked)
            return probe.recv(16).startswith(b"HTTP/")
    except OSError:
        return False

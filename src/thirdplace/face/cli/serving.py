"""What `serve` does: refuse a second one, prepare the data folder, keep web and workers alive, say where the web is."""

import contextlib
import fcntl
import json
import os
import sys
import time
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from thirdplace import settings
from thirdplace.face.cli.asked import Asked, note
from thirdplace.face.cli.inert import inert
from thirdplace.face.cli.mishaps import told
from thirdplace.face.cli.supervisor import Child, Supervisor
from thirdplace.face.web.serving import ADDRESS, answers, free_port
from thirdplace.foundation.errors import AlreadyDone, ThirdplaceError
from thirdplace.foundation.translation import gettext

HOPELESS = 4  # times a child may die before the web has answered once


def serve(asked: Asked, *, port: int | None, opens: bool = False) -> None:
    """Serve the data folder until told to end."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with only_one(settings.DATA) as tell_others:
        prepare(asked)
        chosen = free_port(port or settings.PORT, exactly=port is not None)
        address = f"http://{ADDRESS}:{chosen}/"
        tell_others(address)
        itself = [sys.executable, "-m", "thirdplace"]
        workers = [
            Child(f"worker {slot}", [*itself, "worker", "--slot", str(slot)]) for slot in range(settings.WORKERS)
        ]
        web = Child("web", [*itself, "web", "--port", str(chosen)])
        Welcome(asked, [web, *workers], chosen, address, opens=opens).run()


class Welcome:
    """Says the address once the web answers; and gives up when it never will."""

    def __init__(self, asked: Asked, children: list[Child], port: int, address: str, *, opens: bool) -> None:
        self.asked = asked
        self.port = port
        self.address = address
        self.opens = opens
        self.is_up = False
        self.supervisor = Supervisor(children, died=self.died)

    def run(self) -> None:
        """Keep everything alive; on the way out, say whether the web ever was."""
        self.supervisor.run(each_moment=self.look)
        if not self.is_up and any(child.deaths >= HOPELESS for child in self.supervisor.children):
            raise ThirdplaceError(
                gettext("Thirdplace does not start: one of its processes ends at once, each time."),
                gettext("What it said stands above. Mend that, and run serve again."),
            )

    def look(self) -> None:
        """Ten times a second, until the web answers."""
        if self.is_up:
            return
        if any(child.deaths >= HOPELESS for child in self.supervisor.children):
            self.supervisor.stop()
        elif answers(self.port):
            self.is_up = True
            self.say()

    def say(self) -> None:
        """Say the address, for people or for programs."""
        told_as = {"address": self.address, "data": str(settings.DATA), "process": os.getpid()}
        self.asked.answer(
            told_as,
            lambda: [
                gettext("Thirdplace is at %(address)s") % {"address": self.address},
                gettext("Its data is in %(folder)s. Ctrl-C ends it.") % {"folder": inert(settings.DATA)},
            ],
        )
        sys.stdout.flush()
        if self.opens:
            webbrowser.open(self.address)

    def died(self, name: str, status: int, pause: float) -> None:
        """Say that a child died; it begins again by itself."""
        told_as = {"name": name, "status": status, "seconds": f"{pause:.0f}"}
        note(gettext("The process “%(name)s” ended (%(status)s); it begins again in %(seconds)s s.") % told_as)


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[Callable[[str], None]]:
    """Hold the data folder against a second `serve`; gives a function that tells others our address."""
    (folder / "run").mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "run" / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _second(folder, os.pread(handle, 1000, 0)) from None
        os.ftruncate(handle, 0)

        def tell_others(address: str) -> None:
            os.pwrite(handle, json.dumps({"process": os.getpid(), "address": address}).encode(), 0)

        yield tell_others
    finally:
        os.close(handle)


def _second(folder: Path, said: bytes) -> AlreadyDone:
    try:
        other = json.loads(said)
    except ValueError:
        other = {}
    return AlreadyDone(
        gettext("Thirdplace already serves this data folder (%(folder)s).") % {"folder": folder},
        gettext("Open %(address)s; or end it first: process %(process)s.") % other
        if other
        else gettext("It is just starting. Wait a moment, or end it first."),
    )


def prepare(asked: Asked) -> None:
    """Bring tables, definitions and stores up to date, in a process of its own: so that the supervisor stays small."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os._exit(_prepare(asked))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status != 0:
        raise click.exceptions.Exit(status if status > 0 else 1)


def _prepare(asked: Asked) -> int:
    try:
        from thirdplace.face.cli.beginning import begin

        begin()
        from thirdplace.foundation.jobs import schedules

        schedules.plan(time.time())
    except BaseException as error:  # noqa: BLE001 - told here, for the parent only learns the status
        return told(error, as_json=asked.as_json)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0

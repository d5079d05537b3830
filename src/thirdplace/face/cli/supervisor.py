"""Keeps a few processes alive, and ends them all with itself. Knows neither Django nor what they do."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from types import FrameType

from thirdplace.face.cli.lifeline import LIFELINE, PARENT

PATIENCE = 1.3  # seconds that children have between being asked to end and being ended
STEADY = 60.0  # seconds after which a child's earlier deaths are forgotten
LONGEST_PAUSE = 30.0


class Child:
    """One process and its group: begun again at once when it dies, then after 1, 2, 4 … 30 seconds."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths = 0
        self.begun_at = 0.0
        self.again_at = 0.0

    def begin(self, lifeline: int) -> None:
        """Start the process in a group of its own, holding the reading end of our pipe."""
        env = {**os.environ, LIFELINE: str(lifeline), PARENT: str(os.getpid())}
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command, env=env, pass_fds=[lifeline], process_group=0, stdin=subprocess.DEVNULL
        )
        self.begun_at = time.monotonic()

    def bury(self, now: float) -> int | None:
        """If it has died: clear away the rest of its group, plan the next beginning, and give its status."""
        if self.process is None or (status := self.process.poll()) is None:
            return None
        self.signal(signal.SIGKILL)  # a server's own children may still hold the port
        self.process = None
        self.deaths = 0 if status == 0 or now - self.begun_at > STEADY else self.deaths + 1
        self.again_at = now + (min(2.0 ** (self.deaths - 2), LONGEST_PAUSE) if self.deaths > 1 else 0)
        return status

    def signal(self, number: int) -> None:
        """Tell the whole group; nothing where it is gone already."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    @property
    def is_alive(self) -> bool:
        """Whether its first process still runs."""
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Runs children until it is told to stop. `died` hears of each death: name, status, seconds until the next life."""

    def __init__(self, children: Sequence[Child], *, died: Callable[[str, int, float], None]) -> None:
        self.children = children
        self.died = died
        self.stopping = False
        self._reading, self._writing = os.pipe()  # nobody ever writes: its end is the message

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:  # noqa: ARG002 - a signal handler's shape
        """End everything."""
        self.stopping = True

    def run(self, *, each_moment: Callable[[], None] = lambda: None) -> None:
        """Begin the children, keep them, and end them. each_moment: called ten times a second."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup means it
                signal.signal(number, self.stop)
        try:
            while not self.stopping:
                self._look()
                each_moment()
                time.sleep(0.1)
        finally:
            self._end()

    def _look(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if (status := child.bury(now)) is not None and status != 0:
                self.died(child.name, status, max(child.again_at - now, 0.0))
            if child.process is None and now >= child.again_at:
                child.begin(self._reading)

    def _end(self) -> None:
        """Ask all groups to end, wait a little, end them."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while any(child.is_alive for child in self.children) and time.monotonic() < until:
            time.sleep(0.02)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()

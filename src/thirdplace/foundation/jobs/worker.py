"""A worker: takes one job after another, keeps its lease alive, and says what went wrong."""

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from django.db import Error, close_old_connections, connection

from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.jobs import queue, schedules
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.jobs.running import Cancelled, Lost, Run
from thirdplace.foundation.jobs.slots import refuse_other_packages, slot
from thirdplace.foundation.jobs.tasks import tasks

log = logging.getLogger(__name__)

POLL = 0.5
PULSE = queue.LEASE / 3
LOOK = 60.0
GROWN = 160 * 1024 * 1024  # bytes of memory above which an idle worker makes room for a fresh one
GROWN_IDLE = 20.0  # seconds it waits for more work first


class Stop(BaseException):
    """The worker was told to end, in the middle of a job."""


class Worker:
    """One process's work. `ready` loads what jobs need, before the first one: an idle worker stays small.

    look: called about once a minute while there is nothing to do, to ask for jobs that nobody asked for.
    """

    def __init__(
        self, name: str, *, ready: Callable[[], None] = lambda: None, look: Callable[[], None] = lambda: None
    ) -> None:
        self.name = name
        self.ready = ready
        self.look = look
        self.is_ready = False
        self.run: Run | None = None
        self.stopping = threading.Event()

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:  # noqa: ARG002 - a signal handler's shape
        """End: at once when idle; a job in hand is put back, and begun again by whoever comes next."""
        self.stopping.set()
        if self.run is not None:
            raise Stop

    def work(self) -> None:
        """Take jobs until told to stop, or until there is reason to make room for a fresh process."""
        queue.free_slot(self.name)
        threading.Thread(target=self._pulse, name="pulse", daemon=True).start()
        idle_since = looked_at = time.monotonic()
        while not self.stopping.is_set():
            try:
                job = queue.claim(self.name)
            except Error:
                log.exception("The job table cannot be read; trying again.")
                close_old_connections()
                self.stopping.wait(5)
                continue
            if job is not None and self.stopping.is_set():  # told so while it looked
                queue.put_back(job)
            elif job is not None:
                self.do(job)
                idle_since = time.monotonic()
            elif time.monotonic() - idle_since > GROWN_IDLE and _memory() > GROWN:
                return
            elif time.monotonic() - looked_at > LOOK:
                looked_at = time.monotonic()
                self._look()
            else:
                self.stopping.wait(POLL)

    def _look(self) -> None:
        try:
            self.look()
        except Error:
            log.exception("Looking around failed; trying again in a minute.")
            close_old_connections()

    def do(self, job: Job) -> None:
        """Do one job, and write down how it ended."""
        run = self.run = Run(job)
        try:
            self._try(run)
        except Stop:
            queue.put_back(job)
        except Lost:
            log.warning("Job %s (%s) is another worker's now.", job.pk, job.task)
        except Cancelled:
            queue.cancelled(job)
        except ThirdplaceError as error:  # a person can mend it: trying again by ourselves would not
            queue.give_up(job, *queue.why(error))
        except Exception as error:  # noqa: BLE001 - the world failed, or we did: kept, shown, tried again
            if self.stopping.is_set():  # what a library makes of the signal that ends us is no failure of the job
                queue.put_back(job)
                return
            log.exception("Job %s (%s) failed on try %s.", job.pk, job.task, job.tries)
            close_old_connections()
            queue.try_later(job, queue.why(error)[0])
        finally:
            self.run = None

    def _try(self, run: Run) -> None:
        if not self.is_ready:
            self.ready()
            self.is_ready = True
        tasks[run.job.task](run, **run.job.given)
        if not queue.finish(run.job):
            raise Lost

    def _pulse(self) -> None:
        """Beside the work: keep the lease, hear of cancelling, and be the clock.

        It loads no modules: two threads that load the same ones at once may find them half made.
        """
        while not self.stopping.wait(PULSE):
            try:
                if (run := self.run) is not None:
                    self._beat(run)
                schedules.tick(time.time())
            except Exception:  # noqa: BLE001 - whatever it was: without a pulse a job in hand is taken for dead
                log.exception("A heartbeat could not be written; trying again.")
                close_old_connections()
        connection.close()

    @staticmethod
    def _beat(run: Run) -> None:
        if not queue.beat(run.job):
            run.lost.set()
        elif Job.objects.filter(pk=run.job.pk, cancel=True).exists():
            run.cancel.set()


def work(
    folder: Path,
    number: int,
    *,
    handle: Callable[[Worker], None],
    ready: Callable[[], None] = lambda: None,
    look: Callable[[], None] = lambda: None,
) -> None:
    """Hold a slot and work in it. handle: ties the worker's `stop` to the process's signals."""
    with slot(folder, number) as name:
        refuse_other_packages(folder)
        worker = Worker(name, ready=ready, look=look)
        handle(worker)
        try:
            worker.work()
        except Stop:
            log.info("Stopped between two lines of a job.")


def _memory() -> int:
    """Bytes this process holds; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")

"""A job in hand: its steps, its work outside, its progress. Nothing is written for a job that is no longer ours."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.db import transaction

from thirdplace.foundation.jobs import queue
from thirdplace.foundation.jobs.models import Job, Step
from thirdplace.foundation.members.models import Community

T = TypeVar("T")


class Lost(Exception):
    """Another worker holds the job now: leave it alone."""


class Cancelled(Exception):
    """Somebody asked the job to stop."""


class Run:
    """What a task is given. `step` for the database, `outside` for files and the network, `progress` for people."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.lost = threading.Event()  # set by the heartbeat
        self.cancel = threading.Event()

    @property
    def community(self) -> Community:
        """The community the job works for."""
        if self.job.community is None:
            raise RuntimeError(f"The job {self.job.task} was enqueued without a community.")
        return self.job.community

    def check(self) -> None:
        """Stop here if the job was lost or cancelled. Costs nothing: the heartbeat looks."""
        if self.lost.is_set():
            raise Lost
        if self.cancel.is_set():
            raise Cancelled

    def step(self, name: str, work: Callable[[], T]) -> T:
        """Do short work on the database exactly once: the work and its checkpoint are one transaction.

        It holds SQLite's write lock for all of the work. What it gives must be JSON.
        """
        self.check()
        with transaction.atomic():
            self._prove()
            done = Step.objects.filter(job=self.job, name=name).first()
            if done is not None:
                return cast(T, done.result)
            result = work()
            Step.objects.create(job=self.job, name=name, result=result)
            return result

    def outside(self, name: str, work: Callable[[], T]) -> T:
        """Do work on files or the network at least once, and keep what it gave. The work must bear being repeated."""
        self.check()
        done = Step.objects.filter(job=self.job, name=name).first()
        if done is not None:
            return cast(T, done.result)
        result = work()
        with transaction.atomic():
            self._prove()
            Step.objects.create(job=self.job, name=name, result=result)
        return result

    def progress(self, **facts: Any) -> None:
        """Say how far it is, for whoever looks; and stop if somebody asked to, or the job is another's now."""
        self.check()
        if not queue.held(self.job).update(progress=facts):
            raise Lost
        if Job.objects.filter(pk=self.job.pk, cancel=True).exists():
            raise Cancelled

    def _prove(self) -> None:
        """Within a transaction: the job is still ours, and stays so until the end of it."""
        row = queue.held(self.job).select_for_update().values_list("cancel").first()
        if row is None:
            raise Lost
        if row[0]:
            raise Cancelled

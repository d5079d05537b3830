"""Asking for jobs, claiming them, ending them. Every ending first proves that its token still holds the job."""

import secrets
import time
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from thirdplace.foundation.errors import AlreadyDone, ThirdplaceError
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.members.models import Community

LEASE = 30.0  # seconds a claim lasts without a heartbeat
TRIES = 12  # 2 + 4 + … + 2048 s, then an hour: about two hours in all
LONGEST_PAUSE = 3600.0


def enqueue(
    name: str,
    /,
    *,
    community: Community | None = None,
    unique: str | None = None,
    again: bool = False,
    after: float = 0.0,
    **given: Any,
) -> Job:
    """Ask for a job in the caller's transaction: it is there only if the caller commits.

    unique: while a job with this key is still to be done, that one is returned instead of a second. again: if that one
    is already running, it runs once more when it ends, for what it may have read too early. after: seconds to wait,
    an hour at most.
    """
    now = time.time()
    asked = {"community": community, "task": name, "given": given, "ready_at": now + after, "made_at": now}
    if unique is None:
        return Job.objects.create(**asked)
    while True:
        try:
            with transaction.atomic():  # a savepoint, where the caller is in a transaction
                return Job.objects.create(unique=unique, **asked)
        except IntegrityError:
            if holder := _holder(unique, again=again):
                return holder


def ask_for_refresh(community: Community) -> Job:
    """Ask for the job that brings readings and findings up to the log: one at a time, whoever asks."""
    return enqueue("refresh", community=community, unique=f"refresh-{community.pk}", again=True)


def _holder(unique: str, *, again: bool) -> Job | None:
    """The job that has the key, asked to run again if so wished; None when it has just ended."""
    held = Job.objects.filter(unique=unique)
    if again:
        held.filter(state=Job.State.RUNNING).update(again=True)
    return held.first()


def _claimable(now: float) -> QuerySet[Job]:
    """Jobs that are due, and those whose holder has let the lease run out.

    None waits longer than an hour: where one would, the machine's clock was set back, and it is due.
    """
    in_time = Q(ready_at__lte=now) | Q(ready_at__gt=now + LONGEST_PAUSE + LEASE)
    due = Q(in_time, state=Job.State.READY)
    return Job.objects.filter(due | Q(state=Job.State.RUNNING, lease_until__lt=now)).order_by("ready_at", "pk")


def claim(slot: str, *, now: float | None = None) -> Job | None:
    """Take the job that has waited longest, or None. An idle worker looks without a lock and hinders nobody."""
    now = time.time() if now is None else now
    if not _claimable(now).exists():
        return None
    with transaction.atomic():
        job = _claimable(now).select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state, job.slot, job.token = Job.State.RUNNING, slot, secrets.token_hex(16)
        job.lease_until, job.tries = now + LEASE, job.tries + 1
        job.save(update_fields=["state", "slot", "token", "lease_until", "tries"])
        if job.tries <= TRIES:
            return job
        give_up(job, job.failure or gettext("The worker died each of the %(n)s times it tried this.") % {"n": TRIES})
        return None


def free_slot(slot: str) -> int:
    """Give back what a dead worker of this slot left running; how many. Only for who holds the slot's lock."""
    left = Job.objects.filter(state=Job.State.RUNNING, slot=slot)
    if not left.exists():
        return 0
    return left.update(state=Job.State.READY, ready_at=time.time(), token="", lease_until=0)


def held(job: Job) -> QuerySet[Job]:
    """The job's row, if the token in hand still owns it."""
    return Job.objects.filter(pk=job.pk, token=job.token, state=Job.State.RUNNING)


def beat(job: Job) -> bool:
    """Lengthen the lease; False when the job is no longer ours."""
    return bool(held(job).update(lease_until=time.time() + LEASE))


def finish(job: Job) -> bool:
    """The job is done, or begins once more if that was asked meanwhile; False when it is no longer ours."""
    with transaction.atomic():
        if (
            held(job)
            .filter(again=True)
            .update(state=Job.State.READY, again=False, token="", tries=0, ready_at=time.time(), failure="", remedy="")
        ):
            job.steps.all().delete()
            return True
        return _end(job, Job.State.DONE, failure="", remedy="")


def give_up(job: Job, failure: str, remedy: str = "") -> bool:
    """The job has failed for good, until somebody tries again."""
    return _end(job, Job.State.FAILED, failure=failure, remedy=remedy)


def cancelled(job: Job) -> bool:
    """The job has stopped because somebody asked."""
    return _end(job, Job.State.CANCELLED)


def try_later(job: Job, failure: str) -> bool:
    """The world failed: wait 2, 4, 8 … seconds, at most an hour, and give up after the twelfth try."""
    if job.tries >= TRIES:
        return give_up(job, failure)
    pause = min(2.0**job.tries, LONGEST_PAUSE)
    return bool(held(job).update(state=Job.State.READY, token="", ready_at=time.time() + pause, failure=failure))


def put_back(job: Job) -> bool:
    """The worker must stop: the job is free at once, and this try does not count."""
    return bool(held(job).update(state=Job.State.READY, token="", ready_at=time.time(), tries=F("tries") - 1))


def _end(job: Job, state: Job.State, **more: Any) -> bool:
    ended = {"state": state, "ended_at": time.time(), "unique": None, "token": "", "again": False, **more}
    return bool(held(job).update(**ended))


def cancel(job: Job) -> None:
    """Ask a job to stop: at once if nobody has begun it, else at its next step or word of progress."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.READY)
    if not waiting.update(state=Job.State.CANCELLED, ended_at=time.time(), unique=None, again=False):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel=True)


def try_again(job: Job) -> None:
    """Begin a failed or cancelled job anew, where it was left: steps that are done stay done."""
    ended = Job.objects.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.CANCELLED])
    if not ended.update(
        state=Job.State.READY, ready_at=time.time(), tries=0, cancel=False, failure="", remedy="", ended_at=None
    ):
        raise AlreadyDone(gettext("That job has not failed."), gettext("Nothing to do: it runs, or it has been done."))


def why(error: BaseException) -> tuple[str, str]:
    """What to keep of an error: what happened, and the remedy where a person has one."""
    if isinstance(error, ThirdplaceError):
        return error.what, error.remedy
    return f"{type(error).__name__}: {error}"[:2000], ""


def forget_ended(*, before: float) -> int:
    """Remove jobs that were done or cancelled before a moment, with their steps; how many. Failures are kept."""
    old = Job.objects.filter(state__in=[Job.State.DONE, Job.State.CANCELLED], ended_at__lt=before)
    return old.delete()[1].get("jobs.Job", 0)

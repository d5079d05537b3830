"""What the house does by itself: mend after a kill, compact and clean each night, forget what is over."""

import time
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from thirdplace.foundation.accounts import throttle
from thirdplace.foundation.channels.recovery import recover as mend
from thirdplace.foundation.jobs import queue
from thirdplace.foundation.jobs.running import Run
from thirdplace.foundation.jobs.tasks import task
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.members.models import Community

KEPT = timedelta(days=30)  # how long jobs that were done can be looked at


@task()
def recover(run: Run) -> None:
    """Make a community's lake, index and database agree again after a kill; and then its readings."""
    run.outside("mend", lambda: _mend(run.community))
    run.step("refresh", lambda: _ask_for_refresh(run.community))


@task(cron="41 3 * * *")
def tend(run: Run) -> None:
    """Each night: forget what has ended, put small files together, remove what nothing refers to any more."""
    run.step("jobs", lambda: queue.forget_ended(before=time.time() - KEPT.total_seconds()))
    run.step("failed logins", lambda: throttle.sweep(now=timezone.now()))
    run.step("sessions", SessionStore.clear_expired)
    for community in Community.objects.order_by("pk"):
        run.outside(f"lake {community.pk}", lambda community=community: _tend(community))  # type: ignore[misc]


def _mend(community: Community) -> None:
    mend(community)


def _tend(community: Community) -> None:
    from thirdplace.foundation.engine import rollups

    lake = Lake(community.pk)
    with lake.writing():
        lake.compact()
        lake.vacuum()
    rollups.tidy(community.pk)


def _ask_for_refresh(community: Community) -> None:
    queue.ask_for_refresh(community)

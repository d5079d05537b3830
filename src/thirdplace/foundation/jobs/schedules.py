"""The clock: begins the tasks that have a cron line. Any number of clocks may run; each time is begun by one."""

from datetime import UTC, datetime

from cronsim import CronSim
from django.db import transaction

from thirdplace.foundation.jobs.models import Schedule
from thirdplace.foundation.jobs.queue import enqueue
from thirdplace.foundation.jobs.tasks import Task, tasks

GRACE = 300.0  # seconds after which a time counts as missed


def following(cron: str, moment: float) -> float:
    """The first time after a moment at which a cron line falls, in this machine's own time."""
    here = datetime.fromtimestamp(moment, UTC).astimezone()
    return float(next(CronSim(cron, here)).timestamp())


def tick(now: float) -> list[str]:
    """Begin what is due, and say what was begun. Reads one small table; writes only when something is due."""
    known = {schedule.task: schedule for schedule in Schedule.objects.all()}
    begun = []
    for known_task in tasks.values():
        if known_task.cron is None:
            continue
        schedule = known.get(known_task.slug)
        if schedule is None or schedule.cron != known_task.cron:
            _plan(known_task, now)
        elif schedule.next_at <= now and _begin(known_task, schedule, now):
            begun.append(known_task.slug)
    return begun


def _plan(task: Task, now: float) -> None:
    """Write down when a new task, or one whose line has changed, falls next."""
    assert task.cron is not None
    when = {"cron": task.cron, "next_at": following(task.cron, now)}
    Schedule.objects.update_or_create(task=task.slug, defaults=when)


def _begin(task: Task, schedule: Schedule, now: float) -> bool:
    """Move the schedule on if no other clock has, and ask for the job in the same transaction."""
    late = now - schedule.next_at > GRACE
    on_from = schedule.next_at if late and task.missed == "all" else now
    with transaction.atomic():
        mine = Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at)
        if not mine.update(next_at=following(schedule.cron, on_from)):
            return False
        if late and task.missed == "skip":
            return False
        unique = None if task.missed == "all" else f"clock:{task.slug}"
        enqueue(task.slug, unique=unique)
        return True

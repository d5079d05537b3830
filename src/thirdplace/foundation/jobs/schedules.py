"""The clock: begins the tasks that have a cron line. Any number of clocks may run; each time is begun by one."""

from datetime import UTC, datetime

from cronsim import CronSim
from django.db import transaction

from thirdplace.foundation.jobs.models import Schedule
from thirdplace.foundation.jobs.queue import enqueue
from thirdplace.foundation.jobs.tasks import tasks

GRACE = 300.0  # seconds after which a time counts as missed


def following(cron: str, moment: float) -> float:
    """The first time after a moment at which a cron line falls, in this machine's own time."""
    here = datetime.fromtimestamp(moment, UTC).astimezone()
    return float(next(CronSim(cron, here)).timestamp())


def plan(now: float) -> None:
    """Write down when each task with a cron line falls next, so that the clock need not know the definitions."""
    timed = {task.slug: task for task in tasks.values() if task.cron is not None}
    Schedule.objects.exclude(task__in=timed).delete()
    known = {schedule.task: schedule for schedule in Schedule.objects.all()}
    for slug, task in timed.items():
        cron = task.cron or ""
        schedule = known.get(slug)
        next_at = following(cron, now)  # one that is written later than this comes of a clock that was ahead
        if schedule is None or schedule.cron != cron or schedule.next_at > next_at:
            when = {"cron": cron, "missed": task.missed, "next_at": next_at}
            Schedule.objects.update_or_create(task=slug, defaults=when)
        elif schedule.missed != task.missed:
            Schedule.objects.filter(pk=schedule.pk).update(missed=task.missed)


def tick(now: float) -> list[str]:
    """Begin what is due, and say what was begun. Reads one small table; writes only when something is due."""
    return [schedule.task for schedule in Schedule.objects.filter(next_at__lte=now) if _begin(schedule, now)]


def _begin(schedule: Schedule, now: float) -> bool:
    """Move the schedule on if no other clock has, and ask for the job in the same transaction."""
    late = now - schedule.next_at > GRACE
    makes_up_all = late and schedule.missed == "all"
    with transaction.atomic():
        mine = Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at)
        if not mine.update(next_at=following(schedule.cron, schedule.next_at if makes_up_all else now)):
            return False
        if late and schedule.missed == "skip":
            return False
        enqueue(schedule.task, unique=None if makes_up_all else f"clock:{schedule.task}")
        return True

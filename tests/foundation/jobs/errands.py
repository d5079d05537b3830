"""Workers and askers as real processes, for the tests that kill them: errands.py FOLDER migrate | ask N | work SLOT."""

import os
import signal
import sys
import time
from pathlib import Path

FOLDER = Path(sys.argv[1])
os.environ["THIRDPLACE_DATA"] = str(FOLDER)
os.environ["DJANGO_SETTINGS_MODULE"] = "thirdplace.face.web.django_settings"

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402

from thirdplace.foundation.jobs import enqueue, queue, task, worker  # noqa: E402

queue.LEASE = float(os.environ.get("ERRAND_LEASE", "30"))
worker.PULSE = queue.LEASE / 3
STEPS = 5


@task()
def errand(run, *, nth):
    """Five steps in the database, each with something done outside first."""
    for step in range(STEPS):
        run.outside(f"go {step}", lambda step=step: go(nth, step))
        run.step(f"note {step}", lambda step=step: note(nth, step))
        run.progress(done=step + 1, of=STEPS)


def go(nth, step):
    time.sleep(float(os.environ.get("ERRAND_PAUSE", "0.002")))
    with (FOLDER / "been").open("a") as been:
        been.write(f"{nth} {step}\n")
    return [nth, step]


def note(nth, step):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO noted VALUES (%s, %s, %s)", [nth, step, os.getpid()])


def migrate():
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE noted (nth int, step int, pid int)")


def ask(count):
    """Ask for errands; every tenth asker changes their mind, and the errand must not be there."""
    for nth in range(count):
        try:
            with transaction.atomic():
                enqueue("errand", nth=nth)
                if nth % 10 == 9:
                    raise InterruptedError
        except InterruptedError:
            continue


def work(slot):
    def handle(made):
        signal.signal(signal.SIGTERM, made.stop)

    worker.work(FOLDER / "run", slot, handle=handle)


if __name__ == "__main__":
    verb, *numbers = sys.argv[2:]
    {"migrate": migrate, "ask": ask, "work": work}[verb](*map(int, numbers))

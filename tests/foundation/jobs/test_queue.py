"""Asking, claiming, failing, cancelling: the table as it stands afterwards."""

import threading
import time

import pytest
from django.db import connection, transaction

from thirdplace.foundation.errors import AlreadyDone, ThirdplaceError
from thirdplace.foundation.jobs import enqueue, queue, schedules, task, tasks, worker
from thirdplace.foundation.jobs.models import Job, Schedule
from thirdplace.foundation.jobs.running import Lost, Run
from thirdplace.foundation.jobs.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def known():
    """Makes functions known as tasks, the only ones; afterwards those of the house are known again."""
    names, before = [], dict(tasks.items())
    for name in before:
        tasks.forget(name)

    def make(work, **how):
        names.append(work.__name__)
        return task(**how)(work)

    yield make
    for name in names:
        tasks.forget(name)
    for name, each in before.items():
        tasks.register(name, each)


def take(slot="here:0"):
    job = queue.claim(slot)
    assert job is not None
    return job


def test_a_job_of_a_deed_that_was_taken_back_is_not_there():
    def change_ones_mind():
        with transaction.atomic():
            enqueue("anything")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        change_ones_mind()
    assert not Job.objects.exists()


def test_the_same_key_is_the_same_job_until_it_has_ended():
    first = enqueue("anything", unique="key")
    assert enqueue("anything", unique="key").pk == first.pk
    job = take()
    assert enqueue("anything", unique="key").pk == first.pk
    assert queue.finish(job)
    assert enqueue("anything", unique="key").pk != first.pk


def test_a_job_that_is_asked_for_while_it_runs_runs_once_more():
    enqueue("anything", unique="key", again=True)
    job = take()
    Run(job).step("read", lambda: 1)
    enqueue("anything", unique="key", again=True)
    assert queue.finish(job)
    once_more = take()
    assert (once_more.pk, once_more.steps.count()) == (job.pk, 0)
    assert queue.finish(once_more)
    assert Job.objects.get().state == "done"


def test_a_job_may_be_given_anything_by_name():
    assert enqueue("anything", name="Hedgerow", task="x").given == {"name": "Hedgerow", "task": "x"}


def test_a_job_waits_for_its_time():
    enqueue("anything", after=60)
    assert queue.claim("here:0") is None
    assert queue.claim("here:0", now=time.time() + 61) is not None


def test_a_job_does_not_wait_for_a_clock_that_was_set_back():
    enqueue("anything")
    a_year_ago = time.time() - 365 * 86_400
    assert queue.claim("here:0", now=a_year_ago) is not None


def test_a_plan_made_by_a_clock_that_was_ahead_is_made_again(known):
    def sweep(run):
        return None

    known(sweep, cron="0 * * * *")
    schedules.plan(1_900_000_800.0)
    schedules.plan(1_800_000_000.0)
    assert Schedule.objects.get().next_at == 1_800_003_600.0


def test_a_job_claimed_by_a_worker_that_was_told_to_end_is_put_back(monkeypatch):
    asked = enqueue("anything")
    made, claim = Worker("here:0"), queue.claim

    def told_meanwhile(slot):
        made.stop()
        return claim(slot)

    monkeypatch.setattr(queue, "claim", told_meanwhile)
    made.work()
    asked.refresh_from_db()
    assert (asked.state, asked.tries) == ("ready", 0)


def test_a_schedule_that_cannot_be_read_does_not_end_the_heartbeat(monkeypatch):
    monkeypatch.setattr(worker, "PULSE", 0.01)
    Schedule.objects.create(task="odd", cron="no such time", next_at=0)
    enqueue("anything")
    job, made = take(), Worker("here:0")
    made.run = Run(job)
    pulse = threading.Thread(target=made._pulse)
    pulse.start()
    try:
        Job.objects.update(lease_until=0)
        until = time.monotonic() + 20
        while Job.objects.get().lease_until == 0 or not Job.objects.update(lease_until=0):
            assert time.monotonic() < until
            time.sleep(0.01)
        while Job.objects.get().lease_until == 0:  # a second beat, after the clock has failed
            assert time.monotonic() < until
            time.sleep(0.01)
        assert pulse.is_alive()
    finally:
        made.stopping.set()
        pulse.join()


def test_a_step_and_its_checkpoint_are_one():
    enqueue("anything")
    run = Run(take())

    def half_way():
        Schedule.objects.create(task="half", cron="* * * * *", next_at=0)
        raise ValueError

    with pytest.raises(ValueError):
        run.step("write", half_way)
    assert not Schedule.objects.exists()
    assert run.step("count", lambda: {"n": 3}) == {"n": 3}
    assert run.step("count", lambda: {"n": 4}) == {"n": 3}


def test_a_step_without_the_token_writes_nothing():
    enqueue("anything")
    mine = Run(take())
    Job.objects.update(lease_until=0)
    assert take("elsewhere:0").pk == mine.job.pk
    with pytest.raises(Lost):
        mine.step("write", lambda: Schedule.objects.create(task="x", cron="* * * * *", next_at=0).pk)
    with pytest.raises(Lost):
        mine.progress(done=1)
    assert not Schedule.objects.exists()
    assert not queue.finish(mine.job)


def test_the_world_fails_and_the_pauses_grow_until_it_is_given_up(known):
    def lean(run):
        raise OSError("the line is dead")

    known(lean)
    enqueue("lean")
    pauses = []
    for _ in range(queue.TRIES):
        Worker("here:0").do(take())
        job = Job.objects.get()
        pauses.append(round(job.ready_at - time.time()))
        Job.objects.update(ready_at=0)
    assert pauses[:4] == [2, 4, 8, 16]
    assert (job.state, job.failure) == ("failed", "OSError: the line is dead")
    queue.try_again(job)
    assert (take().tries, Job.objects.get().failure) == (1, "")


def test_a_library_that_fails_because_we_end_costs_the_job_nothing(known):
    at_work = Worker("here:0")

    def interrupted(run):
        at_work.stopping.set()  # as the signal's handler does, whose Stop a library caught
        raise RuntimeError("Query interrupted")

    known(interrupted)
    enqueue("interrupted")
    at_work.do(take())
    job = Job.objects.get()
    assert (job.state, job.failure, job.tries) == ("ready", "", 0)
    assert job.ready_at <= time.time()


def test_what_a_person_can_mend_is_not_tried_again_by_itself(known):
    def refuse(run):
        raise ThirdplaceError("The file is not here.", "Choose it again.")

    known(refuse)
    enqueue("refuse")
    Worker("here:0").do(take())
    job = Job.objects.get()
    assert (job.state, job.failure, job.remedy) == ("failed", "The file is not here.", "Choose it again.")


def test_a_job_that_kills_its_worker_each_time_is_given_up():
    enqueue("anything")
    for _ in range(queue.TRIES):
        take()
        assert queue.free_slot("here:0") == 1
    assert queue.claim("here:0") is None
    assert Job.objects.get().state == "failed"


def test_only_what_has_ended_can_be_tried_again():
    with pytest.raises(AlreadyDone):
        queue.try_again(enqueue("anything"))


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_word(known):
    queue.cancel(enqueue("anything"))
    assert Job.objects.get().state == "cancelled"

    def count(run):
        for nth in range(3):
            run.progress(done=nth)
            if nth == 1:
                queue.cancel(run.job)

    known(count)
    job = enqueue("count")
    Worker("here:0").do(take())
    job.refresh_from_db()
    assert (job.state, job.progress) == ("cancelled", {"done": 2})


def test_two_claim_at_once_and_one_gets_it():
    for _ in range(20):
        enqueue("anything")
    got = []

    def claim_all():
        while (job := queue.claim(threading.current_thread().name)) is not None:
            got.append(job.pk)
        connection.close()

    if connection.is_in_memory_db():
        claim_all()
    else:
        both = [threading.Thread(target=claim_all) for _ in range(2)]
        [thread.start() for thread in both]
        [thread.join() for thread in both]
    assert sorted(got) == sorted(Job.objects.values_list("pk", flat=True))


def test_an_idle_worker_looks_around(monkeypatch):
    monkeypatch.setattr(worker, "LOOK", -1)
    looked = []

    def look():
        looked.append(made)
        made.stop()

    made = Worker("here:0", look=look)
    made.work()
    assert looked == [made]


def test_ended_jobs_are_forgotten_but_failures_stay():
    for _ in range(3):
        enqueue("anything")
    queue.finish(take())
    queue.give_up(take(), "no")
    assert queue.forget_ended(before=time.time() + 1) == 1
    assert set(Job.objects.values_list("state", flat=True)) == {"failed", "ready"}


@pytest.mark.parametrize(("missed", "begun"), [("skip", 0), ("one", 1), ("all", 3)])
def test_what_the_clock_missed(known, missed, begun):
    def sweep(run):
        return None

    known(sweep, cron="0 * * * *", missed=missed)
    start = 1_800_000_000.0 - 1_800_000_000.0 % 3600
    schedules.plan(start)
    assert Schedule.objects.get().next_at == start + 3600
    later = start + 3 * 3600 + 900
    while schedules.tick(later):
        continue
    assert Job.objects.filter(task="sweep").count() == begun
    assert Schedule.objects.get().next_at == start + 4 * 3600


def test_of_two_clocks_one_begins_the_job(known):
    def sweep(run):
        return None

    known(sweep, cron="0 * * * *")
    schedules.plan(0.0)
    seen = Schedule.objects.get()
    assert schedules._begin(seen, 3600.0)
    assert not schedules._begin(seen, 3600.0)
    assert Job.objects.count() == 1


def test_a_plan_follows_the_definitions(known):
    def sweep(run):
        return None

    known(sweep, cron="0 * * * *")
    Schedule.objects.create(task="gone", cron="0 * * * *", next_at=0)
    Schedule.objects.create(task="sweep", cron="5 * * * *", next_at=0)
    schedules.plan(0.0)
    schedules.plan(1800.0)
    assert list(Schedule.objects.values_list("task", "cron", "next_at")) == [("sweep", "0 * * * *", 3600.0)]

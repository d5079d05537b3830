"""What workers do: the same as the command line, begun again after a kill."""

from pathlib import Path

import msgspec

from hedgerow import Village, at
from thirdplace.flow.models import Finding, Round
from thirdplace.foundation import jobs
from thirdplace.foundation.channels.models import Import
from thirdplace.foundation.jobs import queue
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.jobs.running import Run
from thirdplace.foundation.jobs.tasks import tasks
from thirdplace.foundation.lake import Lake


def work() -> Job:
    """Do the next job, as a worker does."""
    job = queue.claim("tests")
    assert job is not None
    tasks[job.task](Run(job), **job.given)
    queue.finish(job)
    job.refresh_from_db()
    return job


def letter(village: Village) -> Path:
    path = village.folder / "hedgerow.parish"
    path.write_bytes(msgspec.json.encode({"who": "ann", "did": "asked", "at": at(6), "thread": "stile"}))
    return path


def test_an_import_by_a_job_tells_how_far_it_is_and_takes_the_file_away(village: Village) -> None:
    path = letter(village)
    jobs.enqueue("import_archive", community=village.community, path=str(path), remove=True)
    job = work()
    assert job.state == Job.State.DONE
    done = Import.objects.get()
    assert (done.state, done.added) == (Import.State.DONE, 1)
    assert job.progress["import"] == done.pk
    assert not path.exists()


def test_an_import_whose_worker_died_after_it_is_not_done_twice(village: Village) -> None:
    path = letter(village)
    jobs.enqueue("import_archive", community=village.community, path=str(path))
    job = queue.claim("tests")
    assert job is not None
    tasks["import_archive"](Run(job), **job.given)
    queue.free_slot("tests")
    work()
    assert Import.objects.count() == 1


def test_an_import_is_undone_by_a_job(village: Village) -> None:
    done = village.tell(("ann", "asked", 6, "stile"))
    jobs.enqueue("undo_import", community=village.community, number=done.pk)
    work()
    done.refresh_from_db()
    assert done.state == Import.State.UNDONE
    assert not Lake(village.community.pk).files()


def test_after_a_mark_the_asked_for_refresh_brings_the_findings(village: Village) -> None:
    village.tell(("ann", "asked", 6, "stile"), ("cho", "said", 7.9, None), wall=at(400))
    assert Finding.objects.count() == 1
    village.do("mark_staff", member=village.member("Ann"))
    assert work().task == "refresh"
    assert not Finding.objects.exists()


def test_as_time_goes_by_a_running_clock_is_looked_at_again(village: Village) -> None:
    village.tell(("ann", "said", 7.9, None))
    Round.objects.all().delete()
    Job.objects.all().delete()
    jobs.enqueue("look_again")
    work()
    assert Round.objects.count() == 1
    village.community.clock_on = at(7).date()
    village.community.save()
    Round.objects.all().delete()
    jobs.enqueue("look_again")
    work()
    assert not Round.objects.exists()

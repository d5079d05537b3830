"""A job that imports, begun again: after a kill there is one import, not a row for every life of the worker."""

import shutil
from pathlib import Path

import pytest
from django.utils import timezone

from thirdplace.flow import imports, tasks
from thirdplace.foundation.channels import importing
from thirdplace.foundation.channels.models import Import
from thirdplace.foundation.jobs import enqueue, queue
from thirdplace.foundation.jobs.worker import Worker
from thirdplace.foundation.lake.folders import uploads_folder
from thirdplace.foundation.members.models import Community

pytestmark = pytest.mark.django_db(transaction=True)
SLACK = Path(__file__).parents[1] / "recorded" / "slack"


@pytest.fixture
def community():
    return Community.objects.create(name="Mill Lane", slug="mill-lane")


def work(community, **progress):
    """Run the import's job, which had come so far before."""
    job = enqueue("import_archive", community=community, path=str(SLACK))
    job.progress = progress
    job.save()
    Worker("here:0").do(queue.claim("here:0"))
    job.refresh_from_db()
    return job


def test_what_came_to_nothing_is_forgotten(community):
    gone = Import.objects.create(community=community, connector="slack", path=str(SLACK), name="slack", state="failed")
    job = work(community, **{"import": gone.pk})
    (done,) = Import.objects.all()
    assert (job.state, done.state, done.added > 0) == ("done", "done", True)


def test_what_recovery_brought_home_is_not_read_again(community):
    home = imports.run(community, SLACK, wall=timezone.now())
    job = work(community, **{"import": home.pk})
    assert job.state == "done"
    assert job.steps.get().result == home.pk
    assert Import.objects.count() == 1


@pytest.mark.parametrize("state", ["undoing", "undone"])
def test_an_undoing_that_was_killed_and_brought_home_is_done(community, state):
    done = imports.run(community, SLACK, wall=timezone.now())
    if state == "undone":  # recovery was there before the job began again
        importing.undo_import(done)
    Import.objects.update(state=state)
    job = enqueue("undo_import", community=community, number=done.pk)
    queue.claim("here:0")
    queue.free_slot("here:0")
    Worker("here:0").do(queue.claim("here:0"))
    job.refresh_from_db()
    assert (job.state, job.failure) == ("done", "")
    assert [each.state for each in Import.objects.all()] == ["undone"]


@pytest.mark.parametrize("name", ["slack", "slack.zip"])
def test_of_an_upload_that_was_read_nothing_stays(community, name):
    batch = uploads_folder(community.pk) / "1"
    batch.mkdir(parents=True)
    if name == "slack":
        shutil.copytree(SLACK, batch / name)
    else:
        shutil.make_archive(str(batch / "slack"), "zip", SLACK)
    job = enqueue("import_archive", community=community, path=str(batch / name), remove=True)
    Worker("here:0").do(queue.claim("here:0"))
    job.refresh_from_db()
    assert (job.state, list(uploads_folder(community.pk).iterdir())) == ("done", [])


def test_the_first_life_reads(community):
    assert work(community).steps.get().result == Import.objects.get().pk
    assert tasks.import_archive.cron is None


def test_what_still_stands_half_done_is_brought_home_first(community):
    half = Import.objects.create(community=community, connector="slack", path=str(SLACK), name="slack", state="reading")
    work(community, **{"import": half.pk})
    assert [done.state for done in Import.objects.all()] == ["done"]

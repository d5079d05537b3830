"""What is done each night changes nothing that anybody sees, and forgets what is over."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from town import Town

from thirdplace.foundation.jobs import enqueue, queue, upkeep
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.jobs.running import Run
from thirdplace.foundation.lake import keeping

pytestmark = pytest.mark.django_db


def tend() -> None:
    """One night, as a worker does it."""
    asked = enqueue("tend")
    job = queue.claim("tests")
    assert job is not None
    assert job.pk == asked.pk
    upkeep.tend(Run(job))
    assert queue.finish(job)


def test_small_files_are_put_together_and_everything_stays_as_it_was() -> None:
    town = Town()
    for day in range(keeping.FEW + 2):
        town.tell([{"who": "ann", "kind": "said", "day": day + 0.5}])
    town.refresh()
    before = town.stored()
    assert len(town.lake.files()) == keeping.FEW + 2
    tend()
    assert len(town.lake.files()) == 1
    assert town.refresh().readings == 0
    assert town.differences() == []
    assert town.stored() == before


def test_what_is_over_is_forgotten() -> None:
    now = timezone.now()
    for name, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=name, session_data="", expire_date=now + timedelta(days=days))
    old = enqueue("anything")
    Job.objects.filter(pk=old.pk).update(state="done", ended_at=time.time() - 31 * 86_400)
    tend()
    assert [each.session_key for each in Session.objects.all()] == ["new"]
    assert not Job.objects.filter(pk=old.pk).exists()


def test_a_lake_that_cannot_be_tended_does_not_keep_old_things(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town()
    town.tell([{"who": "ann", "kind": "said", "day": 1}])
    log = town.lake.folder / "activities" / "_delta_log"
    (log / f"{town.lake.version():020d}.json").write_text("damaged")
    old = timezone.now() - timedelta(days=1)
    Session.objects.create(session_key="old", session_data="", expire_date=old)
    with pytest.raises(Exception, match="(?i)json|parse|delta|invalid"):
        tend()
    assert not Session.objects.exists()

"""A house with its owner, and ways to its door."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from doorstep import PASSWORD, RECORDED
from thirdplace.flow import imports
from thirdplace.foundation.accounts import keeping
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community


@pytest.fixture(autouse=True)
def forgetting() -> None:
    """Nothing counted by an earlier test."""
    cache.clear()


@pytest.fixture
def owner(db: None) -> Account:
    """The owner of the house."""
    return keeping.make_owner("Marit Oosterveld", PASSWORD)


@pytest.fixture
def visitor(db: None) -> Client:
    """Somebody at this machine who has not come in."""
    return Client(headers={"host": "127.0.0.1"})


@pytest.fixture
def steward(owner: Account) -> Client:
    """The owner, inside."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(owner)
    return client


@pytest.fixture
def slack(tmp_path: Path) -> Path:
    """The recorded Slack workspace, as a folder."""
    return Path(shutil.copytree(RECORDED / "slack", tmp_path / "mill-lane"))


@pytest.fixture
def house(owner: Account, slack: Path) -> Community:
    """A community with the recorded workspace in it."""
    community = Community.objects.create(name="Mill Lane", slug="mill-lane", zone="Europe/Amsterdam")
    imports.run(community, slack, wall=timezone.now())
    community.refresh_from_db()
    return community


@pytest.fixture
def work() -> Callable[[], int]:
    """Do the jobs that wait, as a worker would; how many."""
    from thirdplace.foundation.jobs import queue
    from thirdplace.foundation.jobs.worker import Worker

    def done() -> int:
        count = 0
        while job := queue.claim("test"):
            Worker("test").do(job)
            count += 1
        return count

    return done

"""A house in which the keepers of a small canal's locks have been read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import lock_keepers
from thirdplace.flow import imports
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community


@pytest.fixture
def keepers(owner: Account, tmp_path: Path) -> Community:
    """Sixteen weeks of their talk: Noor, new, waits for an answer; Oda, a regular, has gone quiet."""
    community = Community.objects.create(name="Lock Keepers", slug="lock-keepers", zone="Europe/Amsterdam")
    imports.run(community, lock_keepers.export(tmp_path / "locks.zip", weeks=16), wall=timezone.now())
    community.refresh_from_db()
    return community


@pytest.fixture
def read(steward: Client, keepers: Community) -> Callable[[str], str]:
    """The page at an address, as text."""

    def at(address: str) -> str:
        answer = steward.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return str(answer.content.decode())

    return at


@pytest.fixture
def asked(steward: Client, keepers: Community) -> Callable[[str], int]:
    """How many queries a page asks of the database."""

    def count(address: str) -> int:
        steward.get(address)  # what is remembered from the first visit is not counted
        with CaptureQueriesContext(connection) as seen:
            assert steward.get(address).status_code == 200
        return len(seen)

    return count

"""A house in which the keepers of a small canal's locks have been read."""

from collections.abc import Callable
from html.parser import HTMLParser
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


class Harm(HTMLParser):
    """Finds what would run, hide or be fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"iframe", "img", "object", "embed", "base", "marquee", "style", "audio", "video"}:
            self.found.append(f"<{tag}>")
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.found.append("<script>")
        for name, value in given.items():
            if (
                name.startswith("on")
                or name == "style"
                or value.strip().lower().startswith(("javascript:", "data:text"))
            ):
                self.found.append(f"{tag} {name}={value}")
            if name in {"src", "poster", "background"} and "//" in value:
                self.found.append(f"{tag} {name}={value}")


def harm(html: str) -> list[str]:
    """What in a page would run or be fetched."""
    looked = Harm()
    looked.feed(html)
    return looked.found


@pytest.fixture
def asked(steward: Client, keepers: Community) -> Callable[[str], int]:
    """How many queries a page asks of the database."""

    def count(address: str) -> int:
        steward.get(address)  # what is remembered from the first visit is not counted
        with CaptureQueriesContext(connection) as seen:
            assert steward.get(address).status_code == 200
        return len(seen)

    return count

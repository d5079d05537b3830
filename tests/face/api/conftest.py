"""A house with the recorded Slack workspace in it, its owner, and ways in."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from thirdplace.face.api.assembled import api
from thirdplace.flow import imports
from thirdplace.foundation.accounts import keeping, tokens
from thirdplace.foundation.members.models import Community

RECORDED = Path(__file__).parents[2] / "recorded"
WALL = datetime(2025, 3, 8, 12, tzinfo=UTC)


@pytest.fixture
def owner(db):
    return keeping.make_owner("Marit", "hedges and stiles")


def workspace(folder):
    """The recorded workspace, going on for a few quiet days in which somebody new asks and waits."""
    shutil.copytree(RECORDED / "slack", folder)
    people = json.loads((folder / "users.json").read_text())
    people.append({"id": "U99NEW", "name": "fern", "profile": {"real_name": "Fern Newcomer"}})
    (folder / "users.json").write_text(json.dumps(people))
    asked = {"type": "message", "user": "U99NEW", "text": "Where does one get a key?", "ts": "1741003200.000100"}
    (folder / "general" / "2025-03-03.json").write_text(json.dumps([asked]))
    first = json.loads((folder / "general" / "2025-03-01.json").read_text())
    speaker = next(each["user"] for each in first if each.get("user") and not each.get("subtype"))
    last = {"type": "message", "user": speaker, "text": "Frost tonight.", "ts": "1741262400.000100"}
    (folder / "general" / "2025-03-06.json").write_text(json.dumps([last]))
    return folder


@pytest.fixture
def house(owner, tmp_path):
    community = Community.objects.create(name="Mill Lane", slug="mill-lane", zone="Europe/Amsterdam")
    imports.run(community, workspace(tmp_path / "slack"), wall=timezone.now())
    community.refresh_from_db()
    return community


class Script:
    """A client with a key."""

    def __init__(self, key):
        self.client = Client(headers={"authorization": f"Bearer {key}", "host": "127.0.0.1"})

    def get(self, path, **query):
        answer = self.client.get(f"/api/v1/{path}", query)
        return answer.status_code, answer.json()

    def send(self, method, path, given=None):
        answer = getattr(self.client, method)(f"/api/v1/{path}", given or {}, content_type="application/json")
        return answer.status_code, answer.json()


@pytest.fixture
def key(owner):
    return tokens.make(owner, "tests", now=WALL)[1]


@pytest.fixture
def script(key, house):
    return Script(key)


@pytest.fixture(scope="session")
def described():
    return api.get_openapi_schema()

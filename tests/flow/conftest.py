"""The village that the flow is told about."""

from pathlib import Path

import pytest

from hedgerow import Village
from thirdplace import settings
from thirdplace.flow import definitions
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community


@pytest.fixture(scope="session")
def plugin() -> None:
    """The package of somebody else, loaded once."""
    definitions.load()
    assert definitions.add("plugin_package"), definitions.broken()


@pytest.fixture
def village(db: None, plugin: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Village:
    """An empty village with its steward."""
    monkeypatch.setattr(settings, "DATA", tmp_path / "data")
    folder = tmp_path / "letters"
    folder.mkdir()
    community = Community.objects.create(name="Hedgerow", slug="hedgerow")
    steward = Account.objects.create_user("vic", first_name="Vic", is_owner=True)
    return Village(community, steward, folder)

"""A community to import into, and whether all that is kept of it agrees."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from thirdplace.foundation import doctor, engine
from thirdplace.foundation.members.models import Community

NOW = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def community(db: None) -> Community:
    """The people around a jetty."""
    return Community.objects.create(name="Jetty", slug="jetty", zone="Europe/Amsterdam")


@pytest.fixture
def trouble() -> Callable[[Community], list[str]]:
    """What the doctor says when the readings have been refreshed."""

    def said(community: Community) -> list[str]:
        community.refresh_from_db()
        engine.refresh(community, now=NOW)
        return [each.what for each in doctor.check(community)]

    return said

"""Real exports, where they are at hand: in with the numbers of plain counting, again with nothing, out whole."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from thirdplace.foundation.channels import importing
from thirdplace.foundation.channels.figures import figures
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community, Identity, Member

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("THIRDPLACE_TEST_DATA", ROOT.parent / "shared" / "data"))

pytestmark = pytest.mark.archive


@pytest.mark.parametrize(
    ("name", "messages"), [("cardano-stackexchange.zip", 4_367), ("dd2030-slack-export.zip", 10_815)]
)
def test_in_again_and_out(
    community: Community, trouble: Callable[[Community], list[str]], name: str, messages: int
) -> None:
    path = DATA / name
    if not path.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            f"{name} is not in {DATA}. Set THIRDPLACE_TEST_DATA to the folder that holds the archives."
        )
    counted = subprocess.run([sys.executable, DATA / "count.py", path], capture_output=True, check=True, text=True)
    first = importing.import_archive(community, path)
    assert first.found == json.loads(counted.stdout)[name]
    assert (first.already, first.changed, trouble(community)) == (0, 0, [])
    (told,) = figures(community)
    assert (told["activities"], told["messages"]) == (first.added, messages)
    again = importing.import_archive(community, path)
    assert (again.added, again.already, again.changed, trouble(community)) == (0, first.added, 0, [])
    importing.undo_import(first)
    assert [model.objects.count() for model in (Source, Channel, Identity, Member)] == [0, 0, 0, 0]
    assert (Index(community.pk).count(), trouble(community)) == (0, [])

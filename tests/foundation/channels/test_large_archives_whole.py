"""Large real exports, when they are asked for: THIRDPLACE_LARGE="raku lean", or all.

In with the numbers of plain counting, again with nothing, out whole. Minutes each, so never without being asked.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from thirdplace.foundation.channels import importing
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.connectors.connector import connectors
from thirdplace.foundation.connectors.recognition import recognise
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community, Identity, Member

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("THIRDPLACE_TEST_DATA", ROOT.parent / "shared" / "data"))
ASKED = os.environ.get("THIRDPLACE_LARGE", "").split()

pytestmark = pytest.mark.archive
LARGE = {  # archive and connector, by a short name
    "raku": ("raku-irc-2010-2015.tar.xz", "irc"),
    "lean": ("lean-zulip-2018-2023.tar.xz", "zulip"),
    "urho3d": ("urho3d-discourse.tar.xz", "discourse"),
    "slicer": ("slicer-discourse-2017-2022.tar.xz", "discourse_markdown"),
    "r": ("r-lists-pipermail-to-2017.tar.xz", "mbox"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_a_large_archive_in_again_and_out(
    community: Community, trouble: Callable[[Community], list[str]], name: str
) -> None:
    if name not in ASKED and "all" not in ASKED:
        pytest.skip(f"A large archive: THIRDPLACE_LARGE={name} asks for it.")
    path, slug = DATA / LARGE[name][0], LARGE[name][1]
    assert recognise(path).connector is connectors[slug]
    counted = subprocess.run([sys.executable, DATA / "count.py", path], capture_output=True, check=True, text=True)
    first = importing.import_archive(community, path)
    assert first.found == json.loads(counted.stdout)[path.name]
    assert (first.already, first.changed, trouble(community)) == (0, 0, [])
    again = importing.import_archive(community, path)
    assert (again.added, again.already, again.changed, trouble(community)) == (0, first.added, 0, [])
    importing.undo_import(first)
    assert [model.objects.count() for model in (Source, Channel, Identity, Member)] == [0, 0, 0, 0]
    assert (Index(community.pk).count(), trouble(community)) == (0, [])

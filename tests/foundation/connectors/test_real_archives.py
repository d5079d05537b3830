"""Real exports, where they are at hand: their numbers, and nothing of what they say."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from exports import hear, rows

from thirdplace.foundation.connectors.columns import gather

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("THIRDPLACE_TEST_DATA", ROOT.parent / "shared" / "data"))

pytestmark = pytest.mark.archive


def archive(name: str) -> Path:
    """The path of one; without it there is nothing to test, which only matters where everything must be tested."""
    path = DATA / name
    if not path.exists():
        missing = f"{name} is not in {DATA}. Set THIRDPLACE_TEST_DATA to the folder that holds the archives."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return path


@pytest.mark.parametrize(
    ("name", "slug", "asks"),
    [("cardano-stackexchange.zip", "stackexchange", None), ("dd2030-slack-export.zip", "slack", None)],
)
def test_found_says_what_plain_counting_says(name, slug, asks):
    path = archive(name)
    counted = subprocess.run([sys.executable, DATA / "count.py", path], capture_output=True, check=True, text=True)
    said = hear(path)
    assert said.connector.slug == slug
    assert dict(said.tally.found) == json.loads(counted.stdout)[name]


@pytest.mark.parametrize("name", ["cardano-stackexchange.zip", "dd2030-slack-export.zip"])
def test_every_row_is_carried_or_left_with_a_reason(name):
    said = hear(archive(name))
    natives = [each.native for each in said.activities]
    assert len(set(natives)) == len(natives) > 10_000
    assert sorted(rows(said.columns), key=str) == sorted(rows(gather(said.items, 1)), key=str)


def test_replies_to_parents_that_are_not_there_are_carried():
    said = hear(archive("dd2030-slack-export.zip"))
    replies = said.of("replied")
    assert len(replies) == said.tally.found["replies"] == 6_761
    there = {each.thread for each in said.activities if each.kind not in ("replied", "reacted")}
    assert sum(each.thread not in there for each in replies) == 27 + 20  # the others answer tombstones
    natives = {each.native for each in said.activities}
    assert sum(each.about in natives for each in replies) >= 6_761 - 27 - 20


def test_every_question_with_an_accepted_answer_has_its_acceptance():
    said = hear(archive("cardano-stackexchange.zip"))
    assert len(said.of("accepted")) == said.tally.found["accepted"] == 459
    assert len(said.of("asked")) == 1_042
    assert len(said.of("answered")) == 1_496

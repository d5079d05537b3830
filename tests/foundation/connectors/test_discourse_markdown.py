"""Discourse topics rendered to Markdown, from a recorded forum."""

from datetime import UTC, datetime

import pytest
from exports import Said, files_of, hear, pack, recording

from thirdplace.foundation.connectors.base import Kind, Person
from thirdplace.foundation.connectors.discourse_markdown import AGAIN, INDEX, UNDATED, WORDLESS

LEEKS = "2025-02-01-how-deep-do-leeks-go-id7.md"


@pytest.fixture(scope="module")
def said() -> Said:
    return hear(recording("discourse_markdown"))


def test_the_first_post_opens_the_topic(said):
    first, second = said.one("7/1"), said.one("7/2")
    assert (first.kind, first.thread, first.title) == (Kind.STARTED, "7", "How deep do leeks go?")
    assert (first.who, first.text) == ("ada", "How deep do leeks go?")
    assert first.happened_at == datetime(2025, 2, 1, 1, 10, tzinfo=UTC)
    assert (second.kind, second.who, second.about) == (Kind.REPLIED, "bo_f", None)


def test_a_reply_answers_what_it_quotes(said):
    assert said.one("7/3").about == "7/2"


def test_a_heading_within_a_post_is_its_text(said):
    assert said.one("7/5").text == "The plan:\n\n```\n## Post #9 by @eve (2025-02-01 01:01 UTC)\n---\n```"
    assert said.one("7/9").who == "fay"


def test_people_are_known_by_handle_however_it_is_written(said):
    people = [each for each in said.items if isinstance(each, Person)]
    assert [(each.native, each.handle) for each in people] == [
        ("ada", "ada"),
        ("bo_f", "Bo_F"),
        ("cyn", "cyn"),
        ("fay", "fay"),
    ]


def test_the_forum_is_the_one_its_addresses_name(said):
    assert (said.space.native, said.space.base_url) == ("forum.mill-lane.example", "https://forum.mill-lane.example")


def test_everything_is_counted_and_what_is_left_has_its_reason(said):
    assert dict(said.tally.found) == {"topics": 4}
    assert said.tally.skipped == {INDEX: 1, AGAIN: 1, WORDLESS: 1}
    assert len(said.activities) == 24 + 2


@pytest.mark.parametrize("time", ["2025-02-31 01:10", "yesterday", "2025-02-01 25:10"])
def test_a_post_of_no_day_is_left_and_said(tmp_path, time):
    files = files_of(recording("discourse_markdown"))
    name = next(each for each in files if each.endswith(LEEKS))
    files[name] = files[name].replace(b"(2025-02-01 01:10 UTC)", f"({time} UTC)".encode())
    said = hear(pack(files, "folder", tmp_path))
    assert said.tally.skipped[UNDATED] == 1
    assert "7/1" not in {each.native for each in said.activities}

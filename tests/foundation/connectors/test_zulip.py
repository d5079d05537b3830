"""Zulip's public archives, from a recorded one."""

import json
from datetime import UTC, datetime

import pytest
from exports import Said, files_of, hear, pack, recording

from thirdplace.foundation.connectors.base import Kind, Person, Place
from thirdplace.foundation.connectors.zulip import AUTHORLESS, MOVED, NOT_OURS, TWICE, UNTIMED


@pytest.fixture(scope="module")
def said() -> Said:
    return hear(recording("zulip"))


def test_a_message_stands_in_a_stream_and_the_first_of_a_topic_opens_it(said):
    first, second = said.one("101"), said.one("102")
    assert (first.kind, first.channel, first.thread, first.title) == (Kind.STARTED, "11", "11/leeks", "leeks")
    assert (second.kind, second.thread, second.title) == (Kind.REPLIED, "11/leeks", None)
    assert first.happened_at == datetime.fromtimestamp(1738400000 + 101 * 60, UTC)
    assert (first.who, first.text) == ("Ada Marsh", "How deep do leeks go?")


def test_a_reply_that_quotes_names_whom_it_answers_and_its_quote_is_known_as_one(said):
    reply = said.one("102")
    assert reply.about == "101"
    assert "\n\n> How deep do leeks go?\n\nA hand and a half." in reply.text
    assert [each.about for each in said.activities if each.about] == ["101"]


def test_maths_and_code_are_as_they_were_written(said):
    assert said.one("103").text == "Rows are $$n + 1$$ wide."
    assert said.one("104").text == "The plan:\n\n```\nfor row in rows:\n    dig(row)\n```"


def test_a_topic_that_was_renamed_is_read_under_its_newest_name_in_its_newest_words(said):
    opener = said.one("201")
    assert (opener.thread, opener.title) == ("11/spare barrow?", "spare barrow?")
    assert opener.text == "Who has a spare barrow, or two?"
    assert opener.place == "11-plots/spare.20barrow.3F.json"
    assert said.tally.places[MOVED] == "11-plots/barrow.json"


def test_a_topic_is_the_same_thread_after_it_was_resolved(said):
    assert [(each.native, each.kind, each.title) for each in said.activities if each.thread == "11/gate key"] == [
        ("301", Kind.STARTED, "✔ gate key"),
        ("302", Kind.REPLIED, None),
        ("303", Kind.REPLIED, None),
    ]


def test_a_stream_that_was_renamed_is_one_place_with_its_newest_name(said):
    places = [each for each in said.items if isinstance(each, Place)]
    assert places == [
        Place(native="11", name="plots", kind="stream", flat=False),
        Place(native="12", name="tea-hut", kind="stream", flat=False),
    ]
    assert (said.one("401").who, said.one("401").place) == ("Bo Fenn Esq", "12-tea-hut/tea.json")


def test_of_two_copies_in_one_file_the_later_is_kept(said):
    assert said.one("402").text == "Yes, please."


def test_everything_is_counted_and_what_is_left_has_its_reason(said):
    assert dict(said.tally.found) == {"topics": 7, "rows": 40, "messages": 36, "channels": 3, "authors": 7}
    assert said.tally.skipped == {MOVED: 3, TWICE: 1, NOT_OURS: 1, AUTHORLESS: 1}
    assert len(said.activities) == 36


def test_people_are_known_by_name(said):
    people = [each for each in said.items if isinstance(each, Person)]
    assert {each.native for each in people} == {each.name for each in people}
    assert said.one("403").who is None


def test_an_archive_of_one_stream_keeps_its_stream(tmp_path):
    files = {name: data for name, data in files_of(recording("zulip")).items() if "/11-plots/" in f"/{name}"}
    assert {each.channel for each in hear(pack(files, "tar.xz", tmp_path, name="plots-zulip")).activities} == {"11"}
    folder = pack({name.rsplit("/", 1)[1]: data for name, data in files.items()}, "folder", tmp_path, name="11-plots")
    assert {each.channel for each in hear(folder).activities} == {"11"}


def test_a_newer_archive_has_the_same_source(tmp_path):
    files = files_of(recording("zulip"))
    spaces = [
        hear(pack(files, "zip", tmp_path, name=f"mill-lane-zulip-{years}")).space for years in ("2025", "2018-2026")
    ]
    assert spaces[0] == spaces[1]
    assert spaces[0].native == "mill-lane"


def test_a_message_of_no_time_is_left_and_said(tmp_path):
    topic = [{"id": 9, "sender_full_name": "Ada", "timestamp": stamp, "content": "<p>x</p>"} for stamp in (-1, 10**15)]
    said = hear(pack({"1-a/x.json": json.dumps(topic).encode(), "2-b/y.json": b"[]"}, "folder", tmp_path))
    assert not said.activities
    assert said.tally.skipped[UNTIMED] == 1

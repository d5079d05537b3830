"""Zulip's own exports, from a recorded one."""

from datetime import UTC, datetime, timedelta

import pytest
from exports import Said, files_of, hear, pack, recording

from thirdplace.foundation.connectors.base import Kind, Person, Place
from thirdplace.foundation.connectors.zulip_export import (
    DIRECT,
    OTHER_FILE,
    PRIVATE,
    REALM_LOST,
    SUBSCRIPTION,
    UNPLACED,
)


@pytest.fixture(scope="module")
def said() -> Said:
    return hear(recording("zulip_export"))


def test_public_streams_are_read_and_what_is_private_is_counted_and_left(said):
    assert [(each.native, each.name) for each in said.items if isinstance(each, Place)] == [
        ("11", "plots"),
        ("12", "tea hut"),
    ]
    assert said.tally.skipped == {DIRECT: 2, PRIVATE: 1, UNPLACED: 1, SUBSCRIPTION: 2, OTHER_FILE: 1}
    everything = repr(said.items)
    assert "between the" not in everything
    assert "committee" not in everything
    assert "example.org" not in everything  # mail addresses


def test_a_message_knows_its_author_topic_time_and_edit(said):
    first, reply = said.one("501"), said.one("502")
    assert (first.kind, first.who, first.channel, first.thread) == (Kind.STARTED, "7", "11", "11/leeks")
    assert (first.text, first.title) == ("How deep?", "leeks")
    assert first.happened_at == datetime.fromtimestamp(1738400000, UTC) + timedelta(minutes=501, seconds=0.25)
    assert (reply.kind, reply.about) == (Kind.REPLIED, "501")
    assert reply.edited_at == datetime.fromtimestamp(1738500000, UTC)
    assert said.one("504").thread == "11/leeks"  # resolved since
    assert said.one("505").text == "Frost tonight"  # never rendered: as it was written


def test_reactions_are_rows_with_who_gave_them(said):
    given = [(each.who, each.label, each.about) for each in said.of("reacted")]
    assert given == [("8", "seedling", "501"), ("11", "tada", "501"), ("99", "tada", "503")]


def test_people_are_as_the_accounts_tell(said):
    people = {each.native: each for each in said.items if isinstance(each, Person)}
    assert {native for native, each in people.items() if each.bot} == {"10", "1"}
    assert {native for native, each in people.items() if each.staff} == {"7", "11"}
    assert {native for native, each in people.items() if each.deleted} == {"9"}
    assert (people["1"].name, people["99"].name) == ("welcome-bot", "99")
    assert [each.who for each in said.of("joined")] == ["7", "8", "9", "11"]


def test_the_organisation_names_itself(said):
    assert (said.space.native, said.space.name) == ("mill-lane", "Mill Lane")


def test_everything_is_counted(said):
    assert dict(said.tally.found) == {
        "messages": 33, "users": 5, "channels": 3, "subscriptions": 2, "reactions": 4, "authors": 6,
    }  # fmt: skip


def test_without_the_lists_nothing_is_read_and_it_says_so(tmp_path):
    files = {name: data for name, data in files_of(recording("zulip_export")).items() if name != "realm.json"}
    said = hear(pack(files, "zip", tmp_path))
    assert not said.activities
    assert (said.tally.skipped[UNPLACED], said.tally.skipped[REALM_LOST]) == (33, 1)


def test_a_stream_whose_row_is_damaged_is_left_alone_as_if_it_were_private(tmp_path):
    files = files_of(recording("zulip_export"))
    files["realm.json"] = files["realm.json"].replace(b'"name": "plots"', b'"name": "plots')
    said = hear(pack(files, "folder", tmp_path))
    assert {each.channel for each in said.activities if each.channel} == {"12"}
    assert said.tally.skipped[UNPLACED] == 26 + 1

"""Discourse forums as their API returns them, from a recorded one."""

import json
from datetime import UTC, datetime

import pytest
from exports import Said, files_of, hear, pack, recording

from thirdplace.foundation.connectors.base import Kind, Person, Place
from thirdplace.foundation.connectors.discourse import ABSENT, COPY, GONE, HIDDEN, MANY, NOTICE, OTHER_FILE, PERSONAL


@pytest.fixture(scope="module")
def said() -> Said:
    return hear(recording("discourse"))


def test_a_topic_with_an_accepted_answer_was_a_question(said):
    opener, answer, accepted = said.one("post-71"), said.one("post-72"), said.one("accepted-72")
    assert (opener.kind, opener.thread, opener.title) == (Kind.ASKED, "topic-7", "How deep do leeks go?")
    assert (answer.kind, answer.about) == (Kind.REPLIED, "post-71")
    assert (accepted.kind, accepted.about, accepted.who) == (Kind.ACCEPTED, "post-72", None)
    assert accepted.happened_at == answer.happened_at
    assert said.one("post-111").kind == Kind.STARTED


def test_a_reply_answers_the_post_it_replies_to_or_quotes(said):
    assert said.one("post-73").about == "post-72"
    assert said.one("post-73").text == "> bo:\n>\n> A hand.\n\nAnd a half."
    assert said.one("post-80").about is None
    assert said.one("post-81").about == "post-71"


def test_an_edit_is_one_when_the_version_says_so(said):
    assert said.one("post-73").edited_at == datetime(2025, 2, 3, 9, tzinfo=UTC)
    assert said.one("post-72").edited_at is None


def test_likes_are_rows_without_a_name(said):
    given = [(each.native, each.about, each.who) for each in said.of("reacted")]
    assert given == [
        ("like-71-1", "post-71", None),
        ("like-71-2", "post-71", None),
        ("like-72-1", "post-72", None),
    ]


def test_people_are_known_by_number_and_marked_as_the_forum_marks_them(said):
    people = {each.native: each for each in said.items if isinstance(each, Person)}
    assert people["7"] == Person(native="7", name="Ada", handle="ada")
    assert people["10"].staff
    assert (people["-1"].bot, people["-1"].handle) == (True, "system")


def test_categories_have_their_names_where_the_archive_tells_them(said):
    assert [each for each in said.items if isinstance(each, Place)] == [
        Place(native="3", name="Plots", kind="category", flat=False),
        Place(native="4", name="Category 4", kind="category", flat=False),
    ]


def test_what_is_deleted_takes_away_what_an_earlier_export_brought(said):
    (gone,) = said.of("deleted")
    assert (gone.native, gone.about) == ("deleted-77", "post-77")


def test_a_post_that_stands_in_two_files_is_read_where_it_was_changed_last(said):
    assert said.one("post-112").text == "At last, tea!"
    assert said.tally.places[COPY] == "posts/tea.8.json"


def test_everything_is_counted_and_what_is_left_has_its_reason(said):
    assert dict(said.tally.found) == {
        "topics": 4, "posts": 32, "system_posts": 1, "likes": 3, "accepted": 1, "authors": 7,
    }  # fmt: skip
    assert said.tally.skipped == {NOTICE: 1, HIDDEN: 1, GONE: 1, PERSONAL: 2, COPY: 1, OTHER_FILE: 1}
    assert "just you and me" not in repr(said.items)


def topics(tmp_path, **more) -> Said:
    """The recorded forum with one topic changed."""
    files = files_of(recording("discourse"))
    name = "posts/tea.8.json"
    said = json.loads(files[name])
    said["post_stream"] |= more.pop("post_stream", {})
    said["post_stream"]["posts"][0] |= more
    return hear(pack(files | {name: json.dumps(said).encode()}, "folder", tmp_path))


def test_posts_that_the_topic_counts_and_the_file_lacks_are_said(tmp_path):
    assert topics(tmp_path, post_stream={"stream": [111, 112, 113, 114]}).tally.skipped[ABSENT] == 2


def test_a_million_likes_of_one_post_are_no_million_rows(tmp_path):
    said = topics(tmp_path, actions_summary=[{"id": 2, "count": 1_000_000}])
    assert len(said.of("reacted")) == 10_000 + 3
    assert said.tally.skipped[MANY] == 990_000


def test_a_personal_message_in_a_damaged_file_is_left_alone_too(tmp_path):
    files = files_of(recording("discourse"))
    files["posts/between-us.9.json"] = files["posts/between-us.9.json"][:-20]
    said = hear(pack(files, "folder", tmp_path))
    assert "just you and me" not in repr(said.items)
    assert said.tally.skipped[PERSONAL] == 2

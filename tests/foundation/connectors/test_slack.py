"""Slack exports, from a recorded one."""

from datetime import UTC, datetime

import pytest
from exports import Said, files_of, hear, pack, recording

from thirdplace.foundation.connectors.base import Kind, Person, Place
from thirdplace.foundation.connectors.slack import FILES, NOTICE, PRIVATE, TOMBSTONE, UNNAMED
from thirdplace.foundation.connectors.slack_text import readable


@pytest.fixture(scope="module")
def said() -> Said:
    return hear(recording("slack"))


def at(seconds: int) -> str:
    return f"{1740819600 + seconds}.{seconds % 1000:03d}100"


def test_a_message_is_known_by_channel_time_and_author(said):
    message = said.one(f"C01GEN/{at(180)}/U03CY")
    assert (message.kind, message.text) == (Kind.SAID, "Is 3 < 4 plots?")
    assert message.happened_at == datetime(2025, 3, 1, 9, 3, 0, 180100, tzinfo=UTC)
    assert message.edited_at == datetime(2025, 3, 1, 9, 3, 10, tzinfo=UTC)


def test_a_parent_opens_a_thread_and_its_replies_name_it(said):
    thread = f"C01GEN/{at(60)}"
    parent = said.one(f"{thread}/U01ADA")
    assert (parent.kind, parent.thread) == (Kind.STARTED, thread)
    replies = [each for each in said.of("replied") if each.thread == thread]
    assert [(each.who, each.about) for each in replies] == [("U02BO", parent.native), ("U03CY", parent.native)]


def test_a_reply_whose_parent_is_not_there_is_carried(said):
    (reply,) = [each for each in said.of("replied") if each.text == "a reply to a message that is not here"]
    assert reply.thread == f"C01GEN/{1740819600 - 9000}.000100"
    assert reply.about == f"{reply.thread}/U03CY"


def test_reactions_are_rows_and_those_without_a_name_are_counted(said):
    given = [(each.who, each.label, each.about) for each in said.of("reacted")]
    about = f"C01GEN/{at(60)}/U01ADA"
    assert given == [("U02BO", "wave", about), ("U03CY", "wave", about), ("U04DOT", "seedling", about)]
    assert said.tally.skipped[UNNAMED] == 2
    assert said.tally.found["reactions"] == 5


def test_marks_become_readable(said):
    assert said.one(f"C01GEN/{at(60)}/U01ADA").text == (
        "Welcome @Bo! See #seed-swap and the rules (https://example.org/rules) & https://example.org"
    )


def test_people_are_as_the_list_and_the_messages_tell(said):
    people = {each.native: each for each in said.items if isinstance(each, Person)}
    assert people["U01ADA"] == Person(native="U01ADA", name="Ada", handle="ada", staff=True)
    assert (people["U03CY"].name, people["U03CY"].deleted) == ("Cyn Alder", True)
    assert {native for native, each in people.items() if each.bot} == {"U04DOT", "USLACKBOT", "B77"}
    assert people["B77"] == Person(native="B77", name="Frost watch", bot=True)
    assert people["U09GUEST"] == Person(native="U09GUEST", name="Gwen")


def test_a_bot_without_words_is_heard_by_its_attachment(said):
    (message,) = [each for each in said.activities if each.who == "B77"]
    assert message.text == "Frost tonight\nCover your seedlings"


def test_joining_and_leaving_a_channel(said):
    assert [(each.who, each.channel) for each in said.of("joined")] == [("U02BO", "C01GEN")]
    assert [(each.who, each.channel) for each in said.of("left")] == [("U02BO", "C02SEED")]


def test_private_channels_and_direct_messages_are_left_and_counted(said):
    assert said.tally.skipped[PRIVATE] == 2
    assert not [each for each in said.activities if "between" in (each.text or "")]
    assert [each.native for each in said.items if isinstance(each, Place)] == ["C01GEN", "C02SEED"]


def test_notices_tombstones_and_files_are_said(said):
    assert (said.tally.skipped[NOTICE], said.tally.skipped[TOMBSTONE], said.tally.skipped[FILES]) == (1, 1, 1)


def test_the_rows_are_counted_by_plain_rules(said):
    found = said.tally.found
    assert (found["rows"], found["replies"], found["channels"], found["authors"]) == (47, 4, 2, 7)
    assert found["subtype none"] + found["subtype thread_broadcast"] == 42


def test_it_asks_for_the_workspaces_address(tmp_path, said):
    path = pack(files_of(recording("slack")), "zip", tmp_path, name="Mill Lane Slack export Mar 1 2025 - Mar 2 2025")
    other = hear(path)
    assert (other.space.native, other.space.name, other.space.base_url) == ("T0MILL", "Mill Lane", None)


def test_without_its_lists_names_are_missing_and_it_says_so(tmp_path, said):
    files = {name: data for name, data in files_of(recording("slack")).items() if name != "channels.json"}
    other = hear(pack(files, "zip", tmp_path))
    assert {each.channel for each in other.of("said")} == {"general", "seed-swap"}
    assert len(other.of("said")) == len(said.of("said"))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<@U1> and <@U2|bo>", "@Ann and @bo"),
        ("<@U9>", "@U9"),
        ("<#C1>", "#C1"),
        ("<!channel> <!subteam^S1|@team> <!date^1^{date}|Monday>", "@channel @team Monday"),
        ("<mailto:a@example.org|a@example.org>", "a@example.org"),
        ("&lt;script&gt; &amp;amp;", "<script> &amp;"),
        ("a < b > c", "a < b > c"),
    ],
)
def test_slacks_marks(raw, text):
    assert readable(raw, {"U1": "Ann"}) == text

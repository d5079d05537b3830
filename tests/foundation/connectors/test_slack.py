"""Slack exports, from a recorded one."""

import json
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


def test_a_message_is_known_by_channel_and_time(said):
    message = said.one(f"C01GEN/{at(180)}")
    assert (message.kind, message.text) == (Kind.SAID, "Is 3 < 4 plots?")
    assert message.happened_at == datetime(2025, 3, 1, 9, 3, 0, 180100, tzinfo=UTC)
    assert message.edited_at == datetime(2025, 3, 1, 9, 3, 10, tzinfo=UTC)


def test_a_parent_opens_a_thread_and_its_replies_name_it(said):
    thread = f"C01GEN/{at(60)}"
    parent = said.one(thread)
    assert (parent.kind, parent.thread) == (Kind.STARTED, thread)
    replies = [each for each in said.of("replied") if each.thread == thread]
    assert [(each.who, each.about) for each in replies] == [("U02BO", parent.native), ("U03CY", parent.native)]


def test_a_reply_whose_parent_is_not_there_is_carried(said):
    (reply,) = [each for each in said.of("replied") if each.text == "a reply to a message that is not here"]
    assert reply.thread == f"C01GEN/{1740819600 - 9000}.000100"
    assert reply.about == reply.thread


def test_reactions_are_rows_and_those_without_a_name_are_counted(said):
    given = [(each.who, each.label, each.about) for each in said.of("reacted")]
    about = f"C01GEN/{at(60)}"
    assert given == [("U02BO", "wave", about), ("U03CY", "wave", about), ("U04DOT", "seedling", about)]
    assert said.tally.skipped[UNNAMED] == 2
    assert said.tally.found["reactions"] == 5


def test_marks_become_readable(said):
    assert said.one(f"C01GEN/{at(60)}").text == (
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
        ("<#C1> and <#C1|>", "#orchard and #orchard"),
        ("<#C1|old-name> <#C9>", "#old-name #C9"),
        ("<!channel> <!here|here> <!subteam^S1|@team> <!subteam^S2>", "@channel @here @team @S2"),
        ("<!date^1^{date}|Monday>", "Monday"),
        ("<mailto:a@example.org|a@example.org>", "a@example.org"),
        ("&lt;script&gt; &amp;amp;", "<script> &amp;"),
        ("a < b > c", "a < b > c"),
    ],
)
def test_slacks_marks(raw, text):
    assert readable(raw, {"U1": "Ann"}, {"C1": "orchard"}) == text


def written(tmp_path, *messages) -> Said:
    """The recorded workspace with one more day in a channel."""
    files = files_of(recording("slack"))
    day = [
        {"type": "message", "ts": f"1741100000.{nth:06d}", "text": "words"} | each for nth, each in enumerate(messages)
    ]
    files["seed-swap/2025-03-04.json"] = json.dumps(day).encode()
    return hear(pack(files, "zip", tmp_path))


def bots(said: Said) -> set[str]:
    """Who is a bot, by the newest word of each."""
    return {
        native
        for native, each in {each.native: each for each in said.items if isinstance(each, Person)}.items()
        if each.bot
    }


def test_a_channel_named_by_its_number_is_read_by_its_name(tmp_path):
    said = written(tmp_path, {"user": "U02BO", "text": "see <#C01GEN> and <@U0NOBODY>"})
    assert [each.text for each in said.activities if each.text and each.text.startswith("see")] == [
        "see #general and @U0NOBODY"
    ]


@pytest.mark.parametrize(
    ("messages", "bot"),
    [
        ([{"bot_id": "B1"}, {"subtype": "channel_join"}, {"bot_id": "B1"}], True),
        ([{"bot_id": "B1", "subtype": "thread_broadcast", "app_id": "A1"}], True),
        ([{"bot_id": "B1", "subtype": "bot_message"}], True),
        ([{"bot_id": "B1"}, {"subtype": "file_share"}], True),
        ([{"bot_id": "B1"}, {}], False),  # they let an app write for them once
        ([{}, {"bot_id": "B1"}], False),
        ([{"bot_id": "B1", "subtype": "bot_add"}], False),  # a notice: they added an app
        ([{}], False),
    ],
)
def test_an_app_listed_as_a_person_is_known_by_how_it_writes(tmp_path, messages, bot):
    said = written(tmp_path, *({"user": "U0FORGE"} | each for each in messages))
    before = bots(hear(recording("slack")))
    assert before == {"U04DOT", "USLACKBOT", "B77"}
    assert bots(said) == (before | {"U0FORGE"} if bot else before)


def test_reactions_to_notices_are_carried(tmp_path):
    given = [{"name": "tada", "users": ["U01ADA", "U03CY"], "count": 2}]
    said = written(tmp_path, {"user": "U02BO", "subtype": "channel_topic", "reactions": given})
    about = "C02SEED/1741100000.000000"
    assert [(each.who, each.channel) for each in said.of("reacted") if each.about == about] == [
        ("U01ADA", "C02SEED"),
        ("U03CY", "C02SEED"),
    ]
    assert about not in {each.native for each in said.activities}
    assert said.tally.skipped[NOTICE] == 2

"""DiscordChatExporter's files, from recorded ones and from some made to order."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from exports import Said, files_of, hear, pack, recording

from thirdplace.foundation.connectors import discord_chunks
from thirdplace.foundation.connectors.archive.names import TORN
from thirdplace.foundation.connectors.base import Kind, Person, Place
from thirdplace.foundation.connectors.discord_format import (
    ATTACHED,
    HEAD_LOST,
    MISCOUNTED,
    NAMELESS,
    NOT_OURS,
    NOTICE,
    PRIVATE,
    STICKER,
    UNNAMED,
    UNTIMED,
)
from thirdplace.foundation.connectors.jsonrows import STRETCH_LOST

CHANNEL, THREAD, POST = "700000000000000010", "900000000000000777", "700000000000000500"


@pytest.fixture(scope="module")
def said() -> Said:
    return hear(recording("discord"))


def message(nth: int, text: str = "a word", **more: Any) -> dict[str, Any]:
    return {
        "id": str(nth),
        "type": "Default",
        "timestamp": f"2025-03-01T10:{nth % 60:02d}:00+00:00",
        "timestampEdited": None,
        "content": text,
        "author": {"id": str(10 + nth % 7), "name": f"n{nth % 7}", "nickname": None, "isBot": False, "roles": []},
        "attachments": [],
        "reactions": [],
    } | more


def write(folder: Path, messages: list[dict[str, Any]], name: str = "g - c [5].json", **more: Any) -> Path:
    """One file of a channel; `more` replaces parts of it, `indent` and the like go to json."""
    style = {key: more.pop(key) for key in ("indent", "separators") if key in more}
    told = {
        "guild": {"id": "1", "name": "g"},
        "channel": {"id": "5", "type": "GuildTextChat", "categoryId": "4", "category": "k", "name": "c"},
    }
    document = told | more | {"messages": messages, "messageCount": len(messages)}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(document, ensure_ascii=False, **style), encoding="utf-8")
    return folder


def test_replies_name_what_they_answer(said):
    (reply,) = [each for each in said.of("replied") if each.text == "It is, since Tuesday."]
    assert said.one(reply.about).text.startswith("Plot 12")
    assert reply.edited_at == datetime(2025, 3, 1, 9, 32, tzinfo=UTC)


def test_times_with_other_zones_and_shorter_fractions_are_exact(said):
    (asked,) = [each for each in said.activities if (each.text or "").startswith("Plot 12")]
    assert asked.happened_at == datetime(2025, 3, 1, 9, 0, 0, 250_000, tzinfo=UTC)


def test_a_threads_messages_stand_in_its_channel_under_its_title(said):
    inside = [each for each in said.activities if each.thread == THREAD and each.kind != Kind.REACTED]
    assert {each.channel for each in inside} == {CHANNEL}
    assert [(each.kind, each.title) for each in inside] == [(Kind.REPLIED, "Slugs"), (Kind.REPLIED, None)]


def test_a_forums_post_is_started(said):
    opener = said.one(f"{POST}/{POST}")
    assert (opener.kind, opener.title, opener.thread) == (Kind.STARTED, "How deep do leeks go?", POST)


def test_a_channel_of_threads_alone_is_not_flat(said):
    places = {each.native: each for each in said.items if isinstance(each, Place)}
    assert places["700000000000000012"] == Place(native="700000000000000012", name="questions", flat=False)
    assert (places[CHANNEL].flat, places[CHANNEL].name) == (True, "general")
    assert places["700000000000000011"].kind == "news"


def test_reactions_name_who_gave_them(said):
    given = [
        (each.who[-1], each.label)
        for each in said.of("reacted")
        if each.place.startswith("Mill Lane Allotments - Plots - gen")
    ]
    assert given[:3] == [("2", "👍"), ("3", "👍"), ("6", "🌱")]
    assert said.tally.skipped[UNNAMED] == 3


def test_people_are_bots_staff_or_gone_where_the_format_tells(said):
    people = {each.handle: each for each in said.items if isinstance(each, Person)}
    assert {name for name, each in people.items() if each.bot} == {"dotbot"}
    assert {name for name, each in people.items() if each.staff} == {"ada"}
    assert {name for name, each in people.items() if each.deleted} == {"deleted_user_0a1b2c3d4e5f"}
    assert people["bo_r"].name == "Bo"


def test_joins_are_carried_and_notices_are_not(said):
    assert [each.who[-1] for each in said.of("joined")] == ["2"]
    assert said.tally.skipped[NOTICE] == 3


def test_files_stickers_and_private_threads_are_said(said):
    skipped = said.tally.skipped
    assert (skipped[ATTACHED], skipped[STICKER], skipped[PRIVATE]) == (1, 1, 1)


def test_what_was_found(said):
    assert dict(said.tally.found) == {
        "files": 5, "channels": 3, "threads": 2, "messages": 61, "replies": 2, "reactions": 12, "authors": 6, "bots": 1,
    }  # fmt: skip


@pytest.mark.parametrize("style", [{"indent": 2}, {"indent": "\t"}, {"separators": (",", ":")}, {}, {"indent": 0}])
def test_a_file_longer_than_the_buffer_is_read_whole_however_it_is_laid_out(tmp_path, monkeypatch, style):
    monkeypatch.setattr(discord_chunks, "SIZE", 4_096)
    hostile = 'x"},{"id":"1","type":"y' + "\\" * 3 + "\n},\n{"
    messages = [message(nth, text=f"{hostile} {nth} " + "w" * (nth * 37 % 9_000)) for nth in range(1, 120)]
    heard = hear(write(tmp_path, messages, **style))
    assert [each.text for each in heard.activities] == [each["content"] for each in messages]
    assert not heard.tally.skipped


def test_a_beautiful_file_may_have_windows_line_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(discord_chunks, "SIZE", 4_096)
    folder = write(tmp_path, [message(nth) for nth in range(1, 200)], indent=2)
    (path,) = folder.iterdir()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(hear(tmp_path).activities) == 199


def test_a_file_longer_than_the_buffer_may_be_written_in_utf_16(tmp_path, monkeypatch):
    monkeypatch.setattr(discord_chunks, "SIZE", 4_096)
    (path,) = write(tmp_path, [message(nth, text=f"Grüße 🌱 {nth}") for nth in range(1, 200)], indent=2).iterdir()
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    heard = hear(tmp_path)
    assert [each.text for each in heard.activities] == [f"Grüße 🌱 {nth}" for nth in range(1, 200)]
    assert not heard.tally.skipped


def test_of_a_private_place_not_even_the_name_is_kept(tmp_path):
    write(tmp_path, [message(1)])
    friend = {"id": "6", "type": "DirectTextChat", "categoryId": None, "category": "Private", "name": "a friend"}
    write(tmp_path, [message(2)], name="h.json", channel=friend, guild={"id": "0", "name": "Direct Messages"})
    plan = {"id": "7", "type": "GuildPrivateThread", "categoryId": "5", "category": "c", "name": "a plan"}
    write(tmp_path, [message(3)], name="i.json", channel=plan)
    heard = hear(tmp_path)
    assert [each.native for each in heard.items if isinstance(each, Place)] == ["5"]
    assert {place for each in heard.columns for place in each.places.values()} == {
        each for each in heard.items if isinstance(each, Place)
    }
    assert heard.tally.skipped == {PRIVATE: 2}


def test_damage_in_the_middle_costs_that_message_and_says_where(tmp_path, monkeypatch):
    monkeypatch.setattr(discord_chunks, "SIZE", 4_096)
    (path,) = write(tmp_path, [message(nth, text=f"word {nth}") for nth in range(1, 100)], indent=2).iterdir()
    path.write_bytes(path.read_bytes().replace(b'"word 50"', b'"word 50'))
    heard = hear(tmp_path)
    assert len(heard.activities) == 98
    assert heard.tally.skipped == {STRETCH_LOST: 1, MISCOUNTED: 1}
    assert heard.tally.places[STRETCH_LOST].startswith("g - c [5].json @ ")
    assert int(heard.tally.places[STRETCH_LOST].rpartition(" ")[2]) > 4_096


def test_a_message_without_an_id_costs_itself_alone(tmp_path):
    heard = hear(write(tmp_path, [message(1), message(2, id=None), message(3)], indent=2))
    assert [each.native for each in heard.activities] == ["5/1", "5/3"]
    assert heard.tally.skipped == {STRETCH_LOST: 1, MISCOUNTED: 1}


def test_an_author_without_an_id_is_nobody(tmp_path):
    heard = hear(write(tmp_path, [message(1, author={"id": None, "name": "x"}), message(2)], indent=2))
    assert [each.who for each in heard.activities] == [None, "12"]
    assert heard.tally.skipped == {NAMELESS: 1}


def test_a_time_that_is_none_costs_its_message(tmp_path):
    times = ["2025-13-01T10:00:00+00:00", "2025-02-29T10:00:00+00:00", "soon", "9999-12-31T23:59:59-12:00"]
    times += ["2025-03-01T10:00:00.5+00:00"]
    heard = hear(write(tmp_path, [message(nth, timestamp=at) for nth, at in enumerate(times, 1)], indent=2))
    assert [each.native for each in heard.activities] == ["5/5"]
    assert heard.tally.skipped == {UNTIMED: 4}


def test_a_file_that_was_cut_off_gives_what_it_has(tmp_path):
    (path,) = write(tmp_path, [message(nth) for nth in range(1, 50)], indent=2).iterdir()
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b'"id": "40"') + 30])
    heard = hear(tmp_path)
    assert len(heard.activities) == 39
    assert heard.tally.skipped == {STRETCH_LOST: 1, TORN: 1}


def test_a_beginning_that_is_damaged_is_made_out_from_the_rest(tmp_path):
    write(
        tmp_path,
        [message(1)],
        name="g - a [4].json",
        channel={"id": "4", "type": "GuildTextChat", "name": "a"},
        indent=2,
    )
    write(tmp_path, [message(2)], indent=2)
    path = tmp_path / "g - c [5].json"
    path.write_bytes(path.read_bytes().replace(b'"guild": {', b'"gu\x00ld": {', 1))
    heard = hear(tmp_path)
    assert [each.native for each in heard.activities] == ["4/1", "5/2"]
    assert heard.tally.skipped == {HEAD_LOST: 1}


def test_another_servers_file_is_left(tmp_path):
    write(tmp_path, [message(1)], indent=2)
    write(tmp_path, [message(2)], name="h - d [6].json", guild={"id": "2", "name": "h"}, indent=2)
    (tmp_path / "notes.json").write_text("{}")
    heard = hear(tmp_path)
    assert [each.native for each in heard.activities] == ["5/1"]
    assert heard.tally.skipped == {NOT_OURS: 2}


def test_a_thread_that_is_exported_from_the_middle_has_no_first_message(tmp_path):
    channel = {"id": "9", "type": "GuildPublicThread", "categoryId": "5", "category": "c", "name": "bees"}
    write(tmp_path / "whole", [message(1), message(2)], channel=channel, indent=2)
    write(
        tmp_path / "later", [message(2)], channel=channel, dateRange={"after": "2025-03-01", "before": None}, indent=2
    )
    assert [(each.kind, each.title) for each in hear(tmp_path / "whole").activities] == [
        ("started", "bees"),
        ("replied", None),
    ]
    assert [(each.kind, each.title) for each in hear(tmp_path / "later").activities] == [("replied", None)]


def test_who_reacted_first_and_wrote_later_is_an_author(tmp_path):
    name, data = max(files_of(recording("discord")).items(), key=lambda each: len(each[1]))
    document = json.loads(data)
    before = hear(pack({name: json.dumps(document).encode()}, "zip", tmp_path)).tally.found["authors"]
    author = document["messages"][0]["author"] | {"id": "600000000000000999"}
    emoji = {"id": "", "name": "🥕", "code": "carrot", "isAnimated": False, "imageUrl": ""}
    document["messages"][0]["reactions"] = [{"emoji": emoji, "count": 1, "users": [author]}]
    last = document["messages"][-1] | {"id": "900000000000000998", "author": author, "type": "Default"}
    document["messages"].append(last)
    document["messageCount"] = len(document["messages"])
    said = hear(pack({name: json.dumps(document).encode()}, "zip", tmp_path, name="again"))
    assert said.tally.found["authors"] == before + 1

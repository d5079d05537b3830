"""What IRC logs say, style by style."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from exports import hear, pack, recording

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Activity, Kind, Person, Tally
from thirdplace.foundation.connectors.irc import Irc
from thirdplace.foundation.connectors.irc_styles import folded, plain_nick, relayed, style_of, uncoloured


@pytest.fixture(scope="module")
def said():
    return hear(recording("irc"))


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)


def told(said, channel: str, kind: Kind = Kind.SAID) -> list[tuple[str, str | None, str | None]]:
    """Who said what in a channel, by the clock."""
    lines = [each for each in said.activities if each.channel == channel and each.kind is kind]
    return [(f"{each.happened_at:%d %H:%M}", each.who, each.text) for each in lines]


def test_talk_and_actions_are_read_in_every_style(said):
    assert told(said, "seed-swap") == [
        ("28 18:01", "rosalind", "beans for anybody?"),
        ("28 18:02", "hadewych", "yes please"),
        ("28 18:03", "hadewych", "brings a jar"),
        ("29 00:10", "torben", "too late for me"),
        ("29 00:11", "hadewych", "there are some left"),
    ]
    assert [who for _at, who, _text in told(said, "tools")] == ["edda", "edda", "torben", "torben"]
    assert told(said, "water")[2] == ("28 20:02", "hadewych", "fetches a wrench")
    assert [each.label for each in said.of("said") if each.text == "hangs it back"] == ["action"]


def test_who_came_who_left_and_who_took_another_name(said):
    came = [each.who for each in said.of("arrived")]
    left = [each.who for each in said.of("left")]
    assert sorted(came) == ["edda", "edda", "hadewych", "hadewych", "quill", "rosalind"]
    assert sorted(left) == ["edda", "hadewych", "quill", "torben"]
    assert [(each.who, each.label) for each in said.of("renamed")] == [
        ("quill", "quill|away"), ("quill", "quill"), ("torben", "torben_"),
    ]  # fmt: skip


def test_a_line_without_a_time_goes_on_with_the_message_before_it(said):
    (asked,) = [each for each in said.activities if (each.text or "").startswith("what grows")]
    assert asked.text == "what grows well in the shade?\nwhich of these would you take:\n  lettuce or spinach?"


def test_what_a_bridge_repeats_is_said_by_its_author(said):
    people = {item.native: item.name for item in said.items if isinstance(item, Person)}
    assert people["mill-bridge/ottoline"] == "Ottoline"
    (spinach,) = [each for each in said.activities if (each.text or "").startswith("spinach")]
    assert spinach.who == "mill-bridge/ottoline"
    assert relayed("quill", "<Ottoline> spinach") is None
    assert relayed("mill-bridge", "nothing of anybody") is None


def test_the_same_words_twice_in_a_minute_are_two_messages_in_their_order(said):
    twice = [each for each in said.activities if each.text == "welcome!"]
    assert len({each.native for each in twice}) == 2
    assert twice[0].happened_at < twice[1].happened_at < at(2026, 3, 28, 9, 16)


def test_each_line_has_its_own_alphabet_and_no_colours(said):
    assert [each.text for each in said.activities if "open" in (each.text or "")] == ["the café is open"] * 2
    assert [each.text for each in said.activities if "thank you" in (each.text or "")] == ["thank you quill!"]
    assert uncoloured("\x0304,12red\x03 \x02bold\x02 12") == "red bold 12"


def test_the_tally_counts_lines_by_what_they_are(said):
    found = said.tally.found
    assert (found["files"], found["channels"]) == (6, 4)
    assert (found["messages"], found["actions"], found["lines_without_time"]) == (27, 4, 2)
    assert (found["server_lines"], found["nick_changes"]) == (17, 3)
    assert found["other_lines"] == 1
    assert said.tally.skipped.total() == 6


def test_times_are_of_the_zone_that_was_told(tmp_path):
    path = pack(
        {"lane/2026-03-29.log": b"[00:58] <quill> a\n[03:01] <quill> b\n[09:00] <quill> c\n"}, "folder", tmp_path
    )
    with Archive(path) as archive:
        connector = Irc(archive)
        connector.zone = ZoneInfo("Europe/Amsterdam")
        moments = [each.happened_at for each in connector.read(Tally()) if isinstance(each, Activity)]
    assert moments == [at(2026, 3, 28, 23, 58), at(2026, 3, 29, 1, 1), at(2026, 3, 29, 7)]


def test_the_hour_that_comes_twice_comes_twice(tmp_path):
    log = b"[02:10] <quill> a\n[02:50] <quill> b\n[02:05] <quill> c\n[03:00] <quill> d\n"
    with Archive(pack({"lane/2026-10-25.log": log}, "folder", tmp_path)) as archive:
        connector = Irc(archive)
        connector.zone = ZoneInfo("Europe/Amsterdam")
        moments = [each.happened_at for each in connector.read(Tally()) if isinstance(each, Activity)]
    assert moments == [at(2026, 10, 25, 0, 10), at(2026, 10, 25, 0, 50), at(2026, 10, 25, 1, 5), at(2026, 10, 25, 2)]


def test_a_log_that_goes_on_past_midnight_and_says_so_nowhere(tmp_path):
    log = b"--- Log opened Sat Mar 28 22:00:00 2026\n23:58 < quill> a\n00:02 < quill> b\n"
    said = hear(pack({"lane.log": log}, "folder", tmp_path))
    assert [each.happened_at.day for each in said.activities] == [28, 29]


def test_a_clock_that_steps_back_loses_no_line_that_is_said_again(tmp_path):
    log = b"[08:00] <quill> a\n[08:01] <quill> b\n[08:00] <quill> a\n[08:01] <quill> b\n"
    said = hear(pack({"lane/2026-03-28.log": log}, "folder", tmp_path))
    assert len({each.native for each in said.activities}) == 4


def test_a_longer_log_of_the_same_channel_adds_only_what_is_new(tmp_path):
    log = b"[08:00] <quill> a\n[08:00] <quill> a\n[08:05] <quill> b\n"
    short = hear(pack({"lane/2026-03-28.log": log}, "folder", tmp_path / "a"))
    begun_earlier = b"[07:00] <edda> early\n" + log + b"[09:00] <quill> c\n"
    long = hear(pack({"logs/lane/2026/2026-03-28.txt": begun_earlier}, "folder", tmp_path / "b"))
    natives = {each.native for each in long.activities}
    assert {each.native for each in short.activities} < natives
    assert len(natives) == 5


def test_nicks_of_one_account():
    assert [folded(nick) for nick in ("Quill", "quill_", "quill|away", "Quill__", "quill[afk]")] == ["quill"] * 5
    assert plain_nick("___") == "___"
    assert folded("[Coke]") == folded("{coke}")


@pytest.mark.parametrize("text", ["", "Dear all,\n\nthis is a letter.\n", "when;who;what\n2026-03-28;quill;hello\n"])
def test_what_is_no_log_is_none(text):
    assert style_of(text) is None

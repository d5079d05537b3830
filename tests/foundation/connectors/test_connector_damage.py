"""Two hundred damaged copies of each recording: no crash, no hang, nothing outside the spool, and each loss is said."""

import json
import random
import re
import signal
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from exports import OURS, Said, files_of, hear, pack, recording

from thirdplace.foundation.connectors.archive.names import TORN
from thirdplace.foundation.connectors.connector import Connector
from thirdplace.foundation.connectors.jsonrows import STRETCH_LOST
from thirdplace.foundation.connectors.xmlrows import ROW_LOST
from thirdplace.foundation.errors import ThirdplaceError

COPIES = 200
PLAIN = (".csv", ".log", ".md", ".txt", ".weechatlog")  # lines of text: a line that is gone leaves no trace
COUNTLESS = {"post_stream", "category_list", "zerver_message", "zerver_realm"}  # documents without a count in them
SECONDS = 20  # after which a reading hangs
PACKED = ("zip", "tar", "tar.gz", "tar.xz", "7z")
BEGINS = {
    "irc": rb"(?m)^\[\d\d:\d\d\]",
    "discord": rb'\{\s*"id":\s*"\d+",\s*"type":\s*"(?:Default|Reply|20|GuildMemberJoin)"',
    "mbox": rb"(?:\A|(?<=\n\n))From [^\n]*\d{4}\n[A-Z]",
    "slack": rb'(?<=\n)    \{\n(?=        "(?:client_msg_id|type)")',
    "stackexchange": rb"<row ",
    "table": rb"(?m)^m\d+,",
    "discourse": rb'\{\s*"id": \d+,\s*"name": "[^"]*",\s*"username"',
    "discourse_markdown": rb"(?m)^## Post #",
    "zulip": rb'\{\s*"id": \d+,\s*"sender_full_name"',
    "zulip_export": rb'\{\s*"id": \d+,\s*"sender"',
}


@dataclass
class Wound:
    """Bytes with a damage. begins and ends: which of the whole bytes are gone or changed."""

    data: bytes
    begins: int
    ends: int
    how: str


def wound(data: bytes, dice: random.Random) -> Wound:
    """Cut, flip, recode, delete or double a stretch."""
    size = len(data)
    at = dice.randrange(size)
    length = min(dice.choice((1, 3, 40, 700)), size - at)
    how = dice.choice(("cut", "flip", "recode", "delete", "double"))
    if how == "cut":
        return Wound(data[:at], at, size, how)
    if how == "flip":
        flipped = bytes(each ^ (1 << dice.randrange(8)) for each in data[at : at + length])
        return Wound(data[:at] + flipped + data[at + length :], at, at + length, how)
    if how == "recode":
        try:
            return Wound(data.decode().encode(dice.choice(("utf-16", "latin-1", "cp037")), "replace"), 0, size, how)
        except UnicodeDecodeError:
            return Wound(data[::-1], 0, size, how)
    if how == "delete":
        return Wound(data[:at] + data[at + length :], at, at + length, how)
    return Wound(data[: at + length] + data[at:], at, at + length, how)


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """Fail instead of waiting for ever."""

    def ring(*_: object) -> None:
        raise AssertionError(f"reading hung for {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outside(folder: Path) -> dict[str, int]:
    """Everything around the spool, with its size."""
    return {
        str(path): path.stat().st_size for path in folder.rglob("*") if path.is_file() and "spool" not in path.parts
    }


def read(path: Path, folder: Path) -> Said | ThirdplaceError:
    """What was heard, or the refusal; nothing else may come out."""
    before = outside(folder)
    with no_longer_than(SECONDS):
        try:
            said: Said | ThirdplaceError = hear(path, spool=folder / "spool")
        except ThirdplaceError as error:
            said = error
    assert isinstance(said, Said) or (said.what and said.remedy)
    assert outside(folder) == before
    assert not (folder / "spool").exists() or not list((folder / "spool").iterdir())
    return said


def is_whole(name: str, data: bytes) -> bool:
    """Whether the damage cannot be seen: the document is well formed, and no count in it speaks against it."""
    if name.endswith(PLAIN):
        return True
    try:
        if name.endswith(".xml"):
            ET.fromstring(data)
            return True
        document = json.loads(data, strict=False)
    except (ValueError, ET.ParseError, LookupError, RecursionError):
        return False
    if not isinstance(document, dict) or not COUNTLESS.isdisjoint(document):
        return True
    return len(document.get("messages", ())) == document.get("messageCount")


def lost(whole: Said, said: Said) -> int:
    return len({each.native for each in whole.activities} - {each.native for each in said.activities})


def tells_of_more(whole: Said, said: Said) -> bool:
    """Whether something was skipped that is not skipped of the whole export."""
    return any(count > whole.tally.skipped.get(why, 0) for why, count in said.tally.skipped.items())


@pytest.fixture(params=OURS, ids=lambda connector: connector.slug)
def connector(request: pytest.FixtureRequest) -> type[Connector]:
    return request.param


def test_a_damaged_file_costs_what_stands_in_the_damage_and_says_so(connector, tmp_path: Path):
    dice = random.Random(f"{connector.slug} files")
    files = files_of(recording(connector.slug))
    whole = hear(recording(connector.slug))
    seen = {"refused": 0, "read": 0, "silent": 0}
    for nth in range(COPIES // 2):
        name = dice.choice([each for each in files for _ in range(1 + len(files[each]) // 2_000)])
        hurt = wound(files[name], dice)
        folder = tmp_path / str(nth)
        path = pack(files | {name: hurt.data}, "folder", folder, name=recording(connector.slug).name)
        said = read(path, folder)
        if isinstance(said, ThirdplaceError):
            seen["refused"] += 1
            continue
        seen["read"] += 1
        if lost(whole, said) and is_whole(name, hurt.data):
            seen["silent"] += 1
        else:
            assert not lost(whole, said) or tells_of_more(whole, said), (nth, name, hurt.how, hurt.begins, hurt.ends)
        assert_what_was_whole_is_read(connector, files[name], name, hurt, whole, said)
    assert seen["read"] > 90
    assert seen["silent"] < 20 or any(name.endswith(PLAIN) for name in files)


def assert_what_was_whole_is_read(
    connector: type[Connector], data: bytes, name: str, hurt: Wound, whole: Said, said: Said
) -> None:
    """Items of this file are lost at most as often as they stand in the damage or right before it."""
    starts = [found.start() for found in re.finditer(BEGINS[connector.slug], data)]
    if not starts or hurt.begins < starts[0]:
        return
    ends = [*starts[1:], len(data)]
    touched = sum(start < hurt.ends + 1 and end >= hurt.begins for start, end in zip(starts, ends, strict=True))
    own = {each.native for each in whole.activities if each.place == name and each.kind.value != "reacted"}
    read_on = {each.native for each in said.activities}
    kept = len(own & read_on)
    assert kept >= len(own) - touched - 1, (name, hurt.how, hurt.begins, hurt.ends, len(own), kept, touched)


def test_a_damaged_archive_is_refused_or_read_as_far_as_it_goes(connector, tmp_path: Path):
    dice = random.Random(f"{connector.slug} archives")
    whole = hear(recording(connector.slug))
    seen = {"refused": 0, "read": 0}
    packed = {
        how: pack(files_of(recording(connector.slug)), how, tmp_path, recording(connector.slug).name) for how in PACKED
    }
    for nth in range(COPIES // 2):
        how = PACKED[nth % len(PACKED)]
        hurt = wound(packed[how].read_bytes(), dice)
        folder = tmp_path / str(nth)
        folder.mkdir()
        path = folder / packed[how].name
        path.write_bytes(hurt.data)
        said = read(path, folder)
        if isinstance(said, ThirdplaceError):
            seen["refused"] += 1
            continue
        seen["read"] += 1
        assert not lost(whole, said) or tells_of_more(whole, said), (nth, how, hurt.how, hurt.begins, hurt.ends)
    assert seen["read"] > 25


def test_lists_in_lists_without_an_end_are_soon_given_up(tmp_path: Path):
    """Read again from each of their beginnings, these four megabytes took a minute and a half."""
    name, data = next((name, data) for name, data in files_of(recording("discord")).items() if b'"messages"' in data)
    begins = re.search(BEGINS["discord"], data)
    assert begins is not None
    nested = ('{"a":[' + "1," * 2_000) * 900
    with no_longer_than(SECONDS):
        heard = hear(pack({name: data[: begins.start()] + nested.encode()}, "folder", tmp_path))
    assert not heard.activities
    assert set(heard.tally.skipped) == {STRETCH_LOST, TORN}


@pytest.mark.parametrize(
    "row", ['<row Id="2" Body="' + "x" * 30_000_000 + '" />', '<row Id="2" Body="' + "x" * 30_000_000]
)
def test_a_row_without_an_end_costs_itself_alone(row, tmp_path: Path):
    post = '<row Id="{}" PostTypeId="1" CreationDate="2025-01-01T00:00:00" Body="x" />'
    (tmp_path / "Posts.xml").write_text(f"<posts>{post.format(1)}{row}{post.format(3)}</posts>")
    with no_longer_than(SECONDS):
        heard = hear(tmp_path)
    assert [each.native for each in heard.activities] == ["post-1", "post-3"]
    assert heard.tally.skipped == {ROW_LOST: 1}

"""Hedgerow's archives: the same each time, no sentence twice, as large as promised."""

import re
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from thirdplace import demo
from thirdplace.demo.town import Town

ENDS_ON = date(2026, 11, 17)
SMALL = 0.1


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return demo.build(tmp_path_factory.mktemp("hedgerow"), ends_on=ENDS_ON)


def told(path: Path) -> list[str]:
    """Every text that somebody wrote in an archive, titles and descriptions too."""
    with zipfile.ZipFile(path) as archive:
        return [text for name in archive.namelist() for text in _texts(name, archive.read(name))]


def _texts(name: str, data: bytes) -> list[str]:
    if name.endswith(".xml"):
        rows = ElementTree.fromstring(data)
        said = [row.get(key) for row in rows for key in ("Body", "Text", "Title", "AboutMe") if row.get(key)]
        return [re.sub(r"<[^>]+>", "", text or "") for text in said]
    found = msgspec.json.decode(data)
    if isinstance(found, dict):
        thread = [found["channel"]["name"]] if found["channel"]["type"] == "GuildPublicThread" else []
        return thread + [each["content"] for each in found["messages"]]
    return [each["text"] for each in found if "text" in each] + [
        each["purpose"]["value"] for each in found if "purpose" in each
    ]


def long_sentences(text: str) -> list[str]:
    return [" ".join(said.split()) for said in re.split(r"[.?!\n]", text.lower()) if len(said.split()) > 6]


def test_the_same_seed_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    first = demo.build(tmp_path / "first", ends_on=ENDS_ON, scale=SMALL)
    again = demo.build(tmp_path / "again", ends_on=ENDS_ON, scale=SMALL)
    assert [path.name for path in first] == [path.name for path in again]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_another_seed_tells_another_story(tmp_path: Path) -> None:
    first = demo.build(tmp_path / "first", ends_on=ENDS_ON, scale=SMALL)
    other = demo.build(tmp_path / "other", seed=8, ends_on=ENDS_ON, scale=SMALL)
    assert all(a.read_bytes() != b.read_bytes() for a, b in zip(first, other, strict=True))


def test_no_sentence_of_more_than_six_words_comes_twice(archives: list[Path]) -> None:
    said = Counter(sentence for path in archives for text in told(path) for sentence in long_sentences(text))
    assert len(said) > 8_000
    assert [sentence for sentence, count in said.items() if count > 1] == []


@pytest.fixture(scope="module")
def town() -> Town:
    return Town(7, ENDS_ON)


def test_it_is_as_large_as_promised(town: Town) -> None:
    said = [message for talk in town.talks for message in talk.messages]
    people = {message.author.key for message in said}
    assert 7_500 <= len(said) <= 8_900
    assert 300 <= len(people) <= 420
    days = {town.almanac.day(message.at) for message in said}
    assert min(days) == 0
    assert max(days) == 547
    languages = Counter(talk.language for talk in town.talks for _ in talk.messages)
    assert languages["en"] > 0.8 * len(said)
    assert languages["nl"] > 300
    assert languages["sv"] > 250


def test_people_write_when_they_are_awake(town: Town) -> None:
    hours = Counter(
        int(town.almanac.hour(message.at, message.author.zone))
        for talk in town.talks
        for message in talk.messages
        if message.author.role != "bot" and not talk.told
    )
    night = sum(hours[hour] for hour in (1, 2, 3, 4))
    assert night < 0.06 * hours.total()


def test_nobody_says_two_things_in_one_second(town: Town) -> None:
    moments = Counter((message.author.key, int(message.at)) for talk in town.talks for message in talk.messages)
    assert sum(count > 1 for count in moments.values()) <= 3


def test_nothing_is_said_after_the_last_morning() -> None:
    town = Town(3, date(2026, 3, 1), SMALL)
    ends = town.almanac.ends_at.timestamp()
    assert all(message.at < ends for talk in town.talks for message in talk.messages)
    assert all(message.at > talk.opener.at for talk in town.talks for message in talk.messages[1:])


def test_it_can_end_on_any_day(tmp_path: Path) -> None:
    for day in (date(2024, 2, 29), date(2027, 7, 4), date(2026, 10, 25)):
        assert len(demo.build(tmp_path / str(day), ends_on=day, scale=SMALL)) == 3


def test_those_who_left_took_their_account_with_them(archives: list[Path]) -> None:
    with zipfile.ZipFile(archives[0]) as archive:
        posts = ElementTree.fromstring(archive.read("Posts.xml"))
    assert any("OwnerDisplayName" in row.attrib for row in posts)
    assert any(
        "deleted_user_" in path.read_bytes().decode("latin-1") for path in _unpacked(archives[1], archives[1].parent)
    )


def _unpacked(path: Path, folder: Path) -> list[Path]:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / "chat")
    return list((folder / "chat").glob("*.json"))

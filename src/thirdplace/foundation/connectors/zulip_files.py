"""The files of a public Zulip archive: which stream and topic each is, and which copy of a message is to be kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import unquote

import msgspec
import numpy as np

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Tally
from thirdplace.foundation.connectors.jsonrows import WRONG, salvaged

LARGEST = 512 << 20  # bytes of one topic
RESOLVED = "✔ "  # put before a topic's name when its question is settled, which renames it
_FILE = re.compile(r"(\d+)-(.+)/([^/]+)\.json")
_FOLDER = re.compile(r"(?:^|/)(\d+-.+)/$")
_QUOTED = re.compile(r'#narrow/(?:stream|channel)/[^"]{0,400}/near/(\d{1,18})">[^<]{0,60}</a>:</p>\s{0,9}<blockquote>')

Number = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]
Array = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


class Message(msgspec.Struct, gc=False):
    """What is read of a message."""

    id: Number
    timestamp: int
    content: str
    sender_full_name: str = ""


class _Only(msgspec.Struct, gc=False):
    id: Number
    timestamp: int


TOPIC = msgspec.json.Decoder(list[Message])
MESSAGE = msgspec.json.Decoder(Message)
_IDS = msgspec.json.Decoder(list[_Only])


@dataclass(frozen=True)
class Topic:
    """One file: the stream by its number and by the name of its folder, and the topic."""

    name: str
    folder: str
    stream: str
    stream_name: str
    title: str

    @property
    def thread(self) -> str:
        """The same for a topic before and after it was marked as resolved."""
        return f"{self.stream}/{self.title.removeprefix(RESOLVED)}"


def topics(archive: Archive) -> Iterator[Topic]:
    """Each file that is a topic's, in the order of their names."""
    only = _FOLDER.search(archive.top) or _FOLDER.search(f"{archive.name}/")
    for name in archive.names():
        found = _FILE.fullmatch(name)
        if found is None and only is not None and "/" not in name:
            found = _FILE.fullmatch(f"{only[1]}/{name}")  # an archive of a single stream
        if found is not None:
            title = unquote(found[3].replace("%", "%25").replace(".", "%"))
            stream = unquote(found[2]).replace("-/-", " / ")
            yield Topic(name, f"{found[1]}-{found[2]}", found[1], stream, title)


def quoted(html: str, own: int) -> int | None:
    """The message that a reply quotes first, by the link that Zulip puts before a quote."""
    if "/near/" not in html or (found := _QUOTED.search(html)) is None:
        return None
    about = int(found[1])
    return None if about == own else about


def messages(archive: Archive, name: str, tally: Tally) -> list[Message]:
    """The messages of a topic's file; of a damaged one those that are whole."""
    with archive.open(name, tally) as stream:
        data = stream.whole(LARGEST)
    try:
        return TOPIC.decode(data)
    except WRONG:
        return list(salvaged(data, MESSAGE, lambda said: {"id", "timestamp", "content"} <= said.keys(), tally, name))


def _ids(archive: Archive, name: str) -> Array:
    """The numbers of a file's messages: the same rows as `messages` gives."""
    with archive.open(name) as stream:
        data = stream.whole(LARGEST)
    try:
        found: list[Any] = list(_IDS.decode(data))
        if data.count(b'"content"') < len(found):
            raise ValueError
    except WRONG:
        found = messages(archive, name, Tally())
    return np.fromiter((each.id for each in found), dtype=np.int64, count=len(found))


class Survey:
    """What all files hold, seen before any is read: 40 bytes a message.

    While an archive is made, topics are moved and renamed, and streams too: a message then stands in two files. Of two
    copies the one is newer that stands in the topic which goes on longest: a name that was given up gets no more.
    """

    def __init__(self, archive: Archive, found: list[Topic]) -> None:
        ids = [_ids(archive, each.name) for each in found]
        self._starts = np.cumsum([0, *(len(each) for each in ids)])
        numbers = np.concatenate([*ids, np.zeros(0, np.int64)])
        files = np.repeat(np.arange(len(found)), np.diff(self._starts))
        newest = np.array([each.max() if len(each) else -1 for each in ids], dtype=np.int64)
        self.names = _names(found, newest)
        rank = _ranks(found, newest)[files] if len(found) else files
        order = np.lexsort((np.arange(len(numbers)), rank, numbers))
        ordered = numbers[order]
        last = np.r_[ordered[1:] != ordered[:-1], np.ones(min(1, len(ordered)), np.bool_)]
        self.kept: Mask = np.zeros(len(numbers), dtype=np.bool_)
        self.kept[order[last]] = True
        winner = np.empty(len(numbers), dtype=np.int64)
        winner[order] = files[order[last]][np.cumsum(np.r_[0, last[:-1]])] if len(ordered) else winner
        self.same_file: Mask = ~self.kept & (winner == files)
        self.count = int(self.kept.sum())
        threads: dict[str, int] = {}
        of_file = np.array([threads.setdefault(each.thread, len(threads)) for each in found], dtype=np.int64)
        first = np.full(len(threads), np.iinfo(np.int64).max)
        np.minimum.at(first, of_file[files[self.kept]], numbers[self.kept])
        self._openers = first[of_file] if len(found) else first

    def of(self, nth: int) -> tuple[Mask, Mask]:
        """Of the messages of a file: which are kept, and which of the others stand again in the same file."""
        rows = slice(self._starts[nth], self._starts[nth + 1])
        return self.kept[rows], self.same_file[rows]

    def opener(self, nth: int) -> int:
        """The number of the message that opens the thread which a file belongs to."""
        return int(self._openers[nth])


def _names(found: list[Topic], newest: Array) -> dict[str, str]:
    """The newest name of each stream: that of the folder which goes on longest."""
    told: dict[str, tuple[int, int, str]] = {}
    for nth, (topic, number) in enumerate(zip(found, newest.tolist(), strict=True)):
        told[topic.stream] = max(told.get(topic.stream, (-2, 0, "")), (number, nth, topic.stream_name))
    return {stream: name for stream, (_newest, _nth, name) in told.items()}


def _ranks(found: list[Topic], newest: Array) -> Array:
    """The order of files from the oldest copy to the newest."""
    folders: dict[str, int] = {}
    for topic, number in zip(found, newest.tolist(), strict=True):
        folders[topic.folder] = max(folders.get(topic.folder, -1), number)
    of_folder = np.array([folders[topic.folder] for topic in found], dtype=np.int64)
    ranks = np.empty(len(found), dtype=np.int64)
    ranks[np.lexsort((np.arange(len(found)), of_folder, newest))] = np.arange(len(found))
    return ranks

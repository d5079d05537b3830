"""Which copy of a post is to be kept, where one stands in two files: a topic that moved, or was fetched twice."""

from typing import Any

import msgspec
import numpy as np

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Tally
from thirdplace.foundation.connectors.discourse_format import LARGEST, Number, Post, topic
from thirdplace.foundation.connectors.jsonrows import WRONG
from thirdplace.foundation.connectors.times import one


class _Only(msgspec.Struct, gc=False):
    id: Number
    post_number: Number
    created_at: str
    cooked: msgspec.Raw
    updated_at: str | None = None


class _Posts(msgspec.Struct, gc=False):
    posts: list[_Only] = []


class _Topic(msgspec.Struct, gc=False):
    post_stream: _Posts


_TOPIC = msgspec.json.Decoder(_Topic)


class Copies:
    """The posts that stand in more than one file, with the file of the newest: seen before any is read."""

    def __init__(self, archive: Archive, files: list[str]) -> None:
        numbers = [np.array([each.id for each in _posts(archive, name)], dtype=np.int64) for name in files]
        all_numbers = np.sort(np.concatenate([*numbers, np.zeros(0, np.int64)]))
        twice = np.unique(all_numbers[1:][all_numbers[1:] == all_numbers[:-1]])
        self._newest: dict[int, tuple[int, str, str]] = {}
        self._said: set[int] = set()
        for name, own in zip(files, numbers, strict=True):
            if len(twice) and np.isin(own, twice).any():
                for each in _posts(archive, name):
                    self._take(each, name, twice)

    def _take(self, post: Any, name: str, twice: np.ndarray[Any, Any]) -> None:
        at = int(np.searchsorted(twice, post.id))
        if at < len(twice) and twice[at] == post.id:
            told = (_touched(post), name, post.updated_at or "")
            self._newest[post.id] = max(self._newest.get(post.id, told), told)

    def is_newest(self, post: Post, name: str) -> bool:
        """Whether this is the copy to be kept. Of two alike in one file the first is."""
        newest = self._newest.get(post.id)
        if newest is None:
            return True
        if newest != (_touched(post), name, post.updated_at or "") or post.id in self._said:
            return False
        self._said.add(post.id)
        return True


def _touched(post: Any) -> int:
    return one(post.updated_at) if post.updated_at else 0


def _posts(archive: Archive, name: str) -> list[Any]:
    with archive.open(name) as stream:
        data = stream.whole(LARGEST)
    try:
        return list(_TOPIC.decode(data).post_stream.posts)
    except WRONG:
        return list(topic(archive, name, Tally()).post_stream.posts)

"""The index's one door: a community's messages, for pages that show a few dozen of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Unpack

from thirdplace.foundation.index import asking, catching, marking, searching, shelf
from thirdplace.foundation.index.asking import Cursor
from thirdplace.foundation.index.filters import Filters, Narrowing
from thirdplace.foundation.index.message import Message
from thirdplace.foundation.index.searching import Found
from thirdplace.foundation.index.wanted import Wanted
from thirdplace.foundation.lake.batches import moment
from thirdplace.foundation.lake.door import Lake
from thirdplace.foundation.lake.folders import index_folder
from thirdplace.foundation.lake.locking import writing


class Index:
    """One community's messages. Make one a request: it sees the newest commit when first asked, and stays with it."""

    def __init__(self, community_id: int) -> None:
        self.community_id = community_id
        self.folder = index_folder(community_id)

    @cached_property
    def _shards(self) -> list[shelf.Shard]:
        return shelf.shards(self.folder) or []

    def version(self) -> tuple[int, int]:
        """The versions of activities and changes that it shows; -1 for what was never read."""
        told = shelf.manifest(self.folder)
        return (-1, -1) if told is None else (told.activities, told.changes)

    def catch_up(self) -> int:
        """Read what is new in the lake; how many documents were written. Cheap when nothing is."""
        lake = Lake(self.community_id)
        if self._behind(lake):
            with writing(self.community_id):
                if self._behind(lake):
                    whole = shelf.shards(self.folder) is not None
                    return self._written(shelf.manifest(self.folder) if whole else None)
        return 0

    def rebuild(self) -> int:
        """Make it anew from the lake; how many documents were written."""
        with writing(self.community_id):
            return self._written(None)

    def renew(self, *, above: float = 0.25) -> int:
        """Make each shard again of which so large a share is deleted: deleted words are kept until then. How many."""
        with writing(self.community_id):
            told = shelf.manifest(self.folder)
            made = 0 if told is None else catching.renew(self.folder, told, above=above)
            self.refresh()
            return made

    def refresh(self) -> None:
        """See the newest commit."""
        self.__dict__.pop("_shards", None)

    def latest(
        self, *, before: Cursor | None = None, limit: int = 50, oldest_first: bool = False, **filters: Unpack[Filters]
    ) -> list[Message]:
        """Messages newest first, or oldest first; before: the cursor of the last one shown, to go on from there."""
        return asking.page(self._shards, Wanted(**filters), cursor=before, limit=limit, up=oldest_first)

    def search(
        self,
        words: str,
        *,
        best: bool = False,
        before: Cursor | None = None,
        limit: int = 50,
        has: Sequence[str] = (),
        near: bool = False,
        **filters: Unpack[Narrowing],
    ) -> Found:
        """What a person typed: several words, "a phrase", -excluded, beginn*; newest first, or best first.

        has: link, code. near: words may be misspelt a little. before: the `next` of what was found before.
        """
        wanted = Wanted(words=words, has=tuple(has), near=near, **filters)
        return searching.search(self._shards, wanted, best=best, cursor=before, limit=limit)

    @staticmethod
    def marks(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
        """Which stretches of a text are the words that were found; terms: those of Found."""
        return marking.marks(text, terms)

    @staticmethod
    def snippet(text: str, terms: Sequence[str], width: int = 240) -> tuple[str, list[tuple[int, int]]]:
        """So much of a text, in one line, where most of the words found stand; and which stretches of it they are."""
        return marking.snippet(text, terms, width)

    def messages(self, keys: Iterable[int]) -> dict[int, Message]:
        """Messages by key; what is gone is left out."""
        return asking.by_key(self._shards, list(keys))

    def thread(self, thread: int, *, around: int | None = None, limit: int = 200) -> list[Message]:
        """A thread, oldest first; around: the key of the message to have in the middle of so many."""
        if around is not None and (middle := self.messages([around]).get(around)) is not None:
            return self._around(middle, before=(limit - 1) // 2, after=limit // 2, threads=[thread])
        return self.latest(threads=[thread], limit=limit, oldest_first=True)

    def context(self, key: int, *, before: int = 3, after: int = 3) -> list[Message]:
        """A message with what was said around it: in its thread, else in its channel. Oldest first."""
        middle = self.messages([key]).get(key)
        if middle is None:
            return []
        if middle.thread is not None:
            return self._around(middle, before=before, after=after, threads=[middle.thread])
        if middle.channel is not None:
            return self._around(middle, before=before, after=after, channels=[middle.channel])
        return [middle]

    def count(self, **filters: Unpack[Filters]) -> int:
        """How many messages fit."""
        return asking.count(self._shards, Wanted(**filters))

    def over_time(self, *, bars: int, **filters: Unpack[Filters]) -> tuple[datetime, timedelta, list[int]]:
        """How what fits is spread over so many equal stretches: the first one's begin, their length, the counts."""
        begin, step, counts = asking.over_time(self._shards, Wanted(**filters), bars=bars)
        return moment(begin), timedelta(microseconds=step), counts

    def _around(self, middle: Message, *, before: int, after: int, **filters: Unpack[Filters]) -> list[Message]:
        earlier = self.latest(before=middle.cursor, limit=before, **filters)
        later = self.latest(before=middle.cursor, limit=after, oldest_first=True, **filters)
        return [*reversed(earlier), middle, *later]

    def _behind(self, lake: Lake) -> bool:
        return self.version() != (lake.version(), lake.version("changes"))

    def _written(self, shown: shelf.Manifest | None) -> int:
        written = catching.catch_up(Lake(self.community_id), self.folder, shown)
        self.refresh()
        return written

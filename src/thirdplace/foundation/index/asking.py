"""Questions to the index: which messages, and in what order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import tantivy

from thirdplace.foundation.connectors.base import SPOKEN
from thirdplace.foundation.connectors.columns import microseconds
from thirdplace.foundation.index.message import INDEXED, Message, unpacked
from thirdplace.foundation.index.shelf import SCHEMA, Meta, kind_tag, language_tag, source_tag

DAY = 86_400_000_000  # microseconds
WINDOWS = (7 * DAY, 90 * DAY, 730 * DAY, None)  # a large channel is asked a stretch of time, widened until it suffices
SPOKE = {kind.value for kind in SPOKEN}
LARGE = 20_000  # messages from which that pays
SPARE = 16  # more than asked for, so that those of one moment are not parted
EARLIEST, LATEST = -(1 << 62), (1 << 62)
_WORDS = (  # what the index does to a text: a letter's marks, as Hindi and Tamil have them, are no letters to Python
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.remove_long(40))
    .filter(tantivy.Filter.lowercase())
    .build()
)

Cursor = tuple[int, int]  # microseconds since 1970, and key


@dataclass(frozen=True)
class Wanted:
    """Which messages. Within a filter any of its values fits; all filters must fit. An empty one leaves all in."""

    sources: Sequence[int] = ()
    channels: Sequence[int] = ()
    identities: Sequence[int] = ()
    kinds: Sequence[str] = ()
    languages: Sequence[str] = ()
    threads: Sequence[int] = ()
    words: str = ""
    begin: datetime | None = None
    end: datetime | None = None  # not included

    @property
    def tags(self) -> list[list[int]]:
        """The numbers of each filter that is set."""
        filters = (
            [source_tag(each) for each in self.sources],
            list(self.channels),
            list(self.identities),
            [] if self.all_spoken else [kind_tag(each) for each in self.kinds],
            [language_tag(each) for each in self.languages],
            list(self.threads),
        )
        return [each for each in filters if each]

    @property
    def all_spoken(self) -> bool:
        """Whether every kind that is spoken will do: it is quicker to leave out the few that are not."""
        return set(self.kinds) >= SPOKE

    @property
    def terms(self) -> list[str]:
        """The words, as the index has them."""
        return [str(word) for word in _WORDS.analyze(self.words)]

    @property
    def nothing(self) -> bool:
        """Whether words are asked of which none is a word."""
        return bool(self.words.strip()) and not self.terms


def query(wanted: Wanted, low: int, high: int) -> Any:
    """The messages that are wanted, from `low` to `high`, both included."""
    parts = [_any("tag", each) for each in wanted.tags]
    parts += [tantivy.Query.term_query(SCHEMA, "text", word) for word in wanted.terms]
    if (low, high) != (EARLIEST, LATEST) or not parts:  # the times also leave out what is no message
        parts.append(tantivy.Query.range_query(SCHEMA, "at", tantivy.FieldType.Integer, low, high))
    asked = [(tantivy.Occur.Must, part) for part in parts]
    if wanted.all_spoken:
        asked += [(tantivy.Occur.MustNot, _any("tag", [kind_tag(kind)])) for kind in INDEXED - set(wanted.kinds)]
    return tantivy.Query.boolean_query(asked)


def _any(name: str, values: list[int]) -> Any:
    if len(values) == 1:
        return tantivy.Query.term_query(SCHEMA, name, values[0])
    return tantivy.Query.term_set_query(SCHEMA, name, values)


def at_most(searcher: Any, wanted: Wanted) -> int:
    """How many messages fit at the most, without asking for them."""
    sizes = [sum(searcher.doc_freq("tag", tag) for tag in each) for each in wanted.tags]
    sizes += [searcher.doc_freq("text", word) for word in wanted.terms]
    return int(min(sizes, default=searcher.num_docs))


def bounds(wanted: Wanted) -> tuple[int, int]:
    """The times asked for, both included."""
    low = EARLIEST if wanted.begin is None else microseconds(wanted.begin)
    high = LATEST if wanted.end is None else microseconds(wanted.end) - 1
    return low, high


def page(searcher: Any, meta: Meta, wanted: Wanted, *, cursor: Cursor | None, limit: int, up: bool) -> list[Message]:
    """Up to `limit` messages after a cursor; up: oldest first."""
    low, high = bounds(wanted)
    if cursor is not None:
        low, high = (max(low, cursor[0]), high) if up else (low, min(high, cursor[0]))
    if wanted.nothing or limit < 1 or low > high:
        return []
    found: list[Message] = []
    for begin, end in _stretches(searcher, meta, wanted, low, high, up=up):
        found = _within(searcher, query(wanted, begin, end), cursor=cursor, limit=limit, up=up)
        if len(found) >= limit:
            break
    return found[:limit]


def _stretches(searcher: Any, meta: Meta, wanted: Wanted, low: int, high: int, *, up: bool) -> list[tuple[int, int]]:
    """Ever wider stretches of time at the end one begins from."""
    if at_most(searcher, wanted) < LARGE or meta.oldest_us is None or meta.newest_us is None:
        return [(low, high)]
    begin, end = max(low, meta.oldest_us), min(high, meta.newest_us)
    if up:
        return [(low, high if width is None else begin + width) for width in WINDOWS]
    return [(low if width is None else end - width, high) for width in WINDOWS]


def _within(searcher: Any, asked: Any, *, cursor: Cursor | None, limit: int, up: bool) -> list[Message]:
    """The first messages of a stretch, in order of time and key, after the cursor."""
    order = tantivy.Order.Asc if up else tantivy.Order.Desc
    want = limit + SPARE
    while True:
        hits = searcher.search(asked, limit=want, count=False, order_by_field="at", order=order).hits
        whole = len(hits) < want
        if not whole:  # of the last moment there may be more: leave it for the next asking
            last = hits[-1][0]
            hits = [hit for hit in hits if hit[0] != last]
        found = sorted((_message(searcher, address) for _at, address in hits), key=_place, reverse=not up)
        if cursor is not None:
            found = [each for each in found if (each.cursor > cursor if up else each.cursor < cursor)]
        if whole or len(found) >= limit:
            return found
        want *= 4


def by_key(searcher: Any, keys: Sequence[int]) -> dict[int, Message]:
    """Messages by their keys; those that are not there are left out."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    hits = searcher.search(_any("tag", wanted), limit=len(wanted), count=False).hits
    found = (_message(searcher, address) for _score, address in hits)
    return {each.key: each for each in found}


def count(searcher: Any, wanted: Wanted) -> int:
    """How many messages fit."""
    if wanted.nothing:
        return 0
    if wanted == Wanted():
        return int(searcher.num_docs) - 1  # one tells how far the index is
    return int(searcher.search(query(wanted, *bounds(wanted)), limit=1).count)


def over_time(searcher: Any, meta: Meta, wanted: Wanted, *, bars: int) -> tuple[int, int, list[int]]:
    """How many messages fit in each of so many equal stretches: the first one's begin, its length, the counts."""
    low, high = bounds(wanted)
    low = meta.oldest_us or 0 if wanted.begin is None else low
    high = meta.newest_us or 0 if wanted.end is None else high
    if wanted.nothing or low > high:
        return low, 1, []
    step = (high - low) // bars + 1
    bucket = {"field": "at", "interval": step, "offset": low % step, "hard_bounds": {"min": low, "max": high}}
    found = searcher.aggregate(query(wanted, low, high), {"time": {"histogram": bucket}})
    counts = [0] * bars
    for each in found["time"]["buckets"]:
        counts[min(max(round((each["key"] - low) / step), 0), bars - 1)] += int(each["doc_count"])
    return low, step, counts


def _message(searcher: Any, address: Any) -> Message:
    return unpacked(searcher.doc(address)["doc"][0])


def _place(message: Message) -> Cursor:
    return message.cursor

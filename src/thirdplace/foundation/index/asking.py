"""Questions to the index: which messages, and in what order. Each shard is asked, and the answers are joined."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import tantivy

from thirdplace.foundation.index.message import Message, unpacked
from thirdplace.foundation.index.shelf import Shard
from thirdplace.foundation.index.wanted import Wanted, query, tagged

DAY = 86_400_000_000  # microseconds
WINDOWS = (7 * DAY, 90 * DAY, 730 * DAY, None)  # a large channel is asked a stretch of time, widened until it suffices
LARGE = 20_000  # messages from which that pays
SPARE = 16  # more than asked for, so that those of one moment are not parted

Cursor = tuple[int, int]  # microseconds since 1970, and key
T = TypeVar("T")


def at_most(searcher: Any, wanted: Wanted) -> int:
    """How many messages of a shard fit at the most, without asking for them."""
    sizes = [sum(searcher.doc_freq("tag", tag) for tag in each) for each in wanted.tags]
    for clause in wanted.asked.wanted:
        if not clause.near:
            sizes += [searcher.doc_freq("text", word) for _at, word, begins in clause.slots if not begins]
    return int(min(sizes, default=searcher.num_docs))


def page(shards: Sequence[Shard], wanted: Wanted, *, cursor: Cursor | None, limit: int, up: bool) -> list[Message]:
    """Up to `limit` messages after a cursor; up: oldest first."""
    low, high = wanted.bounds
    if cursor is not None:
        low, high = (max(low, cursor[0]), high) if up else (low, min(high, cursor[0]))
    if wanted.asked.nothing or limit < 1 or low > high:
        return []
    found: list[Message] = []
    for shard in sorted(shards, key=lambda each: each.oldest_us if up else -each.newest_us):
        if len(found) >= limit and not shard.reaches(found[limit - 1].cursor[0], up=up):
            break
        found += _of_shard(shard, wanted, low, high, cursor=cursor, limit=limit, up=up)
        found = sorted(found, key=_place, reverse=not up)[:limit]
    return found


def _of_shard(
    shard: Shard, wanted: Wanted, low: int, high: int, *, cursor: Cursor | None, limit: int, up: bool
) -> list[Message]:
    found: list[Message] = []
    for begin, end in _stretches(shard, wanted, low, high, up=up):
        found = _within(shard.searcher, wanted, begin, end, cursor=cursor, limit=limit, up=up)
        if len(found) >= limit:
            break
    return found


def _stretches(shard: Shard, wanted: Wanted, low: int, high: int, *, up: bool) -> list[tuple[int, int]]:
    """Ever wider stretches of time at the end one begins from."""
    if at_most(shard.searcher, wanted) < LARGE:
        return [(low, high)]
    begin, end = max(low, shard.oldest_us), min(high, shard.newest_us)
    if up:
        return [(low, high if width is None else begin + width) for width in WINDOWS]
    return [(low if width is None else end - width, high) for width in WINDOWS]


def _within(
    searcher: Any, wanted: Wanted, low: int, high: int, *, cursor: Cursor | None, limit: int, up: bool
) -> list[Message]:
    """The first messages of a stretch, in order of time and key, after the cursor."""
    order = tantivy.Order.Asc if up else tantivy.Order.Desc
    want = limit + SPARE
    while True:
        hits = _ordered(searcher, wanted, low, high, want, order)
        whole = len(hits) < want
        if not whole:  # of the last moment there may be more: leave it for the next asking
            last = hits[-1][0]
            hits = [hit for hit in hits if hit[0] != last]
        found = sorted((message(searcher, address) for _at, address in hits), key=_place, reverse=not up)
        if cursor is not None:
            found = [each for each in found if (each.cursor > cursor if up else each.cursor < cursor)]
        if whole or len(found) >= limit:
            return found
        want *= 4


def _ordered(searcher: Any, wanted: Wanted, low: int, high: int, want: int, order: Any) -> list[tuple[int, Any]]:
    def ask(loose: bool) -> list[tuple[int, Any]]:
        this = query(wanted, low, high, loose=loose)
        hits = searcher.search(this, limit=want, count=False, order_by_field="at", order=order).hits
        return [(at, address) for at, address in hits]

    return asked(ask)


def asked(ask: Callable[[bool], T]) -> T:
    """An answer; a phrase of which a word begins in too many ways is asked loosely."""
    try:
        return ask(False)
    except ValueError:
        return ask(True)


def by_key(shards: Iterable[Shard], keys: Sequence[int]) -> dict[int, Message]:
    """Messages by their keys; those that are not there are left out."""
    wanted = list(dict.fromkeys(keys))
    found: dict[int, Message] = {}
    for shard in shards:
        if len(found) == len(wanted):
            break
        hits = shard.searcher.search(tagged(wanted), limit=len(wanted), count=False).hits
        found |= {each.key: each for each in (message(shard.searcher, address) for _score, address in hits)}
    return found


def count(shards: Iterable[Shard], wanted: Wanted) -> int:
    """How many messages fit."""
    return 0 if wanted.asked.nothing else sum(_count(shard, wanted) for shard in shards)


def _count(shard: Shard, wanted: Wanted) -> int:
    if wanted == Wanted():
        return shard.messages
    low, high = wanted.bounds
    return asked(
        lambda loose: int(
            shard.searcher.search(query(wanted, low, high, loose=loose), limit=1, order_by_field="at").count
        )
    )


def over_time(shards: Sequence[Shard], wanted: Wanted, *, bars: int) -> tuple[int, int, list[int]]:
    """How many messages fit in each of so many equal stretches: the first one's begin, its length, the counts."""
    low, high = wanted.bounds
    low = min((each.oldest_us for each in shards), default=0) if wanted.begin is None else low
    high = max((each.newest_us for each in shards), default=0) if wanted.end is None else high
    if wanted.asked.nothing or low > high:
        return low, 1, []
    step = (high - low) // bars + 1
    bucket = {"field": "at", "interval": step, "offset": low % step, "hard_bounds": {"min": low, "max": high}}
    asks = {"time": {"histogram": bucket}}
    counts = [0] * bars
    for shard in shards:
        found = _aggregated(shard.searcher, wanted, low, high, asks)
        for each in found["time"]["buckets"]:
            counts[min(max(round((each["key"] - low) / step), 0), bars - 1)] += int(each["doc_count"])
    return low, step, counts


def _aggregated(searcher: Any, wanted: Wanted, low: int, high: int, asks: dict[str, Any]) -> Any:
    return asked(lambda loose: searcher.aggregate(query(wanted, low, high, loose=loose), asks))


def message(searcher: Any, address: Any) -> Message:
    """The message at an address."""
    return unpacked(searcher.doc(address)["doc"][0])


def _place(found: Message) -> Cursor:
    return found.cursor

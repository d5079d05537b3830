"""Searching: what a person types, newest or best first, with how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any

from thirdplace.foundation.index import asking
from thirdplace.foundation.index.asking import Cursor, asked
from thirdplace.foundation.index.message import Message
from thirdplace.foundation.index.shelf import Shard
from thirdplace.foundation.index.wanted import Wanted, query

SPARE = 50  # more than asked for, so that the newest of equals are among them
DEEPEST = 10_000  # how far one may leaf through the best


@dataclass(frozen=True)
class Found:
    """What was found. exact: else there are at least so many. next: what to ask `before` for what follows."""

    messages: list[Message] = field(default_factory=list)
    total: int = 0
    exact: bool = True
    terms: list[str] = field(default_factory=list)
    next: Cursor | None = None


def search(shards: Sequence[Shard], wanted: Wanted, *, best: bool, cursor: Cursor | None, limit: int) -> Found:
    """What fits, newest first, or best first and then newest."""
    terms = wanted.asked.terms
    if wanted.asked.nothing or limit < 1:
        return Found(terms=terms)
    total = asking.count(shards, wanted)
    if best and terms:
        messages, following = _best(shards, wanted, cursor[0] if cursor else 0, limit)
    else:
        messages = asking.page(shards, wanted, cursor=cursor, limit=limit + 1, up=False)
        following = messages[limit - 1].cursor if len(messages) > limit else None
    return Found(messages[:limit], total, True, terms, following)


def _best(shards: Sequence[Shard], wanted: Wanted, already: int, limit: int) -> tuple[list[Message], Cursor | None]:
    """The best after so many that were shown already; what to go on from is how many then were."""
    want = min(already + limit, DEEPEST)
    rarity = _rarity(shards, wanted)
    found: list[tuple[float, int, Any, Shard]] = []
    for shard in shards:
        weight = rarity(shard)
        for score, address in _hits(shard, wanted, want + SPARE):
            found.append((score * weight, 0, address, shard))
    found.sort(key=lambda each: -each[0])
    found = found[: want + SPARE]
    times = _times(found)
    ordered = sorted(zip(found, times, strict=True), key=lambda each: (-round(each[0][0], 4), -each[1]))
    chosen = ordered[already:want]
    messages = [asking.message(shard.searcher, address) for (_score, _zero, address, shard), _at in chosen]
    return messages, (want, 0) if len(ordered) > want and want < DEEPEST else None


def _hits(shard: Shard, wanted: Wanted, want: int) -> Any:
    low, high = wanted.bounds
    return asked(
        lambda loose: shard.searcher.search(query(wanted, low, high, loose=loose), limit=want, count=False).hits
    )


def _times(found: Sequence[tuple[float, int, Any, Shard]]) -> list[int]:
    return [shard.searcher.fast_field_values("at", [address])[0] for _score, _zero, address, shard in found]


def _rarity(shards: Sequence[Shard], wanted: Wanted) -> Any:
    """What makes the scores of a shard comparable: a word weighs by how rare it is everywhere, not in its shard."""
    words = [word for clause in wanted.asked.wanted for _at, word, begins in clause.slots if not begins]
    if len(shards) < 2 or not words:
        return lambda _shard: 1.0
    held = {id(shard): [int(shard.searcher.doc_freq("text", word)) for word in words] for shard in shards}
    whole = sum(shard.messages for shard in shards)
    everywhere = sum(_weight(whole, sum(each)) for each in zip(*held.values(), strict=True))

    def rarity(shard: Shard) -> float:
        here = sum(_weight(shard.messages, each) for each in held[id(shard)])
        return everywhere / here if here else 1.0

    return rarity


def _weight(documents: int, holding: int) -> float:
    """How much a word weighs, as BM25 has it."""
    return log(1 + max(documents - holding + 0.5, 0.5) / (holding + 0.5))

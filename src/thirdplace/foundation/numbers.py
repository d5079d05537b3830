"""How a source's own ids become numbers: always the same, so lake and index need no database to be made again."""

from functools import lru_cache

import xxhash

_few = lru_cache(maxsize=50_000)  # of these the same ones come again and again


def number(namespace: str, source: int, native: str) -> int:
    """A signed 64-bit number for a source's own id. At ten million items two meet with a chance of 3 in a million."""
    value = xxhash.xxh3_64_intdigest(f"{namespace}\x1f{source}\x1f{native}".encode("utf-8", "surrogatepass"))
    return value - (1 << 64) if value >= 1 << 63 else value


def item_number(source: int, native: str) -> int:
    """The key of an activity."""
    return number("item", source, native)


@_few
def identity_number(source: int, native: str) -> int:
    """The number of an account of a source."""
    return number("identity", source, native)


@_few
def channel_number(source: int, native: str) -> int:
    """The number of a channel."""
    return number("channel", source, native)


@_few
def thread_number(source: int, native: str) -> int:
    """The number of a thread or topic."""
    return number("thread", source, native)


def word_number(namespace: str, word: str) -> int:
    """The number of a kind, a language or a source, for the index's one field of tags."""
    return number(namespace, 0, word)

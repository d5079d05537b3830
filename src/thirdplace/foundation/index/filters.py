"""The filters that every page of messages may have."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict


class Narrowing(TypedDict, total=False):
    """Which messages, whatever was typed; see wanted.Wanted, which they make."""

    sources: Sequence[int]
    channels: Sequence[int]
    identities: Sequence[int]
    kinds: Sequence[str]
    languages: Sequence[str]
    threads: Sequence[int]
    begin: datetime | None
    end: datetime | None


class Filters(Narrowing, total=False):
    """The same with what was typed."""

    words: str
    near: bool
    has: Sequence[str]

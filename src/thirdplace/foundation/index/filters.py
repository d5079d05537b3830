"""The filters that every page of messages may have."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict


class Filters(TypedDict, total=False):
    """Which messages; see asking.Wanted, which they make."""

    sources: Sequence[int]
    channels: Sequence[int]
    identities: Sequence[int]
    kinds: Sequence[str]
    languages: Sequence[str]
    threads: Sequence[int]
    words: str
    begin: datetime | None
    end: datetime | None

"""Rows for the lake, written by hand: `said(3, "the gate is open")` is the third minute's message."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from thirdplace.foundation.connectors.base import Activity, Item, Kind, Person, Place
from thirdplace.foundation.connectors.columns import gather
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.appending import Appended
from thirdplace.foundation.lake.query import asking
from thirdplace.foundation.lake.standing import standing
from thirdplace.foundation.numbers import channel_number, identity_number, item_number, thread_number

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
SOURCE = 1
NAMES = ("ann", "ben", "cho")
VILLAGERS = [Person(native=name, name=name.title()) for name in NAMES]
GREEN = Place(native="green", name="The green")


def minute(nth: float) -> datetime:
    """So many minutes after the beginning."""
    return BEGIN + timedelta(minutes=nth)


def said(nth: int, text: str | None = None, *, edited: float | None = None, **more: Any) -> Activity:
    """The message of a minute; the three villagers take turns."""
    given: dict[str, Any] = {
        "native": f"m{nth}",
        "kind": Kind.SAID,
        "happened_at": minute(nth),
        "who": NAMES[nth % 3],
        "channel": "green",
        "text": f"word {nth}" if text is None else text,
        "edited_at": None if edited is None else minute(edited),
    }
    return Activity(**{**given, **more})


def changed(nth: int, kind: Kind, at: float, text: str | None = None) -> Activity:
    """The platform says that the message of a minute was edited or deleted."""
    return Activity(native=f"{kind}-{nth}-{at}", kind=kind, happened_at=minute(at), about=f"m{nth}", text=text)


def talk(begin: int, end: int) -> list[Item]:
    """A message a minute, with who speaks and where."""
    return [*VILLAGERS, GREEN, *(said(nth) for nth in range(begin, end))]


def append(lake: Lake, items: Iterable[Item], import_id: int, *, source: int = SOURCE) -> Appended:
    """Put items into the lake as one import."""
    return lake.append(gather(items, source), source=source, import_id=import_id)


def words(lake: Lake) -> dict[str, str | None]:
    """The text of each item as it stands, by its native id."""
    with asking() as connection:
        rows = standing(lake.files(), lake.files("changes"))
        return dict(connection.execute(f"SELECT native, text FROM ({rows}) ORDER BY native").fetchall())


def key(nth: int) -> int:
    """The key of the message of a minute."""
    return item_number(SOURCE, f"m{nth}")


def who(name: str) -> int:
    """The number of a villager."""
    return identity_number(SOURCE, name)


def where(name: str) -> int:
    """The number of a channel."""
    return channel_number(SOURCE, name)


def thread(name: str) -> int:
    """The number of a thread."""
    return thread_number(SOURCE, name)

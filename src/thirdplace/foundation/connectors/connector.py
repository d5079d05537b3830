"""What a connector is: it turns an export into activities. It knows neither Django nor the lake."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any, ClassVar, Literal

from thirdplace.foundation.card import Card, card_of
from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Item, Space, Tally
from thirdplace.foundation.connectors.columns import Columns, gather
from thirdplace.foundation.connectors.table_guess import Guess
from thirdplace.foundation.registry import Registry, WrongDefinition, file_of
from thirdplace.foundation.translation import gettext_noop

LINES = (gettext_noop("Needs"), gettext_noop("Brings"), gettext_noop("Resumes"), gettext_noop("Leaves"))
Asked = Literal["base_url", "zone", "columns"]

connectors: Registry[type["Connector"]] = Registry(gettext_noop("connector"), "connectors")


@dataclass(frozen=True)
class Recognised:
    """What an archive is taken for, and why.

    sure: 0 to 1. lacks: what would make more of it readable, in a sentence. asks: what only the steward can tell.
    """

    connector: type["Connector"]
    why: str
    sure: float
    space: Space
    lacks: str | None = None
    asks: tuple[Asked, ...] = ()
    table: Guess | None = None  # of a table, which column is taken for what


class Connector:
    """Reads the exports of one kind of place. A subclass registers itself; its docstring is its card.

    A subclass has `slug`, `title`, a card with Needs, Brings, Resumes and Leaves, and the three methods below.
    """

    slug: ClassVar[str]
    title: ClassVar[str]
    card: ClassVar[Card]
    zone: tzinfo = UTC  # of times that do not tell theirs, as the steward says
    mapping: Mapping[str, str] | None = None  # of a table, which column is what, as the steward says

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        file = file_of(cls)
        cls.card = card_of(cls, LINES)
        for name in ("slug", "title"):
            if not isinstance(cls.__dict__.get(name), str):
                raise WrongDefinition(f"The connector {cls.__name__} lacks {name}.", f'Add {name} = "…".', file)
        for name in ("recognise", "space", "read"):
            if not any(name in each.__dict__ for each in cls.__mro__ if each is not Connector):
                raise WrongDefinition(f"The connector {cls.__name__} lacks {name}().", "Define it in the class.", file)
        connectors.register(cls.slug, cls, file=file)

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """Say whether this is ours, from names and the beginnings of files. None when it is not."""
        raise NotImplementedError

    def space(self) -> Space:
        """The place that was exported; cheap, and asked before reading."""
        raise NotImplementedError

    def read(self, tally: Tally) -> Iterator[Item]:
        """Say everything the export holds, one by one, and in the tally what was met and what was left out."""
        raise NotImplementedError

    def columns(self, tally: Tally, source: int) -> Iterator[Columns]:
        """The same as columns of at most 20,000 rows. A format with millions of messages may have a faster way."""
        return gather(self.read(tally), source)

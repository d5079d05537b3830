"""A connector of another package: a letter with one saying a line."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Person, Place, Space, Tally
from thirdplace.foundation.connectors.connector import Connector, Recognised

ENDING = ".parish"


class Saying(msgspec.Struct):
    """A line of the letter. id: its own name in the parish; about: the id of what it edits, deletes or answers."""

    who: str
    did: str
    at: datetime
    text: str = ""
    thread: str | None = None
    channel: str = "green"
    bot: bool = False
    id: str | None = None
    about: str | None = None


class ParishLetter(Connector):
    """A parish letter: one saying a line, as JSON.

    Needs:   a file that ends in .parish.
    Brings:  who asked, said and replied what, when and in which thread.
    Resumes: no.
    Leaves:  nothing; the letter is short.
    """

    slug = "parish_letter"
    title = "Parish letter"

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By its ending."""
        found = [name for name in archive.names() if name.endswith(ENDING)]
        if not found:
            return None
        return Recognised(connector=cls, why=f"{found[0]} is a parish letter.", sure=1.0, space=_space(found[0]))

    def space(self) -> Space:
        """The parish, by the name of its letter."""
        return _space(next(name for name in self.archive.names() if name.endswith(ENDING)))

    def read(self, tally: Tally) -> Iterator[Item]:
        """Line by line."""
        self.archive.tell(tally)
        met: set[str] = set()
        for name in self.archive.names():
            if not name.endswith(ENDING):
                continue
            with self.archive.open(name, tally) as stream:
                lines = stream.whole(1 << 20).splitlines()
            for nth, line in enumerate(lines):
                said = msgspec.json.decode(line, type=Saying)
                tally.found["sayings"] += 1
                for native, item in (
                    (f"who {said.who}", Person(native=said.who, name=said.who.title(), bot=said.bot)),
                    (f"where {said.channel}", Place(native=said.channel, name=said.channel.title())),
                ):
                    if native not in met:
                        met.add(native)
                        yield item
                yield Activity(
                    native=said.id or f"{name}:{nth}",
                    kind=Kind(said.did),
                    happened_at=said.at,
                    who=said.who,
                    channel=said.channel,
                    thread=said.thread,
                    about=said.about,
                    text=said.text or f"What {said.who} said, the {nth + 1}. of all.",
                    place=name,
                )


def _space(name: str) -> Space:
    parish = name.rsplit("/", 1)[-1].removesuffix(ENDING).rstrip("0123456789")
    return Space(native=parish, name=parish.title(), base_url="https://parish.example")

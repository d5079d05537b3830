"""What connectors speak of: activities, people, places, and the tally of a reading."""

import enum
from collections import Counter
from datetime import datetime

import msgspec


class Kind(enum.StrEnum):
    """What a line of the log says was done. The verbs of ActivityStreams 2.0 where it has one."""

    ASKED = "asked"  # opened a conversation that the format marks as a question
    STARTED = "started"  # opened a topic or a thread that is no question
    ANSWERED = "answered"  # answered a question, where the format tells answers from comments
    REPLIED = "replied"  # spoke in a thread or topic, or to a message named
    SAID = "said"  # spoke in a flat channel, to nobody by name
    COMMENTED = "commented"  # a remark under a post, where the format tells remarks from answers
    REACTED = "reacted"
    VOTED = "voted"
    ACCEPTED = "accepted"  # an answer was marked as the accepted one
    AWARDED = "awarded"  # a badge or the like was given
    JOINED = "joined"
    LEFT = "left"
    ARRIVED = "arrived"  # is there from now on, where the format tells who is present: no joining of anything
    RENAMED = "renamed"  # goes by another name from now on: the label
    EDITED = "edited"  # the platform says this earlier item was changed: goes to the changes table
    DELETED = "deleted"  # the platform says this earlier item is gone: goes to the changes table


SPOKEN = (Kind.ASKED, Kind.STARTED, Kind.ANSWERED, Kind.REPLIED, Kind.SAID, Kind.COMMENTED)


class Activity(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """One thing somebody did, in the source's own ids. The lake turns ids into numbers.

    native: the source's own id of this item, unique within the source. who: the source's own id of its author; None
    when nobody is named. about: the native id of what it answers, reacts to, votes on, accepts, edits or deletes.
    label: the emoji, the kind of vote, the badge. place: the file within the archive it stands in. wrote: the words as
    the source has them, where `text` puts names in that may be others in the next export; a new name is no edit.
    """

    native: str
    kind: Kind
    happened_at: datetime  # aware, UTC
    who: str | None = None
    channel: str | None = None
    thread: str | None = None
    about: str | None = None
    title: str | None = None
    text: str | None = None
    wrote: str | None = None
    label: str | None = None
    edited_at: datetime | None = None
    place: str | None = None


LONGEST_NAME = 200  # letters; a longer one is no name but an attack on whoever reads a list of them


def short(name: str) -> str:
    """A name, cut where nobody would read on."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


class Person(msgspec.Struct, kw_only=True, frozen=True):
    """An account of the source, as the source tells of it. Yielded when met, at the latest with its first activity."""

    native: str
    name: str
    handle: str | None = None
    bot: bool = False
    staff: bool = False
    deleted: bool = False
    joined_at: datetime | None = None

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "name", short(self.name))
        msgspec.structs.force_setattr(self, "handle", short(self.handle) if self.handle else None)


class Place(msgspec.Struct, kw_only=True, frozen=True):
    """A channel, category or list of the source."""

    native: str
    name: str
    kind: str = "channel"
    flat: bool = True  # talk without threads or topics runs together here

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "name", short(self.name))


class Space(msgspec.Struct, kw_only=True, frozen=True):
    """The place as a whole: a guild, a workspace, a site. native tells two sources of one connector apart."""

    native: str
    name: str
    base_url: str | None = None  # where originals can be opened, when the format tells it

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "name", short(self.name))


Item = Activity | Person | Place | Space


class Tally:
    """What a reading met: `found` by the plain names of the format, `skipped` by reason. Both only ever grow."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        self.places: dict[str, str] = {}  # reason → where the first one stood
        self.done = 0  # bytes read so far
        self.whole = 0  # bytes there are, when known

    def skip(self, why: str, place: str, count: int = 1) -> None:
        """Say that something was left out, why, and where the first one stood. Never with its text."""
        self.skipped[why] += count
        self.places.setdefault(why, place)

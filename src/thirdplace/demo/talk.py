"""What is said: messages, and the conversations they stand in."""

from dataclasses import dataclass, field

from thirdplace.demo.cast import Person
from thirdplace.demo.phrasebook import Subject


@dataclass(eq=False)
class Message:
    """One thing said. act: what it does in its conversation; kind: asked, answered, commented or said."""

    author: Person
    at: float  # seconds since 1970
    text: str
    act: str = "say"
    kind: str = "said"
    title: str = ""
    about: "Message | None" = None
    accepted: bool = False
    edited_at: float | None = None
    reactions: list[tuple[str, list[Person]]] = field(default_factory=list)
    mentions: list[Person] = field(default_factory=list)
    native: str = ""  # the source's own id, given when everything has its order
    first: bool = False  # the first thing its author said in this place
    hidden: bool = False  # taken down since: left out of the archive, or a tombstone


@dataclass(eq=False)
class Conversation:
    """A thread, a question, or a stretch of talk in a channel. The first message opens it."""

    source: str  # questions, discord or desk
    channel: str
    language: str
    day: int
    title: str = ""  # of the thread, where it is one
    tags: tuple[str, ...] = ()
    subject: str = ""
    book: Subject | None = None  # the lines it is written from
    told: bool = False  # comes from a story: nobody else joins in
    facts: dict[str, str] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    region: str = "gb"
    variant: str = ""  # which kind of its case was asked
    used: set[int] = field(default_factory=set)  # lines that stand in it already

    @property
    def opener(self) -> Message:
        """What it began with."""
        return self.messages[0]

    @property
    def threaded(self) -> bool:
        """Whether it stands apart from the run of its channel."""
        return self.source != "discord" or bool(self.title)

    def say(self, message: Message) -> Message:
        """Add a message, and remember that its writer has been here."""
        self.messages.append(message)
        met = message.author.met
        met[self.source] = min(message.at, met.get(self.source, message.at))
        return message

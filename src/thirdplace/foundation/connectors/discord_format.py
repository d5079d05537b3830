"""DiscordChatExporter's JSON as types: only what is read of it."""

import re
from dataclasses import dataclass

import msgspec

from thirdplace.foundation.connectors.base import Kind, Person
from thirdplace.foundation.translation import gettext_noop

NOTICE = gettext_noop("A notice that Discord wrote, such as a message pinned, a boost or a thread begun.")
ATTACHED = gettext_noop("An attached file: it is not fetched.")
STICKER = gettext_noop("A sticker: it is not fetched.")
UNNAMED = gettext_noop("A reaction of which the export does not name who gave it.")
PRIVATE = gettext_noop("Written in a private channel or a direct message: left alone.")
UNTIMED = gettext_noop("A message without a time that can be read.")
NOT_OURS = gettext_noop("A file that is no channel of this server.")
MISCOUNTED = gettext_noop("The file says that it holds another number of messages than were found in it.")

SPOKEN = {"Default", "Reply", "20", "23"}  # 20 and 23: what an app answered to a command
JOINED = "GuildMemberJoin"
STARTER = "21"  # stands in a thread for the message of its channel that it began from
THREADS = {"GuildPublicThread", "GuildNewsThread"}
PRIVATES = {"DirectTextChat", "DirectGroupTextChat", "GuildPrivateThread"}
SORTS = {"GuildNews": "news", "GuildVoiceChat": "voice", "GuildStageVoice": "stage", "GuildForum": "forum"}

_STAFF = re.compile(r"\b(admins?|administrators?|mods?|moderators?|staff|owners?|community (managers?|team))\b", re.I)
_DELETED = re.compile(r"deleted[ _]user(_[0-9a-f]+)?$", re.I)


class Guild(msgspec.Struct, gc=False):
    """The server."""

    id: str
    name: str = ""


class Channel(msgspec.Struct, gc=False, rename="camel"):
    """The channel or thread of a file; for a thread, the category is the channel it stands in."""

    id: str
    type: str = "GuildTextChat"
    category_id: str | None = None
    category: str | None = None
    name: str = ""


class Range(msgspec.Struct, gc=False):
    """Between which moments was exported."""

    after: str | None = None


class Head(msgspec.Struct, gc=False, rename="camel"):
    """What a file says before its messages."""

    guild: Guild
    channel: Channel
    date_range: Range | None = None


class Role(msgspec.Struct, gc=False):
    """A role of an author."""

    name: str = ""


class Author(msgspec.Struct, gc=False, rename="camel"):
    """Who wrote, or who reacted; the latter without roles."""

    id: str
    name: str = ""
    nickname: str | None = None
    is_bot: bool = False
    roles: list[Role] | None = None


class Emoji(msgspec.Struct, gc=False):
    """What somebody reacted with."""

    name: str | None = None
    code: str | None = None


class Reaction(msgspec.Struct, gc=False):
    """One emoji under a message. users stay bytes: the same person comes again and again."""

    emoji: msgspec.Raw
    count: int = 0
    users: list[msgspec.Raw] = []


class Reference(msgspec.Struct, gc=False, rename="camel"):
    """What a message answers."""

    message_id: str | None = None
    channel_id: str | None = None


class Thing(msgspec.Struct, gc=False):
    """An attachment or a sticker, of which only that it is there is kept."""


class Message(msgspec.Struct, gc=False, rename="camel"):
    """One message. The author stays bytes until it is seen for the first time."""

    id: str
    type: str
    timestamp: str
    author: msgspec.Raw
    content: str = ""
    timestamp_edited: str | None = None
    attachments: list[Thing] = []
    stickers: list[Thing] = []
    reactions: list[Reaction] = []
    reference: Reference | None = None


HEAD = msgspec.json.Decoder(Head)
MESSAGES = msgspec.json.Decoder(list[Message])
MESSAGE = msgspec.json.Decoder(Message)
AUTHOR = msgspec.json.Decoder(Author)
EMOJI = msgspec.json.Decoder(Emoji)


@dataclass(frozen=True)
class Where:
    """Where a file's messages stand: in the source's own ids."""

    prefix: str  # of every native id: links need the channel beside the message
    channel: str
    thread: str | None
    title: str | None
    name: str  # of the file


def where(head: Head, name: str) -> Where:
    """A thread's messages stand in the channel above it."""
    channel = head.channel
    if channel.type in THREADS:
        return Where(f"{channel.id}/", channel.category_id or channel.id, channel.id, channel.name or None, name)
    return Where(f"{channel.id}/", channel.id, None, None, name)


def kind_of(message: Message, *, threaded: bool) -> Kind | None:
    """What was done with a message; None for a notice."""
    if message.type in SPOKEN:
        return Kind.REPLIED if threaded or about(message, "") else Kind.SAID
    return Kind.JOINED if message.type == JOINED else None


def about(message: Message, prefix: str) -> str | None:
    """The native id of what it answers."""
    reference = message.reference
    if reference is None or reference.message_id is None:
        return None
    return f"{reference.channel_id}/{reference.message_id}" if reference.channel_id else prefix + reference.message_id


def person(author: Author) -> Person:
    """The account, as it calls itself here."""
    return Person(
        native=author.id,
        name=author.nickname or author.name or author.id,
        handle=author.name or None,
        bot=author.is_bot,
        staff=any(_STAFF.search(role.name) for role in author.roles or ()),
        deleted=_DELETED.match(author.name) is not None,
    )


class People:
    """Who was met, by the bytes that tell of them: the same account is decoded once, not once a message."""

    MOST = 200_000  # kept at once, so that memory stays flat

    def __init__(self) -> None:
        self.known: dict[bytes, Person | None] = {}
        self.told: dict[str, Person] = {}
        self.authors: dict[str, bool] = {}  # by id: whether it is a bot

    def meet(self, raw: msgspec.Raw, *, wrote: bool) -> tuple[Person | None, bool]:
        """The person, and whether this tells something new. A record without roles never replaces one with."""
        said = bytes(raw)
        if said in self.known:
            return self.known[said], False
        try:
            found: Person | None = person(AUTHOR.decode(said))
        except (msgspec.MsgspecError, ValueError):
            found = None
        if len(self.known) > self.MOST:
            self.known.clear()
        is_new = found is not None and (found.native not in self.told or (wrote and found != self.told[found.native]))
        if found is not None and is_new:
            self.told[found.native] = found
        self.known[said] = found
        if found is not None and wrote:
            self.authors[found.native] = found.bot
        return found, is_new

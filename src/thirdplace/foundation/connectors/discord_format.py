"""DiscordChatExporter's JSON as types: only what is read of it."""

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec

from thirdplace.foundation.connectors.base import Kind, Person, Tally, short
from thirdplace.foundation.translation import gettext_noop

NOTICE = gettext_noop("A notice that Discord wrote, such as a message pinned, a boost or a thread begun.")
ATTACHED = gettext_noop("An attached file: it is not fetched.")
STICKER = gettext_noop("A sticker: it is not fetched.")
UNNAMED = gettext_noop("A reaction of which the export does not name who gave it.")
PRIVATE = gettext_noop("Written in a private channel or a direct message: left alone.")
UNTIMED = gettext_noop("A message without a time that can be read.")
NOT_OURS = gettext_noop("A file that is no channel of this server.")
MISCOUNTED = gettext_noop("The file says that it holds another number of messages than were found in it.")

NAMELESS = gettext_noop("Who wrote or reacted, or with what, is damaged in the file; it was read without that.")
HEAD_LOST = gettext_noop("A file's beginning is damaged; its channel was made out as well as could be.")
UNKNOWN = "0"  # stands for a server that a damaged beginning does not name

SPOKEN = {"Default", "Reply", "20", "23"}  # 20 and 23: what an app answered to a command
JOINED = "GuildMemberJoin"
STARTER = "21"  # stands in a thread for the message of its channel that it began from
THREADS = {"GuildPublicThread", "GuildNewsThread"}
PRIVATES = {"DirectTextChat", "DirectGroupTextChat", "GuildPrivateThread"}
SORTS = {"GuildNews": "news", "GuildVoiceChat": "voice", "GuildStageVoice": "stage", "GuildForum": "forum"}

_REPLIED, _SAID = Kind.REPLIED.value, Kind.SAID.value
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
    is_damaged: bool = False


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
    users: tuple[msgspec.Raw, ...] = ()


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
    attachments: tuple[Thing, ...] = ()
    stickers: tuple[Thing, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    reference: Reference | None = None


@dataclass(frozen=True)
class Fields:
    """The same messages, turned into columns: what is done once for many is done on these."""

    id: Sequence[str] = ()
    type: Sequence[str] = ()
    timestamp: Sequence[str] = ()
    author: Sequence[msgspec.Raw] = ()
    content: Sequence[str] = ()
    timestamp_edited: Sequence[str | None] = ()
    attachments: Sequence[tuple[Thing, ...]] = ()
    stickers: Sequence[tuple[Thing, ...]] = ()
    reactions: Sequence[tuple[Reaction, ...]] = ()
    reference: Sequence[Reference | None] = ()


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for circles of objects: for a moment in which many are made and none can be one."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def fields(messages: list[Message]) -> Fields:
    """Messages as columns. The collector would look through thousands of rows, none of which can be in a circle."""
    with uncollected():
        return Fields(*zip(*map(msgspec.structs.astuple, messages), strict=True))


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
        return Where(f"{channel.id}/", channel.category_id or channel.id, channel.id, short(channel.name) or None, name)
    return Where(f"{channel.id}/", channel.id, None, None, name)


def about(reference: Reference | None, prefix: str) -> str | None:
    """The native id of what a message answers."""
    if reference is None or reference.message_id is None:
        return None
    return f"{reference.channel_id}/{reference.message_id}" if reference.channel_id else prefix + reference.message_id


def kinds(told: Fields, *, threaded: bool) -> list[str | None]:
    """What was done with each message; None for a notice."""
    if threaded:
        found: list[str | None] = [_REPLIED] * len(told.id)
    else:
        found = [_SAID if each is None or each.message_id is None else _REPLIED for each in told.reference]
    if not set(told.type) <= SPOKEN:
        for row, sort in enumerate(told.type):
            if sort not in SPOKEN:
                found[row] = Kind.JOINED.value if sort == JOINED else None
    return found


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
    """Who was met. An account is decoded once, not once a message: `known` is by the bytes that tell of it."""

    MOST = 100_000  # kept by their bytes at once, so that memory stays flat

    def __init__(self, tally: Tally) -> None:
        self.place = ""  # the file that is being read
        self._tally = tally
        self._labels: dict[bytes, str] = {}
        self.known: dict[bytes, str | None] = {}
        self.told: dict[str, Person] = {}
        self.authors: dict[str, bool] = {}  # by id: whether it is a bot

    def meet(self, said: bytes, *, wrote: bool) -> tuple[str | None, Person | None]:
        """The id, and the person where this tells something new. A record without roles never replaces one with."""
        if said in self.known:
            native = self.known[said]
            if wrote and native is not None and native not in self.authors:  # met before, by a reaction
                self.authors[native] = self.told[native].bot
            return native, None
        try:
            found = person(AUTHOR.decode(said))
        except (msgspec.MsgspecError, ValueError):
            self._tally.skip(NAMELESS, self.place)
            return None, None
        if len(self.known) >= self.MOST:
            self.known.clear()
        self.known[said] = found.native
        before = self.told.get(found.native)
        if wrote:
            self.authors[found.native] = found.bot
        if before is None or (wrote and found != before):
            self.told[found.native] = found
            return found.native, found
        return found.native, None

    def emoji(self, raw: bytes) -> str:
        """What somebody reacted with: the sign itself, or a server's own name for one."""
        if raw not in self._labels:
            if len(self._labels) >= self.MOST:
                self._labels.clear()
            try:
                told = EMOJI.decode(raw)
            except (msgspec.MsgspecError, ValueError):
                self._tally.skip(NAMELESS, self.place)
                return "?"
            self._labels[raw] = short(told.name or told.code or "?")
        return self._labels[raw]

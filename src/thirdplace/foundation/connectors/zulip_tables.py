"""Zulip's own export as types: only what is read of its tables."""

import re
from codecs import BOM_UTF8
from typing import Any

import msgspec
import numpy as np

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Person, Tally
from thirdplace.foundation.connectors.jsonrows import WRONG, salvaged
from thirdplace.foundation.connectors.zulip_files import Number

LARGEST = 2 << 30  # bytes of one file; Zulip writes a thousand messages into each
REALM = "realm.json"
MESSAGES = re.compile(r"messages-\d+\.json")
STREAM = 2  # the type of a recipient that is a stream; the others are people
MODERATOR = 300  # the role that moderators have; administrators and owners have smaller ones


class Message(msgspec.Struct, gc=False):
    """What is read of a message."""

    id: Number
    sender: Number
    recipient: Number
    subject: str = ""
    content: str = ""
    rendered_content: str | None = None
    date_sent: float | None = None
    pub_date: float | None = None  # what date_sent was called before 2019
    last_edit_time: float | None = None


class Reaction(msgspec.Struct, gc=False):
    """One emoji that somebody gave to a message."""

    message: Number
    user_profile: Number
    emoji_name: str


class Profile(msgspec.Struct, gc=False):
    """An account."""

    id: Number
    full_name: str = ""
    email: str = ""
    is_bot: bool = False
    is_active: bool = True
    is_realm_admin: bool = False
    role: int = 400
    date_joined: float | None = None

    def person(self, *, bot: bool = False) -> Person:
        """The account, as it calls itself; its mail address stays where it is."""
        return Person(
            native=str(self.id),
            name=self.full_name or self.email.partition("@")[0] or str(self.id),
            bot=bot or self.is_bot,
            staff=(self.role <= MODERATOR or self.is_realm_admin) and not (bot or self.is_bot),
            deleted=not self.is_active and not self.is_bot,
        )


class Stream(msgspec.Struct, gc=False):
    """A stream: invite_only when it is private."""

    id: Number
    name: str
    invite_only: bool


class Recipient(msgspec.Struct, gc=False):
    """What a message is sent to."""

    id: Number
    type: int
    type_id: Number


class _Named(msgspec.Struct, gc=False):
    name: str = ""
    string_id: str = ""


class Realm(msgspec.Struct, gc=False):
    """The tables of the whole organisation."""

    zerver_stream: list[Stream]
    zerver_recipient: list[Recipient]
    zerver_userprofile: list[Profile]
    zerver_realm: list[_Named] = []
    zerver_userprofile_mirrordummy: list[Profile] = []
    zerver_userprofile_crossrealm: list[Profile] = []
    zerver_reaction: list[Reaction] = []
    zerver_subscription: list[msgspec.Raw] = []


class Part(msgspec.Struct, gc=False):
    """One file of messages."""

    zerver_message: list[Message]
    zerver_reaction: list[Reaction] = []


_REALM = msgspec.json.Decoder(Realm)
_PART = msgspec.json.Decoder(Part)
_ROWS: tuple[tuple[str, type[Any], frozenset[str]], ...] = (  # how rows of a damaged file are told apart
    ("zerver_stream", Stream, frozenset(("id", "name", "invite_only"))),
    ("zerver_recipient", Recipient, frozenset(("id", "type", "type_id"))),
    ("zerver_userprofile", Profile, frozenset(("id", "full_name", "is_bot"))),
    ("zerver_reaction", Reaction, frozenset(("message", "user_profile", "emoji_name"))),
    ("zerver_message", Message, frozenset(("id", "sender", "recipient"))),
)


def _data(archive: Archive, name: str, tally: Tally) -> bytes:
    with archive.open(name, tally) as stream:
        return stream.whole(LARGEST).removeprefix(BOM_UTF8)


def _salvaged(data: bytes, table: str, tally: Tally, name: str) -> list[Any]:
    (row,) = [each for each in _ROWS if each[0] == table]
    return list(salvaged(data, msgspec.json.Decoder(row[1]), lambda said: row[2] <= said.keys(), tally, name))


def realm(archive: Archive, tally: Tally) -> Realm:
    """The organisation's tables; of a damaged file the rows that are whole."""
    if REALM not in archive:
        return Realm([], [], [])
    data = _data(archive, REALM, tally)
    try:
        return _REALM.decode(data)
    except WRONG:
        rows = {table: _salvaged(data, table, tally, REALM) for table, *_ in _ROWS[:4]}
        return Realm(**rows)


def part(archive: Archive, name: str, tally: Tally) -> Part:
    """One file of messages; of a damaged one those that are whole."""
    data = _data(archive, name, tally)
    try:
        return _PART.decode(data)
    except WRONG:
        return Part(_salvaged(data, "zerver_message", tally, name))


class Reactions:
    """All reactions by the messages they are to: 24 bytes each, since there may be millions."""

    def __init__(self, rows: list[Reaction]) -> None:
        self._labels: list[str] = sorted({each.emoji_name for each in rows})
        codes = {label: code for code, label in enumerate(self._labels)}
        table = np.array([(each.message, each.user_profile, codes[each.emoji_name]) for each in rows], dtype=np.int64)
        table = table.reshape(-1, 3)
        self._rows = table[np.argsort(table[:, 0], kind="stable")]

    def to(self, message: int) -> list[tuple[int, str]]:
        """Who gave what to a message."""
        first, last = np.searchsorted(self._rows[:, 0], (message, message + 1))
        given = [(who, self._labels[code]) for _message, who, code in self._rows[first:last].tolist()]
        return list(dict.fromkeys(given))

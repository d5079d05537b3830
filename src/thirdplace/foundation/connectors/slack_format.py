"""Slack's export as types: only what is read of it."""

import re
from codecs import BOM_UTF8
from collections import Counter
from datetime import datetime
from typing import Any

import msgspec

from thirdplace.foundation.connectors import times
from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Person, Space, Tally
from thirdplace.foundation.connectors.jsonrows import WRONG, salvaged
from thirdplace.foundation.translation import gettext_noop

UNLISTED = gettext_noop("A list of the export is missing; names will be missing too.")
SLACKBOT = "USLACKBOT"
LARGEST = 256 << 20  # bytes of one list
LARGEST_DAY = 64 << 20  # bytes of one day of a channel: as objects they take many times as much


class Reaction(msgspec.Struct, gc=False):
    """One emoji under a message."""

    name: str
    users: list[str] | None = None
    count: int = 0


class Edited(msgspec.Struct, gc=False):
    """When a message was last changed."""

    ts: str


class Profile(msgspec.Struct, gc=False):
    """How an account calls itself."""

    display_name: str | None = None
    real_name: str | None = None
    name: str | None = None


class Message(msgspec.Struct, gc=False):
    """What is read of a message; everything else of it is left."""

    ts: str
    type: str = "message"
    subtype: str | None = None
    user: str | None = None
    bot_id: str | None = None
    username: str | None = None
    text: str | None = None
    thread_ts: str | None = None
    deleted_ts: str | None = None
    edited: Edited | None = None
    reactions: list[Reaction] | None = None
    user_profile: Profile | None = None
    bot_profile: Profile | None = None
    attachments: list[dict[str, Any]] | None = None
    files: list[Any] | None = None


class User(msgspec.Struct, gc=False):
    """An account of the workspace."""

    id: str
    name: str = ""
    team_id: str | None = None
    real_name: str | None = None
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    profile: Profile | None = None


class Channel(msgspec.Struct, gc=False):
    """A channel by its number and name."""

    id: str
    name: str = ""


DAY_OF_MESSAGES = msgspec.json.Decoder(list[Message])
MESSAGE = msgspec.json.Decoder(Message)
USERS = msgspec.json.Decoder(list[User])
USER = msgspec.json.Decoder(User)
CHANNELS = msgspec.json.Decoder(list[Channel])
CHANNEL = msgspec.json.Decoder(Channel)


def listed(archive: Archive, name: str, many: Any, one: Any, tally: Tally) -> list[Any]:
    """One of the export's lists; of a damaged one what is whole."""
    if name not in archive:
        tally.skip(UNLISTED, name)
        return []
    with archive.open(name, tally) as stream:
        data = stream.whole(LARGEST).removeprefix(BOM_UTF8)
    try:
        return list(many.decode(data))
    except WRONG:
        return list(salvaged(data, one, lambda said: "id" in said and "name" in said, tally, name))


def private_lists(archive: Archive) -> set[str] | None:
    """Folders of private channels and direct messages, by name or number; None where the export lists none."""
    lists = [name for name in ("groups.json", "mpims.json", "dms.json") if name in archive]
    told = [each for name in lists for each in listed(archive, name, CHANNELS, CHANNEL, Tally())]
    return {folder for each in told for folder in (each.id, each.name) if folder} if lists else None


def person(user: User) -> Person:
    """The account, as it calls itself."""
    profile = user.profile or Profile()
    return Person(
        native=user.id,
        name=profile.display_name or profile.real_name or user.real_name or user.name or user.id,
        handle=user.name or None,
        bot=user.is_bot or user.id == SLACKBOT,
        staff=user.is_admin or user.is_owner,
        deleted=user.deleted,
    )


def moment(ts: str) -> datetime:
    """Slack's times are seconds with six digits, which are also a message's name: not a float."""
    seconds, _, rest = ts.partition(".")
    return times.moment(int(seconds) * 1_000_000 + int(rest[:6].ljust(6, "0")))


def space_of(archive: Archive) -> Space:
    """The workspace: its number from the accounts, its name from the archive's, which tells the days as well."""
    teams: Counter[str] = Counter()
    for user in listed(archive, "users.json", USERS, USER, Tally()):
        teams.update([user.team_id] if user.team_id else [])
    name = re.split(r"[ _-]+slack[ _-]+export", archive.name, flags=re.IGNORECASE)[0] or archive.name
    return Space(native=teams.most_common(1)[0][0] if teams else name, name=name)

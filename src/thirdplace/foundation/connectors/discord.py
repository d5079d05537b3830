"""Discord servers, as DiscordChatExporter writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Place, Space, Tally
from thirdplace.foundation.connectors.columns import Columns
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.discord_chunks import Chunks, head_of
from thirdplace.foundation.connectors.discord_columns import FULL, Batch
from thirdplace.foundation.connectors.discord_format import (
    ATTACHED,
    HEAD_LOST,
    NOT_OURS,
    NOTICE,
    PRIVATE,
    PRIVATES,
    SORTS,
    STARTER,
    STICKER,
    THREADS,
    UNKNOWN,
    UNNAMED,
    UNTIMED,
    Fields,
    Head,
    Message,
    People,
    Reaction,
    Where,
    about,
    fields,
    kinds,
    where,
)
from thirdplace.foundation.connectors.times import UNREADABLE, moment, one
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.translation import gettext

ADDRESS = "https://discord.com"
LATER_PART = re.compile(r"\[part (?!1\])\d+\]")
LOOKED_AT = 40  # files opened before it is said that none of them is a channel's


class Discord(Connector):
    """A Discord server, from the JSON files of DiscordChatExporter.

    Needs:   the files that DiscordChatExporter wrote as JSON, one a channel or thread, in a folder or an archive.
    Brings:  messages, replies, threads, reactions with who gave them, edits, who joined, bots, roles that look
             like staff.
    Resumes: no; a later export adds what is new and what was changed.
    Leaves:  direct messages and private threads; attached files, stickers and embeds; pins, boosts and other
             notices. A reaction has no time of its own and gets its message's. What was deleted since an earlier
             export stays.
    """

    slug = "discord"
    title = "Discord"

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By what a file says before its first message."""
        files = _files(archive)
        for name in files[:LOOKED_AT]:
            if (head := head_of(archive.head(name), name)) is not None and head.guild.id != UNKNOWN:
                why = gettext("%(count)s JSON files, and %(name)s is a channel as DiscordChatExporter writes it.")
                return Recognised(
                    connector=cls,
                    why=why % {"count": len(files), "name": name},
                    sure=0.95,
                    space=_space(head),
                )
        return None

    def space(self) -> Space:
        """The server that the first channel's file names."""
        for name in _files(self.archive):
            if (head := head_of(self.archive.head(name), name)) is not None and head.guild.id != UNKNOWN:
                return _space(head)
        raise ThirdplaceError(
            gettext("No file in %(name)s is a channel as DiscordChatExporter writes it.") % {"name": self.archive.name},
            gettext("Export the channels again with the format JSON."),
        )

    def read(self, tally: Tally) -> Iterator[Item]:
        """Channel by channel, message by message."""
        people = People(tally)
        for place, at, parts in self._channels(people, tally):
            if place is not None:
                yield place
            for part in parts:
                for row in range(len(part.kinds)):
                    yield from _items(part, row, at, people, tally)

    def columns(self, tally: Tally, source: int) -> Iterator[Columns]:
        """The same, many at once."""
        people = People(tally)
        batch = Batch(source, people, tally)
        for place, at, parts in self._channels(people, tally):
            if place is not None:
                batch.place(place)
            for part in parts:
                batch.add(part.told, part.kinds, at, part.title)
                if len(batch) >= FULL:
                    yield batch.columns()
        if len(batch) or batch.places:
            yield batch.columns()

    def _channels(self, people: People, tally: Tally) -> Iterator[tuple[Place | None, Where, Iterator["_Part"]]]:
        """Each file that is a channel's: where it stands, and its messages."""
        self.archive.tell(tally)
        tally.found.update(files=0, channels=0, threads=0, messages=0, replies=0, reactions=0)
        guild = self.space().native
        seen: set[str] = set()
        for name in _files(self.archive):
            head = head_of(self.archive.head(name), name)
            if head is None or head.guild.id not in (guild, UNKNOWN):
                tally.skip(NOT_OURS, name)
                continue
            if head.is_damaged:
                tally.skip(HEAD_LOST, name)
            people.place = name
            tally.found["files"] += 1
            threaded = head.channel.type in THREADS
            if head.channel.id not in seen:
                tally.found["threads" if threaded else "channels"] += 1
            at = where(head, name)
            is_known = threaded and at.channel in seen
            seen |= {head.channel.id, at.channel}
            is_left = head.channel.type in PRIVATES  # not even its name is kept
            yield None if is_known or is_left else _place(head, at), at, self._parts(head, at, tally)
        tally.found["authors"] = len(people.authors)
        tally.found["bots"] = sum(people.authors.values())

    def _parts(self, head: Head, at: Where, tally: Tally) -> Iterator["_Part"]:
        """The messages of a file that say something, a few thousand at a time."""
        opens = at.thread is not None and _from_the_beginning(head, at.name)
        began_elsewhere = False
        with self.archive.open(at.name, tally) as stream:
            for chunk in filter(None, Chunks(stream, tally)):
                told = fields(chunk)
                _count(told, at.name, tally)
                if head.channel.type in PRIVATES:
                    tally.skip(PRIVATE, at.name, len(chunk))
                    continue
                began_elsewhere = began_elsewhere or STARTER in told.type[:2]
                part = _part(chunk, told, at, tally)
                if opens and part.kinds:
                    opens = False
                    part.title = at.title
                    if part.kinds[0] == Kind.REPLIED and not began_elsewhere:
                        part.kinds[0] = Kind.STARTED.value
                yield part


@dataclass
class _Part:
    """Messages of one file that say something, as columns, with what was done by each and the title of the first."""

    told: Fields
    kinds: list[str]
    title: str | None = None


def _items(part: _Part, row: int, at: Where, people: People, tally: Tally) -> Iterator[Item]:
    """One message, who wrote it where that is new, and what was reacted to it."""
    told = part.told
    who, new = people.meet(bytes(told.author[row]), wrote=True)
    if new is not None:
        yield new
    happened_at = _moment(told.timestamp[row])
    if happened_at is None:
        tally.skip(UNTIMED, at.name)
        return
    activity = Activity(
        native=at.prefix + told.id[row],
        kind=Kind(part.kinds[row]),
        happened_at=happened_at,
        who=who,
        channel=at.channel,
        thread=at.thread,
        about=about(told.reference[row], at.prefix),
        title=None if row else part.title,
        text=told.content[row],
        edited_at=_moment(told.timestamp_edited[row]),
        place=at.name,
    )
    yield activity
    for reaction in told.reactions[row]:
        yield from _reactions(reaction, activity, people, people.emoji(bytes(reaction.emoji)))


def _reactions(reaction: Reaction, on: Activity, people: People, label: str) -> Iterator[Item]:
    for raw in reaction.users:
        who, new = people.meet(bytes(raw), wrote=False)
        if new is not None:
            yield new
        if who is not None:
            yield Activity(
                native=f"{on.native}:{label}:{who}",
                kind=Kind.REACTED,
                happened_at=on.happened_at,
                who=who,
                channel=on.channel,
                thread=on.thread,
                about=on.native,
                label=label,
                place=on.place,
            )


def _moment(said: str | None) -> datetime | None:
    us = UNREADABLE if said is None else one(said)
    return None if us == UNREADABLE else moment(us)


def _part(chunk: list[Message], told: Fields, at: Where, tally: Tally) -> _Part:
    """Messages that say or do something: notices are left out."""
    done = kinds(told, threaded=at.thread is not None)
    if notices := done.count(None):
        tally.skip(NOTICE, at.name, notices)
        kept = [each for each, kind in zip(chunk, done, strict=True) if kind is not None]
        told = fields(kept) if kept else Fields()
    return _Part(told, [kind for kind in done if kind is not None])


def _count(told: Fields, name: str, tally: Tally) -> None:
    """What a chunk holds, notices too."""
    found = tally.found
    found["messages"] += len(told.id)
    found["replies"] += told.type.count("Reply")
    given = [reaction for each in told.reactions if each for reaction in each]
    found["reactions"] += sum(each.count for each in given)
    unnamed = sum(max(0, each.count - len(each.users)) for each in given)
    attached = sum(map(len, told.attachments))
    stickers = sum(map(len, told.stickers))
    for why, count in ((UNNAMED, unnamed), (ATTACHED, attached), (STICKER, stickers)):
        if count:
            tally.skip(why, name, count)


def _from_the_beginning(head: Head, name: str) -> bool:
    """Whether a file's first message is its channel's first."""
    return not LATER_PART.search(name) and (head.date_range is None or head.date_range.after is None)


def _files(archive: Archive) -> list[str]:
    return [name for name in archive.names() if name.lower().endswith(".json")]


def _space(head: Head) -> Space:
    return Space(native=head.guild.id, name=head.guild.name or head.guild.id, base_url=ADDRESS)


def _place(head: Head, at: Where) -> Place:
    """The channel; one of which only threads are there has no talk of its own that runs together."""
    channel = head.channel
    if at.thread is not None:
        return Place(native=at.channel, name=channel.category or at.channel, flat=False)
    return Place(
        native=channel.id,
        name=channel.name or channel.id,
        kind=SORTS.get(channel.type, "channel"),
        flat=channel.type != "GuildForum",
    )

"""Discord servers, as DiscordChatExporter writes them."""

import re
from collections.abc import Iterator
from datetime import timedelta

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Place, Space, Tally
from thirdplace.foundation.connectors.columns import EPOCH, Columns
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.discord_chunks import Chunks, head_of
from thirdplace.foundation.connectors.discord_columns import FULL, Batch, reacted
from thirdplace.foundation.connectors.discord_format import (
    ATTACHED,
    NOT_OURS,
    NOTICE,
    PRIVATE,
    PRIVATES,
    SORTS,
    STARTER,
    STICKER,
    THREADS,
    UNNAMED,
    UNTIMED,
    Head,
    Message,
    People,
    Where,
    about,
    kind_of,
    where,
)
from thirdplace.foundation.connectors.times import UNREADABLE, one
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
             notices. A reaction has no time of its own and gets its message's.
    """

    slug = "discord"
    title = "Discord"

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By what a file says before its first message."""
        files = _files(archive)
        for name in files[:LOOKED_AT]:
            if (head := head_of(archive.head(name))) is not None:
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
            if (head := head_of(self.archive.head(name))) is not None:
                return _space(head)
        raise ThirdplaceError(
            gettext("No file in %(name)s is a channel as DiscordChatExporter writes it.") % {"name": self.archive.name},
            gettext("Export the channels again with the format JSON."),
        )

    def read(self, tally: Tally) -> Iterator[Item]:
        """Channel by channel, message by message."""
        self._people = People()
        labels: dict[bytes, str] = {}
        for place, at, chunks in self._channels(tally):
            if place is not None:
                yield place
            for messages, kinds, title in chunks:
                for nth, (message, kind) in enumerate(zip(messages, kinds, strict=True)):
                    yield from self._items(message, Kind(kind), at, None if nth else title, labels, tally)

    def columns(self, tally: Tally, source: int) -> Iterator[Columns]:
        """The same, many at once."""
        self._people = People()
        batch = Batch(source, self._people, tally)
        for place, at, chunks in self._channels(tally):
            if place is not None:
                batch.place(place)
            for messages, kinds, title in chunks:
                batch.add(messages, kinds, at, title)
                if len(batch) >= FULL:
                    yield batch.columns()
        if len(batch) or batch.places:
            yield batch.columns()

    def _channels(
        self, tally: Tally
    ) -> Iterator[tuple[Place | None, Where, Iterator[tuple[list[Message], list[str], str | None]]]]:
        """Each file that is a channel's: where it stands, and its messages."""
        self.archive.tell(tally)
        tally.found.update(files=0, channels=0, threads=0, messages=0, replies=0, reactions=0)
        guild = self.space().native
        seen: set[str] = set()
        for name in _files(self.archive):
            head = head_of(self.archive.head(name))
            if head is None or head.guild.id != guild:
                tally.skip(NOT_OURS, name)
                continue
            tally.found["files"] += 1
            threaded = head.channel.type in THREADS
            if head.channel.id not in seen:
                tally.found["threads" if threaded else "channels"] += 1
            at = where(head, name)
            place = _place(head, at)
            known = threaded and at.channel in seen
            seen |= {head.channel.id, at.channel}
            yield None if known else place, at, self._file(head, at, name, tally)
        tally.found["authors"] = len(self._people.authors)
        tally.found["bots"] = sum(self._people.authors.values())

    def _file(
        self, head: Head, at: Where, name: str, tally: Tally
    ) -> Iterator[tuple[list[Message], list[str], str | None]]:
        """The messages of a file that say something, a few thousand at a time, and the title of the first."""
        opens = at.thread is not None and _from_the_beginning(head, name)
        started = False
        with self.archive.open(name, tally) as stream:
            for chunk in Chunks(stream, tally):
                _count(chunk, name, tally)
                if head.channel.type in PRIVATES:
                    tally.skip(PRIVATE, name, len(chunk))
                    continue
                started = started or any(each.type == STARTER for each in chunk[:2])
                messages, kinds = _spoken(chunk, at, name, tally)
                title = at.title if opens and messages else None
                if title is not None and not started and kinds[0] == Kind.REPLIED:
                    kinds[0] = Kind.STARTED.value
                opens = opens and not messages
                yield messages, kinds, title

    def _items(
        self, message: Message, kind: Kind, at: Where, title: str | None, labels: dict[bytes, str], tally: Tally
    ) -> Iterator[Item]:
        happened_us = one(message.timestamp)
        person, is_new = self._people.meet(message.author, wrote=True)
        if person is not None and is_new:
            yield person
        if happened_us == UNREADABLE:
            tally.skip(UNTIMED, at.name)
            return
        edited_us = UNREADABLE if message.timestamp_edited is None else one(message.timestamp_edited)
        activity = Activity(
            native=at.prefix + message.id,
            kind=kind,
            happened_at=EPOCH + timedelta(microseconds=happened_us),
            who=None if person is None else person.native,
            channel=at.channel,
            thread=at.thread,
            about=about(message, at.prefix),
            title=title,
            text=message.content,
            edited_at=None if edited_us == UNREADABLE else EPOCH + timedelta(microseconds=edited_us),
            place=at.name,
        )
        yield activity
        for label, who, is_new in reacted(message, self._people, labels):
            if is_new:
                yield who
            yield Activity(
                native=f"{activity.native}:{label}:{who.native}",
                kind=Kind.REACTED,
                happened_at=activity.happened_at,
                who=who.native,
                channel=at.channel,
                thread=at.thread,
                about=activity.native,
                label=label,
                place=at.name,
            )


def _spoken(chunk: list[Message], at: Where, name: str, tally: Tally) -> tuple[list[Message], list[str]]:
    """Messages that say or do something, and what: notices are left out."""
    threaded = at.thread is not None
    kinds = [kind_of(each, threaded=threaded) for each in chunk]
    notices = kinds.count(None)
    if notices:
        tally.skip(NOTICE, name, notices)
        chunk = [each for each, kind in zip(chunk, kinds, strict=True) if kind is not None]
    return chunk, [kind.value for kind in kinds if kind is not None]


def _count(chunk: list[Message], name: str, tally: Tally) -> None:
    """What a chunk holds, notices too."""
    found = tally.found
    found["messages"] += len(chunk)
    found["replies"] += sum(each.type == "Reply" for each in chunk)
    given = [reaction for each in chunk if each.reactions for reaction in each.reactions]
    found["reactions"] += sum(each.count for each in given)
    unnamed = sum(max(0, each.count - len(each.users)) for each in given)
    attached = sum(len(each.attachments) for each in chunk if each.attachments)
    stickers = sum(len(each.stickers) for each in chunk if each.stickers)
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

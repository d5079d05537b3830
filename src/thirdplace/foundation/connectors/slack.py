"""Slack's workspace exports."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import datetime

import msgspec

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Place, Space, Tally, short
from thirdplace.foundation.connectors.columns import EPOCH
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.jsonrows import WRONG, salvaged
from thirdplace.foundation.connectors.slack_format import (
    CHANNEL,
    CHANNELS,
    DAY_OF_MESSAGES,
    LARGEST_DAY,
    MESSAGE,
    USER,
    USERS,
    Channel,
    Message,
    listed,
    moment,
    person,
    private_lists,
    space_of,
)
from thirdplace.foundation.connectors.slack_people import People
from thirdplace.foundation.connectors.slack_text import readable
from thirdplace.foundation.translation import gettext, gettext_noop

NOTICE = gettext_noop("A notice of the place itself, such as a channel renamed, a reminder or a canvas.")
TOMBSTONE = gettext_noop("A message that was deleted: only its place in the thread is left.")
PRIVATE = gettext_noop("Written in a private channel or a direct message: left alone.")
FILES = gettext_noop("An attached file: it is not fetched.")
UNNAMED = gettext_noop("A reaction of which the export does not name who gave it.")
AUTHORLESS = gettext_noop("A message that does not say who wrote it; it was read without that.")
UNTIMED = gettext_noop("A message without a time that can be read.")

DAY = re.compile(r"/\d{4}-\d\d-\d\d\.json$")
_THREAD = re.compile(rb'"thread_ts"\s*:\s*"([\d.]{1,30})"')
MOST_SUBTYPES = 200  # counted by name; Slack has some forty
SAID = {None, "bot_message", "me_message", "file_share", "thread_broadcast", "file_comment", "slackbot_response"}
GONE = {"tombstone", "message_deleted"}
CAME = {"channel_join": Kind.JOINED, "group_join": Kind.JOINED, "channel_leave": Kind.LEFT, "group_leave": Kind.LEFT}


class Slack(Connector):
    """A Slack workspace, from its export.

    Needs:   the export as Slack gives it: a zip or folder with users.json, channels.json and one folder a channel.
    Brings:  messages, threads, reactions, edits, deletions that left a tombstone, who joined and left a channel, bots,
             admins, deactivated accounts.
    Resumes: no; a later export adds what is new and what was changed.
    Leaves:  private channels and direct messages, also where the export holds them; attached files; mail addresses;
             notices of the workspace. A reaction has no time of its own and gets its message's. What vanished without
             a trace since an earlier export stays.
    """

    slug = "slack"
    title = "Slack"

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By its lists and its folders of days."""
        days = [name for name in archive.names() if DAY.search(name)]
        lists = [name for name in ("users.json", "channels.json") if name in archive]
        listed_only = len(lists) == 2 and archive.head(lists[0], 64).lstrip(b"\xef\xbb\xbf \r\n").startswith(b"[")
        if not lists or not (days or listed_only):
            return None
        missing = {"users.json", "channels.json"} - set(lists)
        folders = len({name.rsplit("/", 1)[0] for name in days})
        return Recognised(
            connector=cls,
            why=gettext("%(count)s folders with one file a day, and %(lists)s, as in a Slack export.")
            % {"lists": ", ".join(lists), "count": folders},
            sure=0.6 if missing else 1.0,
            space=space_of(archive),
            lacks=gettext("%(names)s is missing: people or channels will have numbers for names.")
            % {"names": ", ".join(missing)}
            if missing
            else None,
            asks=("base_url",),
        )

    def space(self) -> Space:
        """The workspace, by the number its accounts carry."""
        return space_of(self.archive)

    def read(self, tally: Tally) -> Iterator[Item]:
        """People and channels first, then channel by channel, day by day."""
        self.archive.tell(tally)
        tally.found.update(rows=0, replies=0, reactions=0)
        self._people = People()
        self._authors: set[str] = set()
        self._gone: list[tuple[str, str, datetime | None, str]] = []  # channel, ts, when if it is told, place
        self._reaches = EPOCH
        for user in listed(self.archive, "users.json", USERS, USER, tally):
            yield self._people.listed(person(user))
        losses = tally.skipped.total()
        channels = {each.name: each for each in listed(self.archive, "channels.json", CHANNELS, CHANNEL, tally)}
        self._channels = {each.id: each.name for each in channels.values()}
        tally.found["channels"] = len(channels)
        self._all_listed = tally.skipped.total() == losses  # else a folder without a name may be anybody's
        for channel in channels.values():
            yield Place(native=channel.id, name=channel.name)
        yield from self._days(channels, tally)
        yield from self._deletions()
        tally.found["authors"] = len(self._authors)

    def _days(self, channels: dict[str, Channel], tally: Tally) -> Iterator[Item]:
        private = private_lists(self.archive)
        for folder, days in _by_folder(self.archive).items():
            channel = channels[folder].id if folder in channels else folder
            if folder not in channels and private is not None and (self._all_listed or folder in private):
                for name in days:
                    for message in self._day(name, tally):
                        self._count(message, tally)
                        tally.skip(PRIVATE, name)
                continue
            if folder not in channels:
                yield Place(native=channel, name=folder)
            threads = self._answered(days)
            for name in days:
                for message in self._day(name, tally):
                    self._count(message, tally)
                    if message.thread_ts is None and message.ts in threads:
                        message.thread_ts = message.ts
                    yield from self._message(message, channel, name, tally)

    def _answered(self, days: list[str]) -> set[str]:
        """Messages of a channel that were answered: not each says so itself, and those who answer come later."""
        found: set[bytes] = set()
        for name in days:
            with self.archive.open(name) as stream:
                found.update(_THREAD.findall(stream.whole(LARGEST_DAY)))
        return {each.decode() for each in found}

    def _day(self, name: str, tally: Tally) -> Iterator[Message]:
        with self.archive.open(name, tally) as stream:
            data = stream.whole(LARGEST_DAY).removeprefix(BOM_UTF8)
        try:
            yield from DAY_OF_MESSAGES.decode(data)
        except WRONG:
            yield from salvaged(data, MESSAGE, lambda said: said.get("type") == "message" and "ts" in said, tally, name)

    def _count(self, message: Message, tally: Tally) -> None:
        """By the same plain rules as anybody who counts the rows of the files."""
        tally.found["rows"] += 1
        subtype = f"subtype {(message.subtype or 'none')[:60]}"
        tally.found[subtype if subtype in tally.found or len(tally.found) < MOST_SUBTYPES else "subtype other"] += 1
        tally.found["replies"] += bool(message.thread_ts) and message.thread_ts != message.ts
        tally.found["reactions"] += sum(each.count for each in message.reactions or ())
        if author := message.user or message.bot_id:
            self._authors.add(author)

    def _message(self, message: Message, channel: str, place: str, tally: Tally) -> Iterator[Item]:
        kind = self._kind(message)
        if kind is None:
            tally.skip(TOMBSTONE if message.subtype in GONE else NOTICE, place)
        try:
            happened_at = moment(message.ts)
            edited_at = moment(message.edited.ts) if message.edited else None
        except ValueError:
            if kind is not None:
                tally.skip(UNTIMED, place)
            return
        self._reaches = max(self._reaches, happened_at)
        self._note_what_is_gone(message, channel, happened_at, place)
        who = message.user or message.bot_id
        if kind is not None:
            who, told = self._people.author(message)
            yield from told
        wrote = self._words(message)
        activity = Activity(
            native=f"{channel}/{message.ts}",
            kind=kind or Kind.SAID,
            happened_at=happened_at,
            who=who,
            channel=channel,
            thread=f"{channel}/{message.thread_ts}" if message.thread_ts else None,
            about=f"{channel}/{message.thread_ts}" if kind is Kind.REPLIED else None,
            text=readable(wrote, self._people.names, self._channels),
            wrote=wrote,
            edited_at=edited_at,
            place=place,
        )
        if kind is not None:
            if who is None:
                tally.skip(AUTHORLESS, place)
            yield activity
            if message.files:
                tally.skip(FILES, place, len(message.files))
        yield from self._reactions(message, activity, tally)

    def _note_what_is_gone(self, message: Message, channel: str, at: datetime, place: str) -> None:
        if message.subtype == "tombstone":
            self._gone.append((channel, message.ts, None, place))
        elif message.subtype == "message_deleted" and message.deleted_ts:
            self._gone.append((channel, message.deleted_ts, at, place))

    def _deletions(self) -> Iterator[Activity]:
        """What an earlier export may still have. A tombstone has no time of its own: by the end of the export."""
        for channel, ts, when, place in self._gone:
            yield Activity(
                native=f"{channel}/{ts}:deleted",
                kind=Kind.DELETED,
                happened_at=when or self._reaches,
                channel=channel,
                about=f"{channel}/{ts}",
                place=place,
            )

    def _kind(self, message: Message) -> Kind | None:
        if message.type != "message" or message.subtype not in SAID | CAME.keys():
            return None
        if message.subtype in CAME:
            return CAME[message.subtype]
        if not message.thread_ts:
            return Kind.SAID
        return Kind.STARTED if message.thread_ts == message.ts else Kind.REPLIED

    def _words(self, message: Message) -> str:
        """What was written, with Slack's marks; of an app's message without words, what it attached."""
        said = [message.text or ""]
        if not said[0]:
            for each in message.attachments or []:
                parts = [each.get(part) for part in ("pretext", "title", "text")]
                told = "\n".join(part for part in parts if isinstance(part, str) and part)
                fallback = each.get("fallback")
                said.append(told or (fallback if isinstance(fallback, str) else ""))
        return "\n".join(part for part in said if part)

    def _reactions(self, message: Message, on: Activity, tally: Tally) -> Iterator[Item]:
        for reaction in message.reactions or ():
            label = short(reaction.name)
            users = reaction.users or []
            for who in dict.fromkeys(users):
                yield from self._people.met(who)
                native = f"{on.native}:{label}:{who}"
                yield msgspec.structs.replace(
                    on,
                    native=native,
                    kind=Kind.REACTED,
                    who=who,
                    about=on.native,
                    label=label,
                    text=None,
                    wrote=None,
                    edited_at=None,
                )
            if (unnamed := reaction.count - len(users)) > 0:
                tally.skip(UNNAMED, on.place or "", unnamed)


def _by_folder(archive: Archive) -> dict[str, list[str]]:
    """The days of each channel, in order."""
    folders: dict[str, list[str]] = {}
    for name in archive.names():
        if DAY.search(name):
            folders.setdefault(name.rsplit("/", 1)[0], []).append(name)
    return folders

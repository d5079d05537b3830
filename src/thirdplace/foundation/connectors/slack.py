"""Slack's workspace exports."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator

import msgspec

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Place, Space, Tally, short
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.jsonrows import WRONG, salvaged
from thirdplace.foundation.connectors.slack_format import (
    CHANNEL,
    CHANNELS,
    DAY_OF_MESSAGES,
    LARGEST,
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
CAME = {"channel_join": Kind.JOINED, "group_join": Kind.JOINED, "channel_leave": Kind.LEFT, "group_leave": Kind.LEFT}


class Slack(Connector):
    """A Slack workspace, from its export.

    Needs:   the export as Slack gives it: a zip or folder with users.json, channels.json and one folder a channel.
    Brings:  messages, threads, reactions, edits, who joined and left a channel, bots, admins, deactivated accounts.
    Resumes: no; a later export adds what is new and what was changed.
    Leaves:  private channels and direct messages, also where the export holds them; attached files; mail addresses;
             notices of the workspace. A reaction has no time of its own and gets its message's.
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
            why=gettext("%(lists)s and %(count)s folders with one file a day, as in a Slack export.")
            % {"lists": " and ".join(lists), "count": folders},
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
        self._parents: dict[str, str] = {}
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
        tally.found["authors"] = len(self._authors)

    def _days(self, channels: dict[str, Channel], tally: Tally) -> Iterator[Item]:
        private = private_lists(self.archive)
        for folder, days in _by_folder(self.archive).items():
            self._parents = {}
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
                found.update(_THREAD.findall(stream.whole(LARGEST)))
        return {each.decode() for each in found}

    def _day(self, name: str, tally: Tally) -> Iterator[Message]:
        with self.archive.open(name, tally) as stream:
            data = stream.whole(LARGEST).removeprefix(BOM_UTF8)
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
        tally.found["reactions"] += sum(each.count for each in message.reactions)
        if author := message.user or message.bot_id:
            self._authors.add(author)

    def _message(self, message: Message, channel: str, place: str, tally: Tally) -> Iterator[Item]:
        kind = self._kind(message)
        if kind is None:
            tally.skip(TOMBSTONE if message.subtype == "tombstone" else NOTICE, place)
            if not message.reactions:
                return
        try:
            happened_at = moment(message.ts)
            edited_at = moment(message.edited.ts) if message.edited else None
        except ValueError:
            tally.skip(UNTIMED, place)
            return
        who = message.user or message.bot_id
        if kind is not None:
            who, told = self._people.author(message)
            yield from told
        native = f"{channel}/{message.ts}/{who or ''}"
        activity = Activity(
            native=native,
            kind=kind or Kind.SAID,
            happened_at=happened_at,
            who=who,
            channel=channel,
            thread=f"{channel}/{message.thread_ts}" if message.thread_ts else None,
            about=self._parent(message, kind, native, channel),
            text=self._text(message),
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

    def _parent(self, message: Message, kind: Kind | None, native: str, channel: str) -> str | None:
        """What a reply answers: the opener met before, else the one it names."""
        if message.thread_ts == message.ts:
            self._parents[message.ts] = native
            return None
        if kind is not Kind.REPLIED:
            return None
        guess = f"{channel}/{message.thread_ts}/{message.parent_user_id}" if message.parent_user_id else None
        return self._parents.get(message.thread_ts or "", guess)

    def _kind(self, message: Message) -> Kind | None:
        if message.type != "message" or message.subtype not in SAID | CAME.keys():
            return None
        if message.subtype in CAME:
            return CAME[message.subtype]
        if not message.thread_ts:
            return Kind.SAID
        return Kind.STARTED if message.thread_ts == message.ts else Kind.REPLIED

    def _text(self, message: Message) -> str:
        said = [message.text or ""]
        if not said[0]:
            for each in message.attachments or []:
                parts = [each.get(part) for part in ("pretext", "title", "text")]
                told = "\n".join(part for part in parts if isinstance(part, str) and part)
                fallback = each.get("fallback")
                said.append(told or (fallback if isinstance(fallback, str) else ""))
        return readable("\n".join(part for part in said if part), self._people.names, self._channels)

    def _reactions(self, message: Message, on: Activity, tally: Tally) -> Iterator[Item]:
        for reaction in message.reactions:
            label = short(reaction.name)
            for who in dict.fromkeys(reaction.users):
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
                    edited_at=None,
                )
            if (unnamed := reaction.count - len(reaction.users)) > 0:
                tally.skip(UNNAMED, on.place or "", unnamed)


def _by_folder(archive: Archive) -> dict[str, list[str]]:
    """The days of each channel, in order."""
    folders: dict[str, list[str]] = {}
    for name in archive.names():
        if DAY.search(name):
            folders.setdefault(name.rsplit("/", 1)[0], []).append(name)
    return folders

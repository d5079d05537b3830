"""Zulip's own exports of an organisation."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.archive.names import timeless
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Person, Place, Space, Tally, short
from thirdplace.foundation.connectors.columns import EPOCH
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.markup import plain
from thirdplace.foundation.connectors.zulip import LATEST, UNTIMED
from thirdplace.foundation.connectors.zulip_files import RESOLVED, quoted
from thirdplace.foundation.connectors.zulip_tables import (
    MESSAGES,
    REALM,
    STREAM,
    Message,
    Profile,
    Reactions,
    Realm,
    part,
    realm,
)
from thirdplace.foundation.translation import gettext, gettext_noop

DIRECT = gettext_noop("Written to a person or a few: left alone.")
PRIVATE = gettext_noop("Written in a private stream: left alone.")
UNPLACED = gettext_noop("A message of which the export does not tell where it stands: left alone, it may be private.")
SUBSCRIPTION = gettext_noop("A subscription to a stream: the export does not tell when it began.")
OTHER_FILE = gettext_noop("A file of the export that holds no messages, such as an attachment or a picture.")
REALM_LOST = gettext_noop(
    "The list of streams and people is missing: what was said cannot be told from what is private."
)


class ZulipExport(Connector):
    """A Zulip organisation, from the export that Zulip makes of it.

    Needs:   the export as Zulip gives it: a tar or folder with realm.json and messages-000001.json and so on.
    Brings:  messages of public streams, topics as threads, whom a quoting reply answers, reactions with who gave them,
             edits, accounts with when they joined, bots, owners, administrators and moderators.
    Resumes: no; a later export adds what is new and what was changed or moved.
    Leaves:  direct messages and private streams; mail addresses; attached files; subscriptions and who read what. A
             reaction has no time of its own and gets its message's.
    """

    slug = "zulip_export"
    title = "Zulip"

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By the names of its files and tables."""
        files = _files(archive)
        is_ours = any(b'"zerver_' in archive.head(name, 4_096) for name in (REALM, *files[:5]) if name in archive)
        if not is_ours or not (files or REALM in archive):
            return None
        missing = REALM not in archive
        return Recognised(
            connector=cls,
            why=gettext("%(count)s files of messages and the tables of an organisation, as in an export of Zulip.")
            % {"count": len(files)},
            sure=0.6 if missing else 1.0,
            space=_space(archive, realm(archive, Tally())),
            lacks=gettext("realm.json is missing: nothing can be read without it.") if missing else None,
            asks=("base_url",),
        )

    def space(self) -> Space:
        """The organisation, as it calls itself."""
        return _space(self.archive, realm(self.archive, Tally()))

    def read(self, tally: Tally) -> Iterator[Item]:
        """People and streams first, then message by message."""
        self.archive.tell(tally)
        told = realm(self.archive, tally)
        tally.found.update(messages=0, users=len(told.zerver_userprofile), channels=0)
        tally.found.update(subscriptions=len(told.zerver_subscription), reactions=len(told.zerver_reaction))
        files = _files(self.archive)
        for name in self.archive.names():
            if name != REALM and name not in files:
                tally.skip(OTHER_FILE, name)
        if REALM not in self.archive:
            tally.skip(REALM_LOST, REALM)
        if told.zerver_subscription:
            tally.skip(SUBSCRIPTION, REALM, len(told.zerver_subscription))
        yield from self._people(told)
        yield from self._streams(told, tally)
        self._reactions = Reactions(told.zerver_reaction)
        self._threads: set[str] = set()
        self._authors: set[int] = set()
        told = Realm([], [], [])  # let go of the tables
        for name in files:
            for message in part(self.archive, name, tally).zerver_message:
                tally.found["messages"] += 1
                self._authors.add(message.sender)
                yield from self._message(message, name, tally)
        tally.found["authors"] = len(self._authors)

    def _people(self, told: Realm) -> Iterator[Item]:
        """Accounts, and when those that are people joined."""
        self._known: set[int] = set()
        everybody = [*told.zerver_userprofile, *told.zerver_userprofile_mirrordummy]
        for each in everybody:
            if each.id not in self._known:
                yield self._met(each.person(), each)
                joined_at = _moment(each.date_joined)
                if joined_at is not None and not each.is_bot:
                    yield Activity(
                        native=f"joined-{each.id}",
                        kind=Kind.JOINED,
                        happened_at=joined_at,
                        who=str(each.id),
                        place=REALM,
                    )
        for each in told.zerver_userprofile_crossrealm:  # the bots that every organisation has
            if each.id not in self._known:
                yield self._met(each.person(bot=True), each)

    def _met(self, person: Person, profile: Profile) -> Person:
        self._known.add(profile.id)
        return msgspec.structs.replace(person, joined_at=_moment(profile.date_joined))

    def _streams(self, told: Realm, tally: Tally) -> Iterator[Item]:
        """Public streams. Private ones are remembered only to be left alone."""
        public = {each.id: each.name for each in told.zerver_stream if not each.invite_only}
        private = {each.id for each in told.zerver_stream if each.invite_only}
        self._where: dict[int, int] = {}  # recipient → stream
        self._why: dict[int, str] = {}  # recipient → why it is left alone
        for each in told.zerver_recipient:
            if each.type == STREAM and each.type_id in public and each.type_id not in private:
                self._where[each.id] = each.type_id
            elif each.type != STREAM or each.type_id in private:
                self._why[each.id] = PRIVATE if each.type == STREAM else DIRECT
        tally.found["channels"] = len(told.zerver_stream)
        for number, name in public.items():
            yield Place(native=str(number), name=name, kind="stream", flat=False)

    def _message(self, message: Message, place: str, tally: Tally) -> Iterator[Item]:
        stream = self._where.get(message.recipient)
        happened_at = _moment(message.pub_date if message.date_sent is None else message.date_sent)
        if stream is None or happened_at is None:
            tally.skip(UNTIMED if stream is not None else self._why.get(message.recipient, UNPLACED), place)
            return
        thread = f"{stream}/{message.subject.removeprefix(RESOLVED)}"
        opens = thread not in self._threads
        self._threads.add(thread)
        html = message.rendered_content
        about = quoted(html, message.id) if html else None
        yield from self._unlisted(message.sender)
        activity = Activity(
            native=str(message.id),
            kind=Kind.STARTED if opens else Kind.REPLIED,
            happened_at=happened_at,
            who=str(message.sender),
            channel=str(stream),
            thread=thread,
            about=None if about is None or opens else str(about),
            title=short(message.subject) if opens else None,
            text=plain(html) if html else message.content,
            edited_at=_moment(message.last_edit_time),
            place=place,
        )
        yield activity
        bare = msgspec.structs.replace(activity, about=activity.native, title=None, text=None, edited_at=None)
        for who, label in self._reactions.to(message.id):
            yield from self._unlisted(who)
            native, label = f"{activity.native}:{label}:{who}", short(label)
            yield msgspec.structs.replace(bare, native=native, kind=Kind.REACTED, who=str(who), label=label)

    def _unlisted(self, who: int) -> Iterator[Person]:
        """Somebody whom the list of accounts does not hold."""
        if who not in self._known:
            self._known.add(who)
            yield Person(native=str(who), name=str(who))


def _moment(said: float | None) -> datetime | None:
    if said is None or not 0 <= said <= LATEST:
        return None
    return EPOCH + timedelta(microseconds=round(said * 1_000_000))


def _files(archive: Archive) -> list[str]:
    return [name for name in archive.names() if MESSAGES.fullmatch(name)]


def _space(archive: Archive, told: Realm) -> Space:
    own = told.zerver_realm[0] if told.zerver_realm else None
    name = timeless(archive.name) or archive.name
    if own is None:
        return Space(native=name, name=name)
    return Space(native=own.string_id or own.name or name, name=own.name or own.string_id or name)

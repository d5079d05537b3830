"""Public archives of Zulip chats."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.archive.names import timeless
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Person, Place, Space, Tally, short
from thirdplace.foundation.connectors.columns import EPOCH, Columns
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.markup import plain
from thirdplace.foundation.connectors.zulip_columns import Batch
from thirdplace.foundation.connectors.zulip_files import Message, Survey, Topic, messages, quoted, topics
from thirdplace.foundation.translation import gettext, gettext_noop

MOVED = gettext_noop(
    "A copy of a message that stands in two topics, because its topic was moved or renamed while the archive was made: "
    "the one in the topic that goes on longest was kept."
)
TWICE = gettext_noop("A message that stands twice in its topic: the later copy was kept.")
NOT_OURS = gettext_noop("A file that is no topic of the archive.")
UNTIMED = gettext_noop("A message without a time that can be read.")
AUTHORLESS = gettext_noop("A message that does not say who wrote it; it was read without that.")

LATEST = 253_402_300_799  # the last second that a date can hold
AT_ONCE = 2_000  # messages taken at a time
_LOOKED_AT = 5


@dataclass
class Part:
    """Some messages of one topic that are to be kept, with the words of each."""

    topic: Topic
    opener: int
    said: list[Message]

    def kind(self, message: Message) -> Kind:
        """The first message of a topic opens it."""
        return Kind.STARTED if message.id == self.opener else Kind.REPLIED


class Zulip(Connector):
    """The public archive of a Zulip chat.

    Needs:   the archive's JSON: one folder a stream, called by its number and name, with one file a topic.
    Brings:  messages, streams, topics as threads, whom a quoting reply answers. People are known by their names only:
             two of one name are one here, and whoever changed their name is two.
    Resumes: no; a later archive adds what is new and what was changed or moved.
    Leaves:  reactions, edits, accounts and roles, of which the format says nothing; pictures and files. Of a message
             that stands in two topics, the copy that is no longer current.
    """

    slug = "zulip"
    title = "Zulip archive"

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By its folders and what stands in a few of its files."""
        found = list(topics(archive))
        for topic in found[:_LOOKED_AT]:
            head = archive.head(topic.name, 4_096)
            if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"[") and b'"sender_full_name"' in head:
                why = gettext("%(count)s topics, and %(name)s is one as archives of Zulip hold it.")
                return Recognised(
                    connector=cls,
                    why=why % {"count": len(found), "name": topic.name},
                    sure=0.95,
                    space=_space(archive),
                    asks=("base_url",),
                )
        return None

    def space(self) -> Space:
        """The chat, by the archive's name."""
        return _space(self.archive)

    def read(self, tally: Tally) -> Iterator[Item]:
        """Stream by stream, topic by topic."""
        known: set[str] = set()
        for part in self._parts(tally):
            if isinstance(part, Place):
                yield part
                continue
            for message in part.said:
                who = message.sender_full_name
                if who and who not in known:
                    known.add(who)
                    yield Person(native=who, name=who)
                yield _activity(part, message)

    def columns(self, tally: Tally, source: int) -> Iterator[Columns]:
        """The same, many at once."""
        batch = Batch(source)
        for part in self._parts(tally):
            if isinstance(part, Place):
                batch.place(part)
                continue
            batch.add(
                part.topic,
                part.said,
                [part.kind(each) for each in part.said],
                [quoted(each.content, each.id) for each in part.said],
            )
            if batch.is_full(AT_ONCE):
                yield batch.columns()
        if len(batch) or batch.places:
            yield batch.columns()

    def _parts(self, tally: Tally) -> Iterator[Place | Part]:
        """Streams first, then what is kept of each topic."""
        self.archive.tell(tally)
        found = list(topics(self.archive))
        survey = Survey(self.archive, found)
        names = {each.name for each in found}
        for name in self.archive.names():
            if name not in names:
                tally.skip(NOT_OURS, name)
        tally.found.update(topics=len(found), rows=0, messages=survey.count)
        tally.found["channels"] = len({each.folder for each in found})
        for stream, name in survey.names.items():
            yield Place(native=stream, name=name, kind="stream", flat=False)
        authors: set[str] = set()
        for nth, topic in enumerate(found):
            said = messages(self.archive, topic.name, tally)
            tally.found["rows"] += len(said)
            authors.update([each.sender_full_name for each in said])
            kept = _kept(said, survey, nth, topic, tally)
            for start in range(0, len(kept), AT_ONCE):
                yield Part(topic, survey.opener(nth), kept[start : start + AT_ONCE])
        tally.found["authors"] = len(authors)


def _kept(said: list[Message], survey: Survey, nth: int, topic: Topic, tally: Tally) -> list[Message]:
    """Of a topic's messages those that stand nowhere else in newer words, and what was left of the others."""
    keep, same = survey.of(nth)
    kept = said
    if not keep.all():
        kept = [message for message, keeps in zip(said, keep.tolist(), strict=True) if keeps]
        if count := int(same.sum()):
            tally.skip(TWICE, topic.name, count)
        if count := len(said) - len(kept) - count:
            tally.skip(MOVED, topic.name, count)
    timed = [each for each in kept if 0 <= each.timestamp <= LATEST]
    if len(timed) < len(kept):
        tally.skip(UNTIMED, topic.name, len(kept) - len(timed))
    if nameless := sum(not each.sender_full_name for each in timed):
        tally.skip(AUTHORLESS, topic.name, nameless)
    return timed


def _activity(part: Part, message: Message) -> Activity:
    kind, about = part.kind(message), quoted(message.content, message.id)
    return Activity(
        native=str(message.id),
        kind=kind,
        happened_at=EPOCH + timedelta(seconds=message.timestamp),
        who=message.sender_full_name or None,
        channel=part.topic.stream,
        thread=part.topic.thread,
        about=None if about is None else str(about),
        title=short(part.topic.title) if kind is Kind.STARTED else None,
        text=plain(message.content),
        place=part.topic.name,
    )


def _space(archive: Archive) -> Space:
    name = re.sub(r"[-_. ]?\bzulip\b", "", timeless(archive.name), flags=re.IGNORECASE).strip("-_. ")
    return Space(native=name or archive.name, name=name.title() or archive.name)

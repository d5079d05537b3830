"""Discourse forums, as topics that somebody rendered to Markdown."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Person, Place, Space, Tally, short
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.jsonrows import NOT_UTF8
from thirdplace.foundation.connectors.markup import plain
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.translation import gettext, gettext_noop

INDEX = gettext_noop("A page that lists topics and is none itself.")
WORDLESS = gettext_noop("A post without words: a notice of the forum, or one of which nothing is left.")
UNDATED = gettext_noop("A post whose heading is damaged or has no time that can be read.")
AGAIN = gettext_noop("A topic that stands in two files: the longer one was read.")
OTHER_FILE = gettext_noop("A file that is no topic of the forum.")

LARGEST = 512 << 20  # bytes of one topic
_LOOKED_AT = 40
_TOPIC = re.compile(r"^topic_id: *(\d{1,15})\s*$", re.MULTILINE)
_ADDRESS = re.compile(r"^url: *(https?://([^/\s]+))", re.MULTILINE)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_POST = re.compile(r"^## Post #(\d{1,9}) by @(\S*) \((\d{4}-\d\d-\d\d \d\d:\d\d) UTC\)[ \r]*$", re.MULTILINE)
_HEADING = re.compile(r"(?<=\n---\n\n)## Post #")
_END = re.compile(r"\s*^---\s*\Z", re.MULTILINE)
_QUOTED = re.compile(r'<aside class="quote[^<>]*?data-post="(\d{1,9})"[^<>]*?data-topic="(\d{1,15})"')


@dataclass(frozen=True)
class _Head:
    """What a file says before its first post."""

    topic: str
    site: str
    host: str


class DiscourseMarkdown(Connector):
    """A Discourse forum, from topics rendered to Markdown.

    Needs:   one Markdown file a topic: its number and address at the top, then each post under a heading with its
             number, author and time.
    Brings:  topics, posts, who wrote them, whom a quoting reply answers.
    Resumes: no; a later export adds what is new and what was changed.
    Leaves:  likes, accepted answers, edits, categories and who is staff, of which the format says nothing; posts
             without words; pages that only list topics; pictures. Times have minutes and no seconds.
    """

    slug = "discourse_markdown"
    title = "Discourse as Markdown"

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By what stands at the top of a file."""
        files = _files(archive)
        for name in files[:_LOOKED_AT]:
            if (head := _head(archive, name)) is not None:
                why = gettext("%(count)s Markdown files, and %(name)s is a topic of a Discourse forum.")
                return Recognised(
                    connector=cls,
                    why=why % {"count": len(files), "name": name},
                    sure=0.9,
                    space=Space(native=head.host, name=head.host, base_url=head.site),
                )
        return None

    def space(self) -> Space:
        """The forum that the first topic's address names."""
        for name in _files(self.archive):
            if (head := _head(self.archive, name)) is not None:
                return Space(native=head.host, name=head.host, base_url=head.site)
        raise ThirdplaceError(
            gettext("No file in %(name)s is a topic of a Discourse forum.") % {"name": self.archive.name},
            gettext("Export the topics again as Markdown, with their numbers and addresses at the top."),
        )

    def read(self, tally: Tally) -> Iterator[Item]:
        """Topic by topic, post by post."""
        self.archive.tell(tally)
        tally.found.update(topics=0)
        space = self.space()
        self._known: set[str] = set()
        self._place = space.native
        yield Place(native=self._place, name=space.name, kind="site", flat=False)
        files = set(_files(self.archive))
        longest = self._longest()
        for name in self.archive.names():
            if name not in files:
                tally.skip(OTHER_FILE, name)
                continue
            tally.found["topics"] += 1
            topic = longest.get(name)
            with self.archive.open(name, tally) as stream:
                data = stream.whole(LARGEST).removeprefix(BOM_UTF8)
            if topic is None:
                tally.skip(INDEX if _TOPIC.search(data[:2_000].decode("utf-8", "replace")) is None else AGAIN, name)
                continue
            text = data.decode("utf-8", "replace").replace("\r\n", "\n")
            if "�" in text and b"\xef\xbf\xbd" not in data:
                tally.skip(NOT_UTF8, name)
            yield from self._topic(topic, text, name, tally)

    def _longest(self) -> dict[str, str]:
        """The topic's number of each file to be read."""
        best: dict[str, tuple[int, str]] = {}
        for name in _files(self.archive):
            if (head := _head(self.archive, name)) is not None:
                told = (self.archive.size(name), name)
                best[head.topic] = max(best.get(head.topic, told), told)
        return {name: topic for topic, (_size, name) in best.items()}

    def _topic(self, topic: str, text: str, name: str, tally: Tally) -> Iterator[Item]:
        starts = [found.start() for found in _HEADING.finditer(text)]
        if not starts:
            tally.skip(UNDATED, name)
            return
        title = _TITLE.search(text, 0, starts[0])
        seen: set[str] = set()
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            head = _POST.match(text, start, end)
            happened_at = None if head is None else _when(head[3])
            if head is None or happened_at is None or head[1] in seen:
                tally.skip(UNDATED, name)
                continue
            seen.add(head[1])
            body = _END.sub("", text[head.end() : end]).strip()
            if not body:
                tally.skip(WORDLESS, name)
                continue
            if head[2] and head[2].lower() not in self._known:
                self._known.add(head[2].lower())
                yield Person(native=head[2].lower(), name=head[2], handle=head[2])
            opens = head[1] == "1"
            yield Activity(
                native=f"{topic}/{head[1]}",
                kind=Kind.STARTED if opens else Kind.REPLIED,
                happened_at=happened_at,
                who=head[2].lower() or None,
                channel=self._place,
                thread=topic,
                about=None if opens else _answered(body, topic, head[1]),
                title=short(title[1].strip()) if opens and title else None,
                text=plain(body),
                place=name,
            )


def _answered(body: str, topic: str, own: str) -> str | None:
    """The first post of the same topic that a reply quotes."""
    if "<aside" not in body:
        return None
    quoted = [each[1] for each in _QUOTED.finditer(body) if each[2] == topic and int(each[1]) < int(own)]
    return f"{topic}/{quoted[0]}" if quoted else None


def _when(said: str) -> datetime | None:
    try:
        return datetime.strptime(said, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    except ValueError:
        return None


def _files(archive: Archive) -> list[str]:
    return [name for name in archive.names() if name.lower().endswith(".md")]


def _head(archive: Archive, name: str) -> _Head | None:
    text = archive.head(name, 2_000).removeprefix(BOM_UTF8).decode("utf-8", "replace").replace("\r\n", "\n")
    topic, address = _TOPIC.search(text), _ADDRESS.search(text)
    if not text.startswith("---\n") or topic is None or address is None:
        return None
    return _Head(topic[1], address[1], address[2])

"""IRC, from the logs that people and bots keep."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, tzinfo
from itertools import chain

import msgspec

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Activity, Item, Place, Space, Tally, short
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.irc_lines import LONGEST, At, Lines, People, split
from thirdplace.foundation.connectors.irc_styles import Style, style_of
from thirdplace.foundation.translation import gettext, gettext_noop

UNOWNED = gettext_noop("A line without a time that continues no message.")
ENDLESS = gettext_noop("A line longer than a megabyte: its end was cut off.")
NOT_A_LOG = gettext_noop("A file that is no log in a style we know.")

LOOKED_AT = 40  # files opened before it is said that none of them is a log
BEGINNING = 16_384  # bytes that tell the style
PIECE = 1 << 18
SPACE = Space(native="irc", name="IRC")
_DAY = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_IN_PATH = re.compile(r"^\d{4}$|^\d{1,2}$|^(?:logs?|irc ?logs?|channels?)$", re.I)
_ENDS = (".log", ".txt", ".weechatlog", ".irc")


class Irc(Connector):
    """IRC channels, from their logs.

    Needs:   the logs as text, one file a channel or a channel's day, as irssi, WeeChat, HexChat, ZNC, Eggdrop or a
             logging bot writes them: [HH:MM] <nick> words; and the time zone that they were written in.
    Brings:  messages and actions, who came and left, changes of nick. A nick with a tail of _ or |away is the nick
             without it. What a bridge repeats as <nick> words is said by that nick.
    Resumes: no; a longer log adds what is new.
    Leaves:  topics, modes and other notices of the server; addresses of connections; colours. IRC has no threads, no
             edits and no accounts: who takes another's nick is taken for them.
    """

    slug = "irc"
    title = "IRC"
    zone: tzinfo = UTC

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By lines with a time and a nick."""
        names = _files(archive)
        for name in names[:LOOKED_AT]:
            found = style_of(archive.head(name, BEGINNING).decode("utf-8", "replace"))
            if found is None or found[1] < 0.6:
                continue
            style, share = found
            why = gettext("%(count)s files, and %(name)s is a log of IRC in the style of %(style)s.")
            dated = _DAY.search(name) or style.day or style.name == "WeeChat"
            return Recognised(
                connector=cls,
                why=why % {"count": len(names), "name": name, "style": style.name},
                sure=0.9 * share if dated else 0.6,
                space=SPACE,
                lacks=None
                if dated
                else gettext("The files do not say on which day: name them like channel-2024-12-31.log."),
                asks=("zone",),
            )
        return None

    def space(self) -> Space:
        """All the logs together: they seldom name their network."""
        return SPACE

    def read(self, tally: Tally) -> Iterator[Item]:
        """Channel by channel, day by day, line by line."""
        self.archive.tell(tally)
        tally.found.update(files=0, messages=0)
        self._people = People()
        self._style: Style | None = None
        self._channels: set[str] = set()
        files = sorted((_at(self.archive, name) for name in _files(self.archive)), key=lambda at: (at.channel, at.file))
        for at in files:
            yield from self._file(at, tally)
        tally.found.update(channels=len(self._channels), nicks=len(self._people.nicks))

    def _file(self, at: At, tally: Tally) -> Iterator[Item]:
        tally.found["files"] += 1
        with self.archive.open(at.file, tally) as stream:
            beginning = stream.read(PIECE)
            found = style_of(beginning[:BEGINNING].decode("utf-8", "replace"), usual=self._style)
            if found is None:
                if beginning:
                    tally.skip(NOT_A_LOG, at.file)
                return
            self._style = found[0]
            if at.channel not in self._channels:
                self._channels.add(at.channel)
                yield Place(native=at.channel, name=at.channel)
            lines = Lines(found[0], at, self.zone, self._people, tally)
            pieces = chain([beginning], iter(lambda: stream.read(PIECE), b""))
            yield from self._said(lines, split(pieces, lambda: tally.skip(ENDLESS, at.file)), tally)

    def _said(self, reading: Lines, lines: Iterable[str], tally: Tally) -> Iterator[Item]:
        """Activities and those who are new; a line without a time goes on with the message before it."""
        waiting: Activity | None = None
        for line in lines:
            said = reading.line(line)
            if isinstance(said, str):
                if waiting is None or waiting.text is None or len(waiting.text) > LONGEST:
                    tally.skip(UNOWNED, reading.at.file)
                else:
                    waiting = msgspec.structs.replace(waiting, text=f"{waiting.text}\n{said}")
            elif said is not None:
                if waiting is not None:
                    yield waiting
                waiting = said
                if self._people.met:
                    yield from self._people.introduced()
        if waiting is not None:
            yield waiting


def _files(archive: Archive) -> list[str]:
    """What may be a log, by its name."""
    return [name for name in archive.names() if name.lower().endswith(_ENDS) or "." not in name.rpartition("/")[2]]


def _at(archive: Archive, name: str) -> At:
    """Channel and day of a file, by its path: what of it is neither a date nor a word for logs, nearest to the end."""
    day = _DAY.search(name)
    on = None
    if day:
        with suppress(ValueError):
            on = date(int(day[1]), int(day[3]), int(day[4]))
    *folders, last = (_DAY.sub("", name) if day else name).split("/")
    last = re.sub(r"\.(log|txt|weechatlog|irc)$", "", last, flags=re.I)
    for part in (last, *reversed(folders)):
        bare = part[max(part.rfind("#"), 0) :].strip(" ._-#&")
        if bare and not _IN_PATH.search(bare):
            return At(name, short(bare), on)
    return At(name, short(archive.name.strip(" ._-#&") or "irc"), on)

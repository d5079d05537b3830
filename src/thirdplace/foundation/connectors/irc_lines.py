"""The lines of one IRC log, as activities."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

import xxhash

from thirdplace.foundation.connectors.base import Activity, Kind, Person, Tally
from thirdplace.foundation.connectors.irc_styles import MONTHS, Style, event, folded, plain_nick, relayed, uncoloured
from thirdplace.foundation.translation import gettext_noop

NOTICE = gettext_noop("A line of the server that is nobody's doing, such as a mode or a topic.")
OTHER = gettext_noop("A line with a time that is neither talk nor the server's.")
UNDATED = gettext_noop("A line before any day is known: the file's name tells none.")

LONGEST = 1 << 20  # bytes of a line


class At(NamedTuple):
    """Where and on which day the lines of a file were said; on: None where only the lines tell."""

    file: str
    channel: str
    on: date | None


class People:
    """Who was met so far: nicks as they were written, and the accounts that they are taken for."""

    def __init__(self) -> None:
        self.nicks: set[str] = set()
        self.met: list[Person] = []
        self._known: dict[str, str] = {}
        self._introduced: set[str] = set()

    def who(self, nick: str, *, via: str | None = None) -> str:
        """The account behind a nick, of those on the far side of a bridge when it is named."""
        written = nick if via is None else f"{via}\x1f{nick}"
        if (known := self._known.get(written)) is None:
            known = folded(nick) or "?"
            known = known if via is None else f"{folded(via)}/{known}"
            if known not in self._introduced:
                self._introduced.add(known)
                name = plain_nick(nick) or "?"
                self.met.append(Person(native=known, name=name, handle=nick))
            self._known[written] = known
        return known

    def introduced(self) -> Iterator[Person]:
        """Those who are new since they were last asked for."""
        yield from self.met
        self.met = []


def split(pieces: Iterable[bytes], cut: Callable[[], None]) -> Iterator[str]:
    """Lines, each decoded by itself: in one log, some clients write UTF-8 and others Latin letters of a byte each."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield _decoded(line)
        if len(rest) > LONGEST:
            cut()
            yield _decoded(rest[:LONGEST])
            rest = b""
    if rest:
        yield _decoded(rest)


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


class Lines:
    """Reads the lines of one file: knows which day it is, and when the line before it was said."""

    def __init__(self, style: Style, at: At, zone: tzinfo, people: "People", tally: Tally) -> None:
        self.style, self.at, self.zone, self.people, self.tally = style, at, zone, people, tally
        self._on = at.on
        self._year = at.on.year if at.on else 0
        self._last = 0
        self._fold = 0
        self._minutes: dict[tuple[int, int], datetime] = {}
        self._second: datetime | None = None
        self._after = 0
        self._stamp = ""
        self._same: dict[str, int] = {}

    def line(self, line: str) -> Activity | str | None:
        """What a line says: an activity, the continuation of the one before, or nothing that is carried."""
        if self.style.day and (told := self.style.day.match(line)):
            self._day(int(told["y"]), told["month"], int(told["d"]))
            return None
        found = self.style.line.match(line)
        if found is None:
            if not line.strip():
                return None
            self.tally.found["lines_without_time"] += 1
            return uncoloured(line.rstrip("\r"))
        (hour, minute, second, year, month, day, said, words, server, did, doing, other) = found.group(
            "h", "m", "s", "y", "mo", "d", "said", "words", "server", "did", "doing", "other"
        )
        if day:
            self._day(int(year or self._year), month, int(day))
        if said is not None:
            self.tally.found["messages"] += 1
            self.people.nicks.add(said)
            return self._spoke(self._moment(hour, minute, second), said, words, None)
        if did is not None:
            self.tally.found["actions"] += 1
            self.people.nicks.add(did)
            return self._spoke(self._moment(hour, minute, second), did, doing or "", "action")
        if server is not None:
            self.tally.found["server_lines"] += 1
            self.tally.found["nick_changes"] += " is now known as " in server
            self.tally.found["joins"] += server.endswith(" joined") or " joined " in server
        else:
            self.tally.found["other_lines"] += 1
        return self._told(self._moment(hour, minute, second), server if server is not None else other, server is None)

    def _spoke(self, moment: datetime | None, nick: str, words: str, label: str | None) -> Activity | None:
        if moment is None:
            return None
        via = None
        if (repeated := relayed(nick, words)) is not None:
            via, nick, words = nick, *repeated
        return self._made(Kind.SAID, moment, self.people.who(nick, via=via), uncoloured(words.rstrip("\r")), label)

    def _told(self, moment: datetime | None, told: str, strange: bool) -> Activity | None:
        if moment is None:
            return None
        happened = event(told.rstrip("\r"))
        if happened is None:
            self.tally.skip(OTHER if strange else NOTICE, self.at.file)
            return None
        kind, nick, new = happened
        return self._made(kind, moment, self.people.who(nick), None, new)

    def _made(self, kind: Kind, moment: datetime, who: str, text: str | None, label: str | None) -> Activity:
        """An activity whose id follows from what it is, so that two logs of one channel meet in one message."""
        words = f"{kind.value}\x1f{text or ''}\x1f{label or ''}"
        own = f"{self.at.channel}/{self._stamp}/{who}/{xxhash.xxh3_64_hexdigest(words.encode())}"
        self._same[own] = nth = self._same.get(own, 0) + 1
        return Activity(
            native=own if nth == 1 else f"{own}/{nth}",
            kind=kind,
            happened_at=moment,
            who=who,
            channel=self.at.channel,
            text=text,
            label=label,
            place=self.at.file,
        )

    def _day(self, year: int, month: str, day: int) -> None:
        number = int(month) if month.isdecimal() else MONTHS.index(month.lower()) + 1 if month.lower() in MONTHS else 0
        if year == self._year and self._on and number < self._on.month - 6:
            year += 1  # a style that names no year, in its new one
        try:
            on = date(year, number, day)
        except ValueError:
            return
        if on != self._on:
            self._on, self._year, self._last, self._fold = on, year, 0, 0
            self._minutes.clear()
            self._same.clear()

    def _moment(self, hour: str, minute: str, second: str | None) -> datetime | None:
        """When a line was said. Lines of one minute keep their order by microseconds."""
        if self._on is None:
            self.tally.skip(UNDATED, self.at.file)
            return None
        clock = int(hour) * 60 + int(minute)
        if clock > 24 * 60 - 1 or int(minute) > 59:
            self.tally.skip(OTHER, self.at.file)
            return None
        if clock < self._last - 30:
            if clock < self._last - 12 * 60 and self.at.on is None:  # past midnight, in a log that does not say so
                self._on += timedelta(days=1)
                self._minutes.clear()
                self._same.clear()
            else:
                self._fold = 1  # clocks were put back
        self._last = clock
        key = (clock, self._fold)
        if (start := self._minutes.get(key)) is None:
            local = datetime(self._on.year, self._on.month, self._on.day, *divmod(clock, 60), tzinfo=self.zone)
            start = self._minutes[key] = local.replace(fold=self._fold).astimezone(UTC)
        moment = start if second is None else start + timedelta(seconds=min(int(second), 59))
        if moment != self._second:
            self._second, self._after = moment, 0
            self._stamp = f"{moment:%Y-%m-%dT%H:%M:%S}"
            return moment
        self._after += 1
        return moment + timedelta(microseconds=min(self._after, 999_999))

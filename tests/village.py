"""A village of a few people, for tests: who, did what, on which day, in which thread."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from thirdplace.flow.signals import Signal
from thirdplace.foundation.engine import rollups
from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.engine.opening import furnished
from thirdplace.foundation.engine.periods import Period
from thirdplace.foundation.engine.shapes import SHAPES
from thirdplace.foundation.engine.warehouse import cursor, plain, put, put_zone

MONDAY = date(2026, 3, 2)  # day 1
WEEK = Period(MONDAY, MONDAY + timedelta(days=7))
STAFF = {"vic": 1}
BOTS = {"bot": 2}
SOURCE, CHANNEL = 1, 100
DELETED = "deleted"


def moment(day: float) -> datetime:
    """A moment by its day: 1 is the first Monday, just begun (UTC); 1.5 is its noon."""
    return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=day)


class Village:
    """What villagers said, as the log has it; `numbers` names each thing by its speaker: cho-1 is Cho's first."""

    def __init__(self, *rows: tuple[Any, ...]) -> None:
        self.members: dict[str, int] = {**STAFF, **BOTS}
        self.keys: dict[str, int] = {}
        self.threads: dict[str, int] = {}
        self.activities: list[dict[str, Any]] = []
        self.changes: list[dict[str, Any]] = []
        counted: Counter[str] = Counter()
        for row in rows:
            who, kind, day, where, *more = row
            given = more[0] if more else {}
            if kind == DELETED:
                self.changes.append({"key": self.keys[where], "change": DELETED, "changed_at": plain(moment(day))})
                continue
            counted[who] += 1
            self.activities.append(self._said(who, kind, day, where, f"{who}-{counted[who]}", given))

    def member(self, name: str) -> int:
        """A villager's number."""
        return self.members.setdefault(name, 10 + len(self.members))

    def name(self, subject: int) -> str:
        """What a number stands for: `ann-1` for a message, `ann` for a member."""
        names = {number: name for name, number in (self.members | self.keys).items()}
        return names[subject]

    def _said(
        self, who: str, kind: str, day: float, where: str | None, name: str, given: dict[str, Any]
    ) -> dict[str, Any]:
        key = self.keys.setdefault(name, 1000 + len(self.keys))
        row: dict[str, Any] = {
            "key": key,
            "source": SOURCE,
            "kind": kind,
            "happened_at": plain(moment(day)),
            "identity": 5000 + self.member(who),
            "channel": CHANNEL,
            "thread": None if where is None else self.threads.setdefault(where, 9000 + len(self.threads)),
        }
        if "about" in given:
            row["about"] = self.keys[given["about"]]
        return {**row, **{column: value for column, value in given.items() if column != "about"}}

    def tables(self, *, now: float = 8, zone: str = "UTC", known: dict[int, float] | None = None) -> Tables:
        """What a definition sees of the village at a moment."""
        connection = cursor()
        for name, rows in (("activities", self.activities), ("changes", self.changes)):
            put(connection, name, [[row.get(column) for column in SHAPES[name]] for row in rows])
        people = [(5000 + number, number, name in STAFF, name in BOTS) for name, number in self.members.items()]
        put(connection, "people", people)
        put_zone(connection, zone)
        rollups.stand(connection)
        for name in rollups.NAMES:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {rollups.made_by(name)}")
        read = {source: moment(day) for source, day in (known or {SOURCE: now}).items()}
        return furnished(connection, zone=zone, now=moment(now), known=read)


def village(*rows: tuple[Any, ...], now: float = 8, zone: str = "UTC", known: dict[int, float] | None = None) -> Tables:
    """Tables of a village where this happened; now is the second Monday, just begun."""
    made = Village(*rows)
    tables = made.tables(now=now, zone=zone, known=known)
    tables.village = made  # type: ignore[attr-defined]
    return tables


def noticed(signal: Signal, tables: Tables) -> list[str]:
    """Whom or what a signal notices, by name, heaviest first: `ann-1` is the first thing that Ann did."""
    made: Village = tables.village  # type: ignore[attr-defined]
    return [made.name(each.subject) for each in signal.findings(tables)]


def facts(signal: Signal, tables: Tables) -> dict[str, Any]:
    """The numbers of the heaviest thing that a signal notices."""
    return signal.findings(tables)[0].facts

"""Rollups: each month of them follows from the log alone, so that a month is made again exactly when it was touched."""

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from thirdplace.foundation.engine import people
from thirdplace.foundation.engine.conversations import FOLLOWED, openings
from thirdplace.foundation.engine.days import member_day
from thirdplace.foundation.engine.derived import Derived, Pin, settling
from thirdplace.foundation.engine.queries import remembered
from thirdplace.foundation.engine.shapes import shape, sql
from thirdplace.foundation.engine.standing import standing
from thirdplace.foundation.engine.touched import Months, grown, runs, span, touched
from thirdplace.foundation.engine.warehouse import cursor, lay, literal, put_zone
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.table import NOTHING
from thirdplace.foundation.members.models import Community

MADE = 3  # moves whenever what a rollup holds is defined anew
MARGIN = FOLLOWED + timedelta(days=1)
NAMES = ("member_day", "openings")


@dataclass(frozen=True)
class CaughtUp:
    """What a catching up did: the versions there are now, and how many months were made again (None: all)."""

    versions: dict[str, int]
    months: int | None
    changed: bool


def catch_up(community: Community) -> CaughtUp:
    """Bring the rollups up to the log and to who is who. May be killed at any moment; the next one goes on."""
    with settling(community.pk):
        lake = Lake(community.pk)
        pin = {**pin_of(lake, community), "people": people.catch_up(community)}
        versions, made, changed = {"people": pin["people"]}, 0, False
        with cursor() as connection:
            making = _Making(connection, lake, pin)
            for name in NAMES:
                table = Derived(community.pk, name)
                if table.pin() != making.pin_of(name):
                    months = _months(lake, table, making.pin_of(name))
                    making.make(table, months)
                    made, changed = (0 if months is None else max(made, len(months))), True
                versions[name] = table.version()
        return CaughtUp(versions, made, changed)


class _Making:
    """Making rollups for one state of log and people; what is read for one is used for the next."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, lake: Lake, pin: Pin) -> None:
        self.connection, self.lake, self.pin = connection, lake, pin
        self._stands: Any = "nothing"

    def pin_of(self, name: str) -> Pin:
        """What a rollup follows from: who is who matters to conversations only."""
        return {key: value for key, value in self.pin.items() if name == "openings" or key != "people"}

    def make(self, table: Derived, months: Months) -> None:
        """Compute some months and put them in the place of what was there."""
        pin = self.pin_of(table.name)
        if months is None:
            asked = self._query(table, None)
            table.write(self.connection.sql(asked).to_arrow_reader(65_536), pin)
            table.tidy(hours=1)
            return
        pieces = list(runs(months))
        for nth, piece in enumerate(pieces):
            asked = self._query(table, piece)
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE piece_{nth} AS {asked}")
        made = " UNION ALL ".join(f"FROM piece_{nth}" for nth in range(len(pieces)))
        rows = self.connection.sql(made).to_arrow_table() if pieces else table.schema.empty_table()
        table.write(rows.cast(table.schema), pin, months=months or [0])

    def _query(self, table: Derived, piece: tuple[int, int] | None) -> str:
        """The query of a rollup's rows, or of a stretch of months; lays what it reads."""
        self._lay(piece)
        columns = ", ".join(_stored(field) for field in table.schema)
        chosen = ""
        if piece is not None:
            chosen = f"happened_on BETWEEN DATE '{span(piece[0])[0]}' AND DATE '{span(piece[1])[1]}'"
        if table.name == "openings":
            lay(self.connection, "member_day", Derived(self.lake.community_id, "member_day").files(), where=chosen)
        return f"SELECT {columns} FROM ({made_by(table.name)}) WHERE {chosen or 'true'}"

    def _lay(self, piece: tuple[int, int] | None) -> None:
        """Lay what stands in the log around a stretch of months, and the zone's clocks."""
        if self._stands == piece:
            return
        where = ""
        if piece is not None:
            low = _moment(span(piece[0])[0], self.pin["zone"]) - MARGIN
            high = _moment(span(piece[1])[1], self.pin["zone"]) + MARGIN + timedelta(days=1)
            where = f"happened_at BETWEEN {literal(low)} AND {literal(high)}"
        lay(self.connection, "activities", self.lake.files("activities", self.pin["activities"]), where=where)
        lay(self.connection, "changes", self.lake.files("changes", self.pin["changes"]))
        lay(self.connection, "people", Derived(self.lake.community_id, "people").files(self.pin["people"]))
        stand(self.connection)
        ends = "SELECT min(happened_at), max(happened_at) FROM standing"
        begin, end = self.connection.execute(ends).fetchall()[0]
        put_zone(self.connection, self.pin["zone"], begin=begin, end=end)
        self._stands = piece


def stand(connection: duckdb.DuckDBPyConnection) -> None:
    """Put together what rollups are made of, from what is laid."""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW standing AS {made_by('standing')}")


def pin_of(lake: Lake, community: Community) -> Pin:
    """What rollups follow from, as it is now."""
    versions = {name: lake.version(name) for name in ("activities", "changes")}
    return {**versions, "zone": community.zone, "made": MADE}


def trouble(community: Community) -> list[tuple[str, str]]:
    """What is stored and does not follow from the log: what, and the remedy."""
    from thirdplace.foundation.engine import agreement

    return list(agreement.troubles(community))


def tidy(community_id: int) -> None:
    """Remove the files of rollups that nobody needs any more; who reads them now is done within the hour."""
    with settling(community_id):
        for name in ("people", *NAMES):
            table = Derived(community_id, name)
            if table.version() != NOTHING:
                table.tidy(hours=1)


def forget(community_id: int) -> None:
    """Remove the rollups; the next catching up makes them anew."""
    with settling(community_id):
        for name in ("people", *NAMES):
            shutil.rmtree(Derived(community_id, name).table.folder, ignore_errors=True)


def _months(lake: Lake, table: Derived, wanted: Pin) -> Months:
    """The months to make again; None: all of them."""
    had = table.pin()
    if not had or any(had.get(name) != wanted[name] for name in ("zone", "made")):
        return None
    months = touched(lake, had, wanted, margin=MARGIN if table.name == "openings" else timedelta())
    if months is None or "people" not in wanted or had["people"] == wanted["people"]:
        return months
    who = people.changed(lake.community_id, had["people"], wanted["people"], staff=False)
    active = None if who is None else active_months(lake.community_id, who)
    return None if active is None else months | grown(active, MARGIN)


def active_months(community_id: int, identities: Collection[int]) -> set[int]:
    """The months in which some accounts did something."""
    files = Derived(community_id, "member_day").files()
    if not identities or not files:
        return set()
    with cursor() as connection:
        lay(connection, "member_day", files)
        connection.execute("CREATE TEMP TABLE who (identity BIGINT)")
        connection.execute("INSERT INTO who SELECT unnest(?)", [list(identities)])
        month = "SELECT DISTINCT year(happened_on) * 100 + month(happened_on)"
        found = connection.execute(f"{month} FROM member_day SEMI JOIN who USING (identity)").fetchall()
        return {month for (month,) in found}


def made_by(name: str) -> str:
    """The query of a whole rollup over the tables that expressions stand on."""
    return remembered(f"rollup {name}", lambda: sql(_expression(name)), module=__name__)


def _expression(name: str) -> Any:
    if name == "standing":
        return standing(shape("activities"), shape("changes"), shape("people"))
    if name == "member_day":
        return member_day(shape("standing"), shape("offsets"))
    return openings(shape("standing"), shape("member_day"), shape("offsets"))


def _moment(on: date, zone: str) -> datetime:
    return datetime.combine(on, time(), tzinfo=ZoneInfo(zone))


def _stored(field: Any) -> str:
    if field.name == "month":
        return "(year(happened_on) * 100 + month(happened_on))::INTEGER AS month"
    return f"{field.name}::TIMESTAMPTZ AS {field.name}" if str(field.type).startswith("timestamp") else field.name

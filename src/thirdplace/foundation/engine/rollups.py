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
from thirdplace.foundation.engine.standing import as_it_stands, with_people
from thirdplace.foundation.engine.touched import Months, grown, runs, span, touched
from thirdplace.foundation.engine.warehouse import cursor, lay, literal, plain, put_zone
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.members.models import Community

MADE = 1  # moves whenever what a rollup holds is defined anew
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
        pin = pin_of(lake, community)
        who = people.catch_up(community)
        versions, made, changed = {"people": who}, 0, False
        for name in NAMES:
            table = Derived(community.pk, name)
            wanted = pin if name == "member_day" else {**pin, "people": who}
            if table.pin() != wanted:
                months = _months(lake, table, wanted)
                _make(lake, table, wanted, months)
                made, changed = (0 if months is None else max(made, len(months))), True
            versions[name] = table.version()
        return CaughtUp(versions, made, changed)


def pin_of(lake: Lake, community: Community) -> Pin:
    """What rollups follow from, as it is now."""
    versions = {name: lake.version(name) for name in ("activities", "changes")}
    return {**versions, "zone": community.zone, "made": MADE}


def trouble(community: Community) -> list[tuple[str, str]]:
    """What is stored and does not follow from the log: what, and the remedy."""
    from thirdplace.foundation.engine import agreement

    return list(agreement.troubles(community))


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


def _make(lake: Lake, table: Derived, pin: Pin, months: Months) -> None:
    """Compute some months and put them in the place of what was there."""
    with cursor() as connection:
        if months is None:
            asked = query(connection, lake, table.name, pin, None)
            table.write(connection.sql(asked).to_arrow_reader(65_536), pin)
            table.tidy(hours=1)
            return
        pieces = list(runs(months))
        for nth, piece in enumerate(pieces):
            asked = query(connection, lake, table.name, pin, piece)
            connection.execute(f"CREATE TEMP TABLE piece_{nth} AS {asked}")
        made = " UNION ALL ".join(f"FROM piece_{nth}" for nth in range(len(pieces)))
        rows = connection.sql(made).to_arrow_table() if pieces else table.schema.empty_table()
        table.write(rows.cast(table.schema), pin, months=months or [0])


def query(connection: duckdb.DuckDBPyConnection, lake: Lake, name: str, pin: Pin, piece: tuple[int, int] | None) -> str:
    """The query that makes a rollup's rows, or those of a stretch of months; lays what it reads."""
    where, chosen = "", ""
    if piece is not None:
        begin, end = span(piece[0])[0], span(piece[1])[1]
        chosen = f"WHERE happened_on BETWEEN DATE '{begin}' AND DATE '{end}'"
        low, high = (_moment(begin, pin["zone"]) - MARGIN, _moment(end, pin["zone"]) + MARGIN + timedelta(days=1))
        where = f"happened_at BETWEEN {literal(low)} AND {literal(high)}"
    lay(connection, "activities", lake.files("activities", pin["activities"]), where=where)
    lay(connection, "changes", lake.files("changes", pin["changes"]))
    lay(connection, "people", Derived(lake.community_id, "people").files(pin.get("people")))
    low_at, high_at = _extent(connection) if piece is None else (plain(low), plain(high))
    put_zone(connection, pin["zone"], begin=low_at, end=high_at)
    if name == "openings":
        lay(connection, "member_day", Derived(lake.community_id, "member_day").files(), where=chosen[6:])
    columns = ", ".join(_stored(field) for field in Derived(lake.community_id, name).schema)
    return f"SELECT {columns} FROM ({made_by(name)}) {chosen}"


def made_by(name: str) -> str:
    """The query of a whole rollup over the tables that expressions stand on."""
    return remembered(f"rollup {name}", lambda: sql(_expression(name)), module=__name__)


def _expression(name: str) -> Any:
    rows = with_people(as_it_stands(shape("activities"), shape("changes")), shape("people"))
    if name == "member_day":
        return member_day(rows, shape("offsets"))
    return openings(rows, shape("member_day"), shape("offsets"))


def _extent(connection: duckdb.DuckDBPyConnection) -> tuple[datetime, datetime]:
    ends = "SELECT min(happened_at) AS low, max(happened_at) AS high FROM "
    both = f"SELECT min(low), max(high) FROM ({ends} activities UNION ALL {ends} changes)"
    low, high = connection.execute(both).fetchall()[0]
    return (low, high) if low is not None else (datetime.min, datetime.max)  # noqa: DTZ901


def _moment(on: date, zone: str) -> datetime:
    return datetime.combine(on, time(), tzinfo=ZoneInfo(zone))


def _stored(field: Any) -> str:
    if field.name == "month":
        return "(year(happened_on) * 100 + month(happened_on))::INTEGER AS month"
    return f"{field.name}::TIMESTAMPTZ AS {field.name}" if str(field.type).startswith("timestamp") else field.name

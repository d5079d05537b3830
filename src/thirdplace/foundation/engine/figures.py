"""Members' own figures: when they first and last spoke, how much, in which language."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from thirdplace.foundation.channels.bulk import BITE, bites, update
from thirdplace.foundation.engine import people
from thirdplace.foundation.engine.derived import SCHEMAS, Derived
from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.lake.query import parquet
from thirdplace.foundation.lake.table import NOTHING
from thirdplace.foundation.members.models import Community, Member

COLUMNS = ("first_at", "last_at", "spoken", "language")
_ZONE = "" if connection.vendor == "sqlite" else "+00:00"
_TEXT = f"replace(strftime({{}}, '%Y-%m-%d %H:%M:%S.%f'), '.000000', '') || '{_ZONE}'"
_FIGURES = f"""
WITH spoken AS (
    SELECT p.member_id, d.first_at, d.last_at, d.n, d.language
    FROM member_day d JOIN people p USING (identity) {{whose}}
),
tongues AS (
    SELECT member_id, language FROM spoken WHERE language IS NOT NULL GROUP BY member_id, language
    QUALIFY row_number() OVER (PARTITION BY member_id ORDER BY sum(n) DESC, language) = 1
)
SELECT member_id, {_TEXT.format("min(first_at)")}, {_TEXT.format("max(last_at)")}, sum(n)::BIGINT,
    coalesce(any_value(t.language), '')
FROM spoken s LEFT JOIN tongues t USING (member_id) GROUP BY member_id
"""
NOBODY = (None, None, 0, "")


def settle(community: Community, tables: Tables, *, members: Collection[int] | None) -> int:
    """Write the figures that differ; how many members' did. They tell of everything read, whatever the clock says.

    members: whose may differ; None for everyone's.
    """
    computed, stored = _computed(tables, members), _stored(community, members)
    other = [pk for pk, kept in stored.items() if kept != computed.get(pk, NOBODY)]
    for bite in bites((*computed.get(pk, NOBODY), pk) for pk in other):
        update(Member, COLUMNS, bite)
    return len(other)


def differing(community: Community, tables: Tables) -> int:
    """How many members' stored figures are not what the rollups say."""
    computed = _computed(tables, None)
    return sum(kept != computed.get(pk, NOBODY) for pk, kept in _stored(community, None).items())


def touched(community: Community, tables: Tables, had: dict[str, int]) -> set[int] | None:
    """Whose figures may differ since some versions of the rollups; None for everyone's."""
    copy, before = Derived(community.pk, "people"), had.get("people", NOTHING)
    paths = Derived(community.pk, "member_day").differing(had.get("member_day", NOTHING))
    who = people.changed(community.pk, before, copy.version(), staff=False)
    if paths is None or who is None:
        return None
    tables.query("CREATE OR REPLACE TEMP TABLE named AS SELECT unnest(?)::BIGINT AS identity", [who])
    several = f"SELECT identity FROM named UNION SELECT identity FROM {parquet(paths, like=SCHEMAS['member_day'])}"
    then = parquet(copy.files(before), like=SCHEMAS["people"])
    found = tables.query(
        f"SELECT member_id FROM people SEMI JOIN ({several}) USING (identity) "
        f"UNION SELECT member_id FROM {then} SEMI JOIN named USING (identity)"
    )
    return {member for (member,) in found.fetchall()}


def _computed(tables: Tables, members: Collection[int] | None) -> dict[int, tuple[Any, ...]]:
    """The figures as the rollups have them, by member; who never spoke is not there."""
    if members is not None:
        tables.query("CREATE OR REPLACE TEMP TABLE whose AS SELECT unnest(?)::BIGINT AS member_id", [list(members)])
    whose = "" if members is None else "SEMI JOIN whose USING (member_id)"
    return {row[0]: row[1:] for row in tables.query(_FIGURES.format(whose=whose)).fetchall()}


def _stored(community: Community, members: Collection[int] | None) -> dict[int, tuple[Any, ...]]:
    """The figures there are, by member."""
    ask = f"SELECT id, {', '.join(COLUMNS)} FROM {Member._meta.db_table} WHERE community_id = %s"
    wanted = sorted(members or ())
    some = [wanted[nth : nth + BITE] for nth in range(0, len(wanted), BITE)] if members is not None else [None]
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for bite in some:
            cursor.execute(ask if bite is None else f"{ask} AND id IN ({', '.join(map(str, bite))})", [community.pk])
            rows += cursor.fetchall()
    return {row[0]: (_text(row[1]), _text(row[2]), row[3], row[4]) for row in rows}


def _text(at: Any) -> str | None:
    """A moment as the query writes it, whichever way the database gave it."""
    return str(at.astimezone(UTC).replace(tzinfo=None)) + _ZONE if isinstance(at, datetime) else at

"""Members' own figures: when they first and last spoke, how much, in which language."""

from typing import Any

from django.db import connection

from thirdplace.foundation.channels.bulk import bites, moment, update
from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.engine.shapes import SPOKE
from thirdplace.foundation.engine.warehouse import aware
from thirdplace.foundation.members.models import Community, Member

COLUMNS = ("first_at", "last_at", "spoken", "language")
_KINDS = ", ".join(f"'{kind}'" for kind in SPOKE)
_FIGURES = f"""
WITH spoken AS (
    SELECT p.member_id, d.first_at, d.last_at, d.n, d.language
    FROM member_day d JOIN people p USING (identity) WHERE d.kind IN ({_KINDS})
),
tongues AS (
    SELECT member_id, language FROM spoken WHERE language IS NOT NULL GROUP BY member_id, language
    QUALIFY row_number() OVER (PARTITION BY member_id ORDER BY sum(n) DESC, language) = 1
)
SELECT member_id, min(first_at), max(last_at), sum(n)::BIGINT, coalesce(any_value(t.language), '')
FROM spoken s LEFT JOIN tongues t USING (member_id) GROUP BY member_id
"""
NOBODY = (None, None, 0, "")


def settle(community: Community, tables: Tables) -> int:
    """Write the figures that differ; how many members' did. They tell of everything read, whatever the clock says."""
    with connection.cursor() as cursor:
        ask = f"SELECT id, {', '.join(COLUMNS)} FROM {Member._meta.db_table} WHERE community_id = %s"
        cursor.execute(ask, [community.pk])
        stored = {row[0]: row[1:] for row in cursor.fetchall()}
    computed = {pk: (_at(first), _at(last), n, lang) for pk, first, last, n, lang in tables.query(_FIGURES).fetchall()}
    other = [
        (*computed.get(pk, NOBODY), pk)
        for pk, figures in stored.items()
        if _plain(figures) != _plain(computed.get(pk, NOBODY))
    ]
    for bite in bites(other):
        update(Member, COLUMNS, bite)
    return len(other)


def _at(naive: Any) -> Any:
    return moment(aware(naive))


def _plain(figures: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*(None if at is None else str(at) for at in figures[:2]), *figures[2:])

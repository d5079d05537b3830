"""Who is who, as the queries know it: a copy of the database's identities and marks, made anew when they change."""

from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection
from django.db.models import F, Max

from thirdplace.foundation.engine.derived import SCHEMAS, Derived
from thirdplace.foundation.engine.warehouse import cursor
from thirdplace.foundation.lake.query import parquet
from thirdplace.foundation.members.models import Community, Identity, Member

_ALL = """
SELECT i.number, i.member_id, m.is_staff, m.is_bot FROM members_identity i JOIN members_member m ON m.id = i.member_id
WHERE i.community_id = %s
"""
_CHANGED = """
SELECT DISTINCT coalesce(new.identity, old.identity) FROM {new} new FULL JOIN {old} old USING (identity)
WHERE (new.member_id, new.is_bot{staff}) IS DISTINCT FROM (old.member_id, old.is_bot{old_staff})
"""


def touch_people(community: Community, member: Member) -> None:  # noqa: ARG001 - the copy finds out itself who it was
    """Say that who is who has changed, in the transaction of the change; the next refresh finds out what it touches."""
    Community.objects.filter(pk=community.pk).update(people_version=F("people_version") + 1)
    community.refresh_from_db(fields=["people_version"])


def catch_up(community: Community) -> int:
    """Bring the copy up to date; the version of it that is true now."""
    copy = Derived(community.pk, "people")
    pin = _state(community)
    if copy.pin() == pin:
        return copy.version()
    return copy.write(rows(community.pk), pin)


def is_current(community: Community) -> bool:
    """Whether the copy says what the database says."""
    return Derived(community.pk, "people").pin() == _state(community)


def changed(community_id: int, since: int, until: int, *, staff: bool) -> list[int] | None:
    """The identities whose member or mark differs between two versions of the copy; None when that is lost.

    staff: whether a mark of staff counts as a difference.
    """
    if since == until:
        return []
    copy = Derived(community_id, "people")
    if since < 0 or not copy.whole(since):
        return None
    ask = _CHANGED.format(
        new=parquet(copy.files(until), like=SCHEMAS["people"]),
        old=parquet(copy.files(since), like=SCHEMAS["people"]),
        staff=", new.is_staff" if staff else "",
        old_staff=", old.is_staff" if staff else "",
    )
    with cursor() as connection:
        return [number for (number,) in connection.execute(ask).fetchall()]


def _state(community: Community) -> dict[str, Any]:
    """What tells one state of the identities from another without reading them."""
    told = Identity.objects.filter(community=community).aggregate(newest=Max("pk"))
    version = Community.objects.values_list("people_version", flat=True).get(pk=community.pk)
    return {
        "people_version": version,
        "newest": told["newest"],
        "count": Identity.objects.filter(community=community).count(),
    }


def rows(community_id: int) -> pa.Table:
    """Everyone, as the database has them, ordered by number."""
    with connection.cursor() as ask:
        ask.execute(_ALL, [community_id])
        found = np.array(ask.fetchall(), dtype=np.int64).reshape(-1, 4)
    found = found[np.argsort(found[:, 0])]
    columns = [found[:, 0], found[:, 1], found[:, 2].astype(bool), found[:, 3].astype(bool)]
    return pa.table([pa.array(np.ascontiguousarray(column)) for column in columns], schema=SCHEMAS["people"])

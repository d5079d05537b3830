"""What each source holds, as it stands."""

from pathlib import Path
from typing import Any

from django.db.models import Count

from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.connectors.base import SPOKEN, Kind
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.batches import moment
from thirdplace.foundation.lake.query import asking
from thirdplace.foundation.lake.standing import standing
from thirdplace.foundation.members.models import Community, Identity

Versions = tuple[int, ...]
_counted: dict[Path, tuple[Versions, dict[int, dict[str, Any]]]] = {}  # of each lake, as it last stood

_NAMES = ("activities", "messages", "reactions", "threads", "first_at", "last_at")


def figures(community: Community) -> list[dict[str, Any]]:
    """Of each source, what stands in it: channels, threads, identities, activities, messages, reactions, and when."""
    counted = _of_lake(community.pk)
    channels = _by_source(Channel.objects.filter(community=community), "source_id")
    identities = _by_source(Identity.objects.filter(community=community), "source_id")
    nothing = dict.fromkeys(_NAMES[:4], 0) | {"first_at": None, "last_at": None}
    return [
        {
            "id": source.pk,
            "name": source.name,
            "connector": source.connector,
            "channels": channels.get(source.pk, 0),
            "identities": identities.get(source.pk, 0),
            **counted.get(source.pk, nothing),
        }
        for source in Source.objects.filter(community=community).order_by("pk")
    ]


def _by_source(rows: Any, name: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(name).annotate(n=Count("pk")))


def _of_lake(community_id: int) -> dict[int, dict[str, Any]]:
    """The lake's part of the figures; counted once for each state of the lake."""
    lake = Lake(community_id)
    versions = (lake.version(), lake.version("changes"))
    known = _counted.get(lake.folder)
    if known is None or known[0] != versions:
        known = _counted[lake.folder] = (versions, _count(lake))
    return known[1]


def _count(lake: Lake) -> dict[int, dict[str, Any]]:
    spoken = ", ".join(f"'{kind}'" for kind in SPOKEN)
    sql = f"""
        SELECT source, count(*), count(*) FILTER (kind IN ({spoken})),
            count(*) FILTER (kind = '{Kind.REACTED}'), count(DISTINCT thread),
            epoch_us(min(happened_at)), epoch_us(max(happened_at))
        FROM ({standing(lake.files(), lake.files("changes"))}) GROUP BY source
    """
    with asking() as connection:
        rows = connection.execute(sql).fetchall()
    return {row[0]: dict(zip(_NAMES, (*row[1:5], moment(row[5]), moment(row[6])), strict=True)) for row in rows}

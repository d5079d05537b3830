"""Opening a community's tables at a moment."""

from datetime import datetime

import duckdb

from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.engine.derived import Derived
from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.engine.warehouse import cursor, lay, plain, put, put_zone
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.members.models import Community

ROLLUPS = ("people", "member_day", "openings")


def tables(community: Community, now: datetime) -> Tables:
    """What a definition sees of a community at a moment, as of the last refresh. The moment is aware."""
    connection = cursor()
    versions = {name: Derived(community.pk, name).version() for name in ROLLUPS}
    known = known_until(community, now)
    for name, version in versions.items():
        lay(connection, name, Derived(community.pk, name).files(version))
    lake = Lake(community.pk)
    lay(connection, "activities", lake.files("activities"))
    lay(connection, "changes", lake.files("changes"))
    return furnished(
        connection, zone=community.zone, now=now, known=known, mark=f"{community.pk}/{sorted(versions.items())}"
    )


def furnished(
    connection: duckdb.DuckDBPyConnection, *, zone: str, now: datetime, known: dict[int, datetime], mark: str = ""
) -> Tables:
    """Tables over a connection on which the rollups and the log have been laid."""
    moment = plain(now)
    put(connection, "moment", [(source, plain(until), moment) for source, until in sorted(known.items())])
    put_zone(connection, zone)
    state = f"{mark}/{zone}/{moment.isoformat()}/{sorted(known.items())}" if mark else ""
    return Tables(connection, zone=zone, mark=state)


def known_until(community: Community, now: datetime) -> dict[int, datetime]:
    """How far each source has been read, never later than now."""
    sources = Source.objects.filter(community=community).values_list("pk", "known_until")
    return {pk: min(until or now, now) for pk, until in sources}

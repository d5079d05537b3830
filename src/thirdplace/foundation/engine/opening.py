"""Opening a community's tables at a moment."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

import duckdb

from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.engine.derived import Derived, month_of
from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.engine.warehouse import cursor, lay, literal, plain, put, put_zone
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.members.models import Community

ROLLUPS = ("people", "member_day", "openings")
MONTHLY = ("member_day", "openings")


def tables(community: Community, now: datetime) -> Tables:
    """What a definition sees of a community at a moment, as of the last refresh. The moment is aware."""
    connection = cursor()
    versions = {name: Derived(community.pk, name).version() for name in ROLLUPS}
    known = known_until(community, now)
    files = {name: Derived(community.pk, name).files(version) for name, version in versions.items()}
    for name, paths in files.items():
        lay(connection, name, paths)
    lake = Lake(community.pk)
    lay(connection, "activities", lake.files("activities"))
    lay(connection, "changes", lake.files("changes"))
    made = furnished(
        connection, zone=community.zone, now=now, known=known, mark=f"{community.pk}/{sorted(versions.items())}"
    )
    made.files = {name: files[name] for name in MONTHLY}
    return made


def recent(seen: Tables, community: Community, since: datetime) -> None:
    """Of the log itself, see only what happened since a moment, and so be faster."""
    if seen.connection is not None:
        files = Lake(community.pk).files("activities")
        lay(seen.connection, "activities", files, where=f"happened_at >= {literal(since)}")


@contextmanager
def narrowed(seen: Tables, months: Collection[int] | None) -> Iterator[None]:
    """See only some months of what is kept by month, and so be faster; None: all of it."""
    if months is None or seen.connection is None:
        yield
        return
    for name, files in seen.files.items():
        lay(seen.connection, name, [path for path in files if month_of(path) in months])
    try:
        yield
    finally:
        for name, files in seen.files.items():
            lay(seen.connection, name, files)


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

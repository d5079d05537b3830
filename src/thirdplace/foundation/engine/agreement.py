"""Whether what is derived follows from the log: everything computed from scratch, and compared."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

import duckdb
from django.utils.translation import gettext

from thirdplace.foundation.engine import figures, keeping, people, refreshing, rollups
from thirdplace.foundation.engine.derived import Derived
from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.engine.measuring import attempted, measures
from thirdplace.foundation.engine.models import Settled
from thirdplace.foundation.engine.opening import furnished, known_until
from thirdplace.foundation.engine.shapes import SHAPES
from thirdplace.foundation.engine.warehouse import cursor, lay, put_zone
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.table import NOTHING
from thirdplace.foundation.members.models import Community

Said = tuple[str, str]


def troubles(community: Community) -> Iterator[Said]:
    """What does not follow from the log, and what to do."""
    settled = Settled.objects.filter(community=community).first()
    if not is_current(community):
        yield gettext("Readings and rollups are behind the log."), _refresh()
        return
    if settled is None or settled.moment is None:
        return
    seen = scratch(community, settled.moment)
    for name in ("people", *rollups.NAMES):
        if not _same(seen, community.pk, name):
            yield gettext("The rollup %(name)s is not what follows from the log.") % {"name": name}, _rebuild()
    wrong = sum(attempted(each, partial(keeping.differing, community, each, seen)) for each in measures.values())
    if wrong:
        yield gettext("%(n)d stored readings are not what follows from the log.") % {"n": wrong}, _rebuild()
    wrong = figures.differing(community, seen)
    if wrong:
        yield gettext("The figures of %(n)d members are not what follows from the log.") % {"n": wrong}, _rebuild()


def scratch(community: Community, now: datetime) -> Tables:
    """Tables of a community with every rollup computed from the log and the database, and nothing stored."""
    connection, lake = cursor(), Lake(community.pk)
    for name in ("activities", "changes"):
        lay(connection, name, lake.files(name))
    who = people.rows(community.pk)  # noqa: F841 - the query names it
    connection.execute("CREATE OR REPLACE TEMP TABLE people AS SELECT * FROM who")
    put_zone(connection, community.zone)
    rollups.stand(connection)
    for name in rollups.NAMES:
        _make(connection, name)
    return furnished(connection, zone=community.zone, now=now, known=known_until(community, now))


def _make(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {rollups.made_by(name)}")


def is_current(community: Community) -> bool:
    """Whether rollups and readings say that they follow from the log as it is. Cheap: nothing is computed."""
    lake = Lake(community.pk)
    settled = Settled.objects.filter(community=community).first()
    if settled is None:
        return lake.version() == lake.version("changes") == NOTHING
    versions = {name: Derived(community.pk, name).version() for name in ("people", *rollups.NAMES)}
    pin = rollups.pin_of(lake, community)
    followed = {**pin, "people": versions["people"]}
    pinned = Derived(community.pk, "member_day").pin() == pin and Derived(community.pk, "openings").pin() == followed
    moment = settled.moment
    return (
        pinned
        and people.is_current(community)
        and moment is not None
        and settled.follows_from == refreshing.follows(community, versions, moment)
    )


def _same(seen: Tables, community_id: int, name: str) -> bool:
    """Whether a stored rollup has the rows that were computed from scratch."""
    stored = cursor()
    lay(stored, name, Derived(community_id, name).files())
    columns = ", ".join(SHAPES[name])
    ask = f"SELECT count(*), bit_xor(hash(r)), sum(hash(r) // 4096) FROM (SELECT ({columns}) AS r FROM {name})"
    return bool(stored.execute(ask).fetchall() == seen.query(ask).fetchall())


def _refresh() -> str:
    return gettext("Start Thirdplace: it catches up by itself. Or run `thirdplace doctor --mend`.")


def _rebuild() -> str:
    return gettext("Run `thirdplace doctor --mend`: all of it is computed again from the log. Please tell us of it.")

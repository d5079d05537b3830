"""Bringing everything derived up to the log: rollups, members' figures, stored readings."""

import hashlib
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from thirdplace.foundation.engine import figures, keeping, people, rollups
from thirdplace.foundation.engine.conversations import FOLLOWED
from thirdplace.foundation.engine.derived import Derived, settling
from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.engine.measuring import attempted, measures
from thirdplace.foundation.engine.models import Settled
from thirdplace.foundation.engine.opening import known_until, tables
from thirdplace.foundation.engine.queries import mark_of
from thirdplace.foundation.engine.spans import span as known_span
from thirdplace.foundation.engine.touched import Months, around, grown
from thirdplace.foundation.members.models import Community


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: how many readings and members' figures it wrote, and the CPU seconds it took."""

    readings: int = 0
    members: int = 0
    changed: bool = False
    cpu: dict[str, float] = field(default_factory=dict)


def refresh(community: Community, *, now: datetime) -> Refreshed:
    """Bring rollups, figures and stored readings up to the log and to a moment. Cheap when nothing changed.

    It may be killed at any time: what readings follow from is written last, so that the next refresh goes on. Of
    several processes one goes first; the others then find little to do.
    """
    with settling(community.pk, "refresh.lock"):
        return _refresh(community, now=now)


def _refresh(community: Community, *, now: datetime) -> Refreshed:
    clock = _Clock()
    caught = rollups.catch_up(community)
    clock.lap("rollups")
    settled, _made = Settled.objects.get_or_create(community=community)
    wanted = follows(community, caught.versions, now)
    had = settled.follows_from
    if had == wanted:
        return Refreshed(changed=caught.changed, cpu=clock.laps)
    seen = tables(community, now)
    same = all(had.get(name) == wanted[name] for name in ("tables", "definitions"))
    whose = figures.touched(community, seen, had["versions"]) if same else None
    members = figures.settle(community, seen, members=whose)
    clock.lap("figures")
    months = _months(community, had, wanted)
    written = sum(
        attempted(each, partial(keeping.settle, community, each, seen, months=months if each.near else None))
        for each in measures.values()
    )
    keeping.forget(community, besides=list(measures))
    settled.follows_from, settled.spans, settled.moment = wanted, _spans(seen, wanted), now
    settled.save()
    clock.lap("readings")
    return Refreshed(written, members, True, clock.laps)


def rebuild(community: Community, *, now: datetime | None = None) -> Refreshed | None:
    """Compute everything derived again from the log; now: of the last refresh when left out. None: there was none."""
    settled = Settled.objects.filter(community=community).first()
    moment = now or (settled.moment if settled else None)
    rollups.forget(community.pk)
    Settled.objects.filter(community=community).delete()
    return None if moment is None else refresh(community, now=moment)


class _Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._at = time.process_time()

    def lap(self, name: str) -> None:
        now = time.process_time()
        self.laps[name], self._at = round(now - self._at, 3), now


def follows(community: Community, versions: dict[str, int], now: datetime) -> dict[str, Any]:
    """Everything that stored readings follow from. A moment after the last known one changes none of them."""
    known = {str(pk): until.astimezone(UTC).isoformat() for pk, until in known_until(community, now).items()}
    tables = {name: Derived(community.pk, name).born() for name in versions}
    return {
        "versions": versions,
        "tables": tables,
        "zone": community.zone,
        "known": known,
        "definitions": definitions_mark(),
    }


def _months(community: Community, had: dict[str, Any], wanted: dict[str, Any]) -> Months:
    """The months in which a reading of a near measure may differ; None: all."""
    if not had or any(had[name] != wanted[name] for name in ("tables", "zone", "definitions")):
        return None
    before, after = had["versions"], wanted["versions"]
    months: set[int] = set()
    for name in rollups.NAMES:
        touched = Derived(community.pk, name).touched(before[name])
        if touched is None:
            return None
        months |= touched
    who = people.changed(community.pk, before["people"], after["people"], staff=True)
    if who is None:
        return None
    active = rollups.active_months(community.pk, who)
    later = _since(had["known"], wanted["known"])
    return months | grown(active, timedelta(days=1)) | later


def _since(had: dict[str, str], wanted: dict[str, str]) -> set[int]:
    """The months in which somebody may have waited who now waited longer, or shorter."""
    moved = [pk for pk in had.keys() | wanted.keys() if had.get(pk) != wanted.get(pk)]
    ends = [datetime.fromisoformat(each[pk]).date() for pk in moved for each in (had, wanted) if pk in each]
    if not ends:
        return set()
    first = min(ends) - FOLLOWED - timedelta(days=2)
    whole = max(ends) - first
    return set(around(first + whole / 2, whole / 2 + timedelta(days=2)))


def _spans(seen: Tables, wanted: dict[str, Any]) -> dict[str, list[str]]:
    """From which day until which something is known."""
    asked: dict[str, int | None] = {"all": None, **{pk: int(pk) for pk in wanted["known"]}}
    found = {name: known_span(seen, source) for name, source in asked.items()}
    return {name: [str(first), str(last)] for name, (first, last) in found.items() if first is not None}


@cache
def _engine_mark() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def definitions_mark() -> str:
    """Names the code that readings follow from: another mark, and they are all computed anew."""
    marks = {mark_of(measure.module) for measure in measures.values()}
    return hashlib.sha256(" ".join([_engine_mark(), *sorted(marks), *measures]).encode()).hexdigest()[:16]

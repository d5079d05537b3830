"""After something changed: bring readings and findings up to the log, drop what no longer holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thirdplace.flow import clocks, definitions, findings
from thirdplace.foundation import engine, jobs
from thirdplace.foundation.members.models import Community


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did. dropped: stored days of the past that no longer held."""

    engine: Any
    lines: int
    dropped: int


def refresh(community: Community, *, wall: datetime) -> Refreshed:
    """Bring everything that is derived up to date. Idempotent, and cheap when nothing changed."""
    definitions.load()  # without its measures the engine would take every reading for one of no measure
    community.refresh_from_db()
    clocks.settle(community, wall=wall)
    done = engine.refresh(community, now=community.now(wall))
    on = findings.today(community, wall=wall)
    findings.refresh(community, on, wall=wall)
    dropped = findings.drop_stale(community, besides=on)
    return Refreshed(done, community.findings.filter(on=on).count(), dropped)


def ask(community: Community) -> None:
    """Ask for a refresh by a job, which commits with what made it necessary; one that runs already runs once more."""
    jobs.ask_for_refresh(community)

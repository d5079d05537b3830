"""A community with a real log and a real database, for tests that compare what is stored with what is computed."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from thirdplace.flow.signals import signals
from thirdplace.foundation import engine
from thirdplace.foundation.channels import places
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.connectors.base import Activity, Kind, Person, Place
from thirdplace.foundation.connectors.columns import gather
from thirdplace.foundation.engine import agreement, keeping, measures, rollups
from thirdplace.foundation.engine.figures import COLUMNS
from thirdplace.foundation.engine.models import Reading
from thirdplace.foundation.lake import Lake, told
from thirdplace.foundation.members import people
from thirdplace.foundation.members.models import Community, Identity, Member

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
NOW = BEGIN + timedelta(days=200)
PEOPLE = ("ann", "ben", "cho", "dee", "eve", "fay", "gus", "hal")


def at(day: float) -> datetime:
    """A moment by its day; 0 is New Year, just begun in UTC."""
    return BEGIN + timedelta(days=day)


class Town:
    """A community that grows import by import."""

    def __init__(self, zone: str = "Europe/Amsterdam", sources: int = 2) -> None:
        self.community = Community.objects.create(name="Town", slug="town", zone=zone)
        self.lake = Lake(self.community.pk)
        self.sources = [
            Source.objects.create(community=self.community, connector="letter", native=str(nth), name=f"Square {nth}")
            for nth in range(sources)
        ]
        self.imports = 0

    def tell(self, rows: Iterable[dict[str, Any]], *, source: int = 0) -> int:
        """Import some rows: who, kind, day, and what else an activity has; the number of the import."""
        self.imports += 1
        where = self.sources[source]
        said = [self._activity(row) for row in rows]
        met: list[Person | Place] = [
            Person(native=who, name=who) for who in sorted({each.who for each in said} - {None})
        ]
        met += [Place(native=name, name=name) for name in sorted({each.channel for each in said} - {None})]
        columns = gather([*met, *said], where.pk)
        self.lake.append(columns, source=where.pk, import_id=self.imports)
        self._mirror()
        newest = max((each.happened_at for each in said), default=None)
        if newest and (where.known_until is None or newest > where.known_until):
            where.known_until = newest
            where.save()
        return self.imports

    def undo(self, number: int) -> None:
        """Take an import out again."""
        self.lake.erase_import(number)
        self._mirror()

    def mark(self, who: str, *, staff: bool | None = None, bot: bool | None = None) -> None:
        """A steward's word about everyone of a name."""
        for member in Member.objects.filter(community=self.community, name=who):
            member.is_staff = member.is_staff if staff is None else staff
            member.is_bot = member.is_bot if bot is None else bot
            member.save()
            engine.touch_people(self.community, member)

    def join(self, who: str) -> None:
        """Say that all accounts of a name are one person."""
        accounts = list(Identity.objects.filter(community=self.community, name=who).order_by("pk"))
        for account in accounts[1:]:
            account.member = accounts[0].member
            account.save()
        if accounts:
            engine.touch_people(self.community, accounts[0].member)

    def refresh(self, now: datetime = NOW) -> engine.Refreshed:
        """Bring everything derived up to the log."""
        self.community.refresh_from_db()
        return engine.refresh(self.community, now=now)

    def differences(self, now: datetime = NOW) -> list[str]:
        """What is stored and is not what everything computed from scratch gives, signals' findings too."""
        found = [what for what, _remedy in rollups.trouble(self.community)]
        scratch, stored = agreement.scratch(self.community, now), engine.tables(self.community, now)
        for signal in signals.values():
            if signal.findings(scratch) != signal.findings(stored):
                found.append(signal.slug)
        return found

    def stored(self) -> dict[Any, Any]:
        """Every stored reading, and every member's figures."""
        rows = Reading.objects.filter(community=self.community)
        columns = ("measure", "grain", "slice", "begins_on", "value", "low", "high", "n")
        readings = {row[:4]: row[4:] for row in rows.values_list(*columns)}
        figures = Member.objects.filter(community=self.community).values_list("pk", *COLUMNS)
        return readings | {row[0]: row[1:] for row in figures}

    def computed(self, now: datetime = NOW) -> dict[Any, Any]:
        """Every reading, computed from scratch."""
        seen = agreement.scratch(self.community, now)
        return {
            (measure.slug, *cell): (reading.value, reading.n)
            for measure in measures.values()
            for cell, reading in keeping.compute(measure, seen).items()
        }

    def _activity(self, row: dict[str, Any]) -> Activity:
        row = {"channel": "green", **row}
        day, kind = row.pop("day"), Kind(row.pop("kind"))
        native = row.pop("native", None) or f"{row.get('who')}-{day}-{kind}"
        edited = row.pop("edited", None)
        return Activity(
            native=native, kind=kind, happened_at=at(day), edited_at=None if edited is None else at(edited), **row
        )

    def _mirror(self) -> None:
        places.mirror(self.community, told.places(self.lake))
        people.mirror(self.community, told.people(self.lake), whole=True)

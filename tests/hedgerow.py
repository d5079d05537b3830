"""A village whose people speak through letters, which are imported like any archive by the plugin's connector."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from thirdplace.flow import imports, worklist
from thirdplace.flow.actions import perform
from thirdplace.flow.models import Deed
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.channels.models import Import
from thirdplace.foundation.members.models import Community, Member

SUNDAY = datetime(2026, 11, 1, tzinfo=UTC)  # day 1 is the Monday after
NOW = SUNDAY + timedelta(days=8)  # the Monday after that week, at midnight
BOTS = {"bot"}


def at(day: float) -> datetime:
    """The moment of a day's number: 1 is Monday midnight."""
    return SUNDAY + timedelta(days=day)


@dataclass
class Village:
    """A community whose people speak through `tell`, and its steward Vic."""

    community: Community
    steward: Account
    folder: Path
    told: int = field(default=0)

    def tell(self, *said: tuple[str, str, float, str | None], wall: datetime = NOW, **words: str) -> Import:
        """Import what was said: who, did what, on which day, in which thread. words: what somebody wrote."""
        rows = [
            {"who": who, "did": did, "at": at(day), "thread": thread, "text": words.get(who, "")}
            for who, did, day, thread in said
        ]
        return self.send(rows, wall=wall)

    def send(self, rows: Sequence[dict[str, Any]], *, wall: datetime = NOW) -> Import:
        """Import a letter of these lines."""
        path = self.folder / f"hedgerow{self.told}.parish"
        path.write_bytes(b"\n".join(msgspec.json.encode({"bot": row["who"] in BOTS, **row}) for row in rows))
        self.told += 1
        return imports.run(self.community, path, wall=wall)

    def day(self, on: datetime | None = None, *, wall: datetime = NOW) -> worklist.Day:
        """Today, or a day of the past."""
        return worklist.day(self.community, on.date() if on else None, wall=wall)

    def lines(self, slug: str, on: datetime | None = None, *, wall: datetime = NOW) -> list[worklist.Item]:
        """The lines of a question, waiting and done."""
        return next(each for each in self.day(on, wall=wall).questions if each.slug == slug).items

    def member(self, name: str) -> Member:
        """Somebody by their name."""
        return Member.objects.get(community=self.community, name=name)

    def do(self, slug: str, *, now: datetime = NOW, why: str = "", **given: object) -> Deed:
        """Carry an action out as Vic."""
        return perform(slug, community=self.community, steward=self.steward, why=why, now=now, **given)

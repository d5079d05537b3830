"""Hedgerow, an invented community: eighteen months of it, written as exports of three kinds and then imported like any.

Everything here is made up by us. The same seed and last day give the same bytes.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from thirdplace.demo.town import Town
    from thirdplace.foundation.accounts.models import Account
    from thirdplace.foundation.members.models import Community

NAME = "Hedgerow"
ZONE = "Europe/Amsterdam"
STEWARD = "marit"


def last_day(wall: datetime) -> date:
    """The day on whose morning the story ends: today, once that morning is over in the community's zone."""
    return (wall.astimezone(ZoneInfo(ZONE)) - timedelta(hours=9, minutes=15)).date()


def build(folder: Path, *, seed: int = 7, ends_on: date, scale: float = 1.0) -> list[Path]:
    """Write the three archives into a folder. scale: less than one for a smaller community."""
    from thirdplace.demo.town import Town

    return write(Town(seed, ends_on, scale), folder)


def write(town: "Town", folder: Path) -> list[Path]:
    """Write a town's three archives; from then on it knows the ids of everybody and everything."""
    from thirdplace.demo.exports import desk, discord, questions

    return [questions.write(town, folder), discord.write(town, folder), desk.write(town, folder)]


def settle(
    folder: Path,
    *,
    seed: int = 7,
    wall: datetime | None = None,
    scale: float = 1.0,
    tell: Callable[[str], None] | None = None,
    steward: "Account | None" = None,
) -> "Community":
    """Make the whole demo in the data folder in use: archives into `folder`, imported, with the steward's deeds.

    Django must be set up and its database migrated. What stands there already is left as it is. steward: whose deeds
    the story's are; otherwise the owner's, made where there is none.
    """
    from thirdplace.demo.settling import settled

    wall, tell = wall or datetime.now(UTC), tell or (lambda _: None)
    return settled(folder, seed=seed, wall=wall, scale=scale, tell=tell, steward=steward)

"""`thirdplace measures`: what the numbers say."""

from datetime import datetime

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import CommunityCommand

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(cls=CommunityCommand)
@click.argument("name", default="", metavar="[NAME]")
@click.option(
    "--by", type=click.Choice(["day", "week", "month"]), default="week", show_default=True, help="The period."
)
@click.option("--slice", "part", default="all", help="A part: source:3, channel:…, language:nl, staff:with.")
@click.option("--begin", type=_DAY, metavar="DAY", help="The first day, such as 2026-01-01.")
@click.option("--end", type=_DAY, metavar="DAY", help="The last day.")
@click.pass_obj
def command(asked: Asked, name: str, by: str, part: str, begin: datetime | None, end: datetime | None) -> None:
    """Say what every measure stands at and what is usual; or how one went, period by period, with its uncertainty.

    A name such as retention, hours or languages prints that table.

    \b
    Example:
      thirdplace measures
      thirdplace measures answered_share --by month
      thirdplace measures messages --slice source:2 --begin 2026-01-01
    """
    asked.begin()
    from thirdplace.face.api import figures
    from thirdplace.face.cli import readings
    from thirdplace.foundation.engine import Slice, measures
    from thirdplace.foundation.engine.pictures import pictures

    community = asked.community()
    if not name:
        value = figures.all_standing(community, part, by)
        asked.answer(value, lambda: readings.all_lines(value))
        return
    slug = name.strip().replace("-", "_")
    if slug in pictures:
        from thirdplace.face.api import picturing

        drawn = picturing.told(pictures[slug], community, Slice.parse(part).staff)
        asked.answer(drawn, lambda: readings.picture_lines(drawn))
        return
    measure = measures[slug]
    first, last = (each.date() if each else None for each in (begin, end))
    found = figures.series(measure, community, grain=by, slice=part, begin=first, end=last)
    whole = {**figures.definition(measure), "slice": part, "grain": by, "readings": found}
    asked.answer(whole, lambda: readings.series_lines(whole))

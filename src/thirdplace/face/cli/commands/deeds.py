"""`thirdplace deeds`: what we did."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import CommunityCommand
from thirdplace.face.cli.inert import inert
from thirdplace.foundation.translation import gettext

if TYPE_CHECKING:
    from thirdplace.flow.models import Deed


@click.command(cls=CommunityCommand)
@click.option("--action", help="Only deeds of this action, such as mark_staff.")
@click.option("--limit", type=click.IntRange(1, 1000), default=30, show_default=True, help="How many, latest first.")
@click.pass_obj
def command(asked: Asked, action: str | None, limit: int) -> None:
    """List what was done here: to whom, why, by whom, and what of it was undone.

    \b
    Example:
      thirdplace deeds
      thirdplace deeds --action mark_staff --limit 100
    """
    asked.begin()
    from thirdplace.face.api import shapes
    from thirdplace.flow.actions import actions
    from thirdplace.flow.models import Deed

    community = asked.community()
    found = Deed.objects.filter(community=community).select_related("member", "steward")
    found = found.order_by("-done_at", "-pk")
    if action:
        found = found.filter(action=actions[action.replace("-", "_")].slug)
    shown = list(found[:limit])
    asked.answer([shapes.deed(each) for each in shown], lambda: _lines(shown, community.tz))


def _lines(shown: "list[Deed]", zone: ZoneInfo) -> Iterator[str]:
    from thirdplace.flow.deeds import sentence

    if not shown:
        yield gettext("Nothing has been done here yet.")
    for deed in shown:
        undone = "  " + gettext("(undone)") if deed.undone_at else ""
        on = deed.done_at.astimezone(zone).date()
        yield f"{deed.pk:>5}  {on}  {inert(sentence(deed))}, {inert(deed.steward.name)}{undone}"
        if deed.why:
            yield f"                   {inert(deed.why)}"
    if shown:
        yield gettext("Take one back with: thirdplace undo NUMBER")

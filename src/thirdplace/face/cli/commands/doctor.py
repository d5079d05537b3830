"""`thirdplace doctor`: do lake, index, rollups and database agree?"""

from collections.abc import Iterator
from typing import Any

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import CommunityCommand
from thirdplace.face.cli.inert import inert
from thirdplace.foundation.translation import gettext


@click.command(cls=CommunityCommand)
@click.option("--mend", is_flag=True, help="Mend what can be made again from the lake.")
@click.pass_obj
def command(asked: Asked, mend: bool) -> None:
    """Look whether lake, index, rollups and database agree, and whether every definition runs. Ends with 0 only then.

    \b
    Example:
      thirdplace doctor
      thirdplace doctor --mend
    """
    asked.begin()
    from thirdplace.flow.definitions import broken
    from thirdplace.foundation import doctor
    from thirdplace.foundation.members.models import Community

    communities = [asked.community()] if asked.community_slug else list(Community.objects.order_by("pk"))
    troubles: list[dict[str, Any]] = []
    for community in communities:
        found = doctor.mend(community) if mend else doctor.check(community)
        troubles += [{"community": community.slug, "what": each.what, "remedy": each.remedy} for each in found]
    troubles += [{"community": None, "what": each.what, "remedy": each.remedy} for each in broken()]
    value = {"agrees": not troubles, "communities": [each.slug for each in communities], "troubles": troubles}
    asked.answer(value, lambda: _lines(value))
    if troubles:
        raise click.exceptions.Exit(2)


def _lines(value: dict[str, Any]) -> Iterator[str]:
    if value["agrees"]:
        yield gettext("All is well: lake, index, rollups and database agree.")
    for each in value["troubles"]:
        yield inert(each["what"])
        yield f"  {inert(each['remedy'])}"

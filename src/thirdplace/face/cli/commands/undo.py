"""`thirdplace undo`: take a deed back."""

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import CommunityCommand
from thirdplace.face.cli.inert import inert
from thirdplace.foundation.translation import gettext


@click.command(cls=CommunityCommand)
@click.argument("deed", type=int, metavar="NUMBER")
@click.pass_obj
def command(asked: Asked, deed: int) -> None:
    """Take a deed back by its action's inverse. `thirdplace deeds` lists their numbers.

    \b
    Example:
      thirdplace undo 12
    """
    asked.begin()
    from django.utils import timezone

    from thirdplace.face.api import shapes
    from thirdplace.face.cli.doing import deed_called
    from thirdplace.flow import actions
    from thirdplace.flow.deeds import sentence

    community = asked.community()
    found = deed_called(deed, community)
    done = actions.undo(found, steward=asked.steward(), now=community.now(timezone.now()))
    asked.answer(shapes.deed(done), lambda: [gettext("Undone: %(what)s.") % {"what": inert(sentence(done))}])

"""`thirdplace do`: one command for each action there is, made from the action itself."""

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import Group


class Deeds(Group):
    """The actions, as commands. Nothing here names one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The actions that can be done by themselves."""
        from thirdplace.face.cli.doing import verbs

        ctx.ensure_object(Asked)
        return verbs()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of an action."""
        from thirdplace.face.cli.doing import command_of

        ctx.ensure_object(Asked)
        return command_of(cmd_name)


@click.group(cls=Deeds)
def command() -> None:
    """Do something for a member or about a message, and keep that it was done. Every deed can be undone.

    \b
    Example:
      thirdplace do --help
      thirdplace do mark-staff 17 --why "moderates the map channel"
      thirdplace do welcome-newcomer --finding 5 --draft
    """

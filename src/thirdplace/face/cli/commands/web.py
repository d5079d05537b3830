"""`thirdplace web`: the web server alone. `serve` begins it."""

import click

from thirdplace.face.cli import lifeline
from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import Command
from thirdplace.face.web import serving


@click.command(cls=Command, hidden=True)
@click.option("--port", type=int, required=True, help="The port to listen on.")
@click.pass_obj
def command(asked: Asked, port: int) -> None:
    """Run the web server alone, as serve does.

    \b
    Example:
      thirdplace web --port 8155
    """
    asked.point()
    lifeline.hold()
    serving.serve(port)

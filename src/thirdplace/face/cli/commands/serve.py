"""`thirdplace serve`: the web and its workers, until Ctrl-C."""

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import Command


@click.command(cls=Command)
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port to listen on; otherwise 8155 or the next free one."
)
@click.option("--open", "opens", is_flag=True, help="Open the address in this machine's browser.")
@click.pass_obj
def command(asked: Asked, port: int | None, opens: bool) -> None:
    """Serve Thirdplace to this machine's browser, with the workers that import and keep things fresh.

    It prints the address to open. Ctrl-C ends it.

    \b
    Example:
      thirdplace serve
      thirdplace serve --port 9000 --data ~/communities
    """
    asked.point()
    from thirdplace.face.cli.serving import serve

    serve(asked, port=port, opens=opens)

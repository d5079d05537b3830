"""`thirdplace demo`: an invented community to look around in."""

from pathlib import Path

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import Command


@click.command(cls=Command)
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port to listen on; otherwise 8155 or the next free one."
)
@click.option("--open", "opens", is_flag=True, help="Open the address in this machine's browser.")
@click.option("--seed", type=int, default=7, show_default=True, help="Another number makes another year of Hedgerow.")
@click.option("--fresh", is_flag=True, help="Make the demo anew, without what you did in it.")
@click.option("--no-serve", is_flag=True, help="Only make it; serve it later with: thirdplace serve --data FOLDER.")
@click.pass_obj
def command(asked: Asked, port: int | None, opens: bool, seed: int, fresh: bool, no_serve: bool) -> None:
    """Look around in Hedgerow, an invented community of people who map footpaths together.

    It lives in a data folder of its own, and whoever opens it on this machine is its steward at once.

    \b
    Example:
      thirdplace demo
      thirdplace demo --data /tmp/hedgerow --open
    """
    from thirdplace.face.cli import demo

    folder = demo.folder(asked)
    asked.data = Path(folder)
    asked.point()
    demo.make(asked, folder, seed=seed, fresh=fresh)
    if no_serve:
        asked.answer({"data": str(folder)}, lambda: [str(folder)])
    else:
        demo.serve(asked, port=port, opens=opens)

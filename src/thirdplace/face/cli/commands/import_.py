"""`thirdplace import`: read an export."""

from pathlib import Path

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import Command


@click.command("import", cls=Command)
@click.argument("path", required=False, metavar="[PATH]", type=click.Path(path_type=Path))
@click.option("--name", help="The community's name, when this is its first export.")
@click.option("--zone", help="The community's time zone, such as Europe/Amsterdam, when this is its first export.")
@click.option(
    "--community", "slug", metavar="NAME", help="Into which community; a new one is made when it is not there."
)
@click.option("--source", metavar="NAME", help="What to call the source; otherwise as the export names the place.")
@click.option("--base-url", metavar="URL", help="Where originals can be opened, when the export does not tell.")
@click.option(
    "--undo", type=int, metavar="NUMBER", help="Take an import out again, whole. `sources` lists their numbers."
)
@click.pass_obj
def command(
    asked: Asked,
    path: Path | None,
    name: str | None,
    zone: str | None,
    slug: str | None,
    source: str | None,
    base_url: str | None,
    undo: int | None,
) -> None:
    """Read an export: a file, a folder or an archive. It says what it recognised, what it read and what it left out.

    Reading the same export again adds nothing; a newer one adds what is new.

    \b
    Example:
      thirdplace import my-export.zip
      thirdplace import discord/ --name "Hedgerow" --zone Europe/Amsterdam
      thirdplace import --undo 3
    """
    from thirdplace.face.cli import importing

    if (path is None) == (undo is None):
        raise click.UsageError(importing.one_of())
    asked.begin()
    if path is None:
        assert undo is not None
        importing.undo(asked, undo)
    else:
        asked.community_slug = slug
        importing.read(asked, path, importing.Told(name=name, zone=zone, source=source, base_url=base_url))

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
@click.option("--times-in", metavar="ZONE", help="In which zone its times were written, when they do not tell.")
@click.option(
    "--column", "columns", multiple=True, metavar="WHAT=NAME",
    help="Of a table, which column is what, such as when=Date; once for each. when, who, who_id, text, title, channel, "
    "thread, about, id, kind, reactions; and order=day or order=month.",
)  # fmt: skip
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
    times_in: str | None,
    columns: tuple[str, ...],
    undo: int | None,
) -> None:
    """Read an export: a file, a folder or an archive. It says what it recognised, what it read and what it left out.

    Reading the same export again adds nothing; a newer one adds what is new.

    \b
    Example:
      thirdplace import my-export.zip
      thirdplace import discord/ --name "Hedgerow" --zone Europe/Amsterdam
      thirdplace import talk.csv --column when=Date --column who=Author
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
        importing.read(asked, path, importing.Told(name, zone, source, base_url, times_in, columns))

"""`thirdplace search`: what was said, by its words."""

import sys
from datetime import datetime
from typing import Any

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import CommunityCommand

_DAY = click.DateTime(["%Y-%m-%d"])


_MINUS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}  # -heron is a word, and not -h


@click.command(cls=CommunityCommand, context_settings=_MINUS)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option("--source", multiple=True, metavar="NAME", help="Only this source, by its name or number.")
@click.option("--channel", multiple=True, metavar="NAME", help="Only this channel, by its name or number.")
@click.option("--by", default="", metavar="NAME", help="Only by whose name or handle holds this.")
@click.option("--kind", multiple=True, help="Only asked, started, answered, replied, said or commented.")
@click.option("--language", multiple=True, metavar="CODE", help="Only in this language, such as nl.")
@click.option("--since", type=_DAY, metavar="DAY", help="From this day on, such as 2026-03-03.")
@click.option("--until", type=_DAY, metavar="DAY", help="Up to this day, and on it.")
@click.option("--has", multiple=True, type=click.Choice(["link", "code"]), help="Only with a link, or with code.")
@click.option("--near", is_flag=True, help="Also what is spelt nearly so.")
@click.option("--best", is_flag=True, help="Best first; otherwise newest first.")
@click.option("--view", default="", metavar="NAME", help="What a kept view of this name shows; words are added to it.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many.")
@click.option("--csv", "as_csv", is_flag=True, help="Answer with a table for spreadsheets.")
@click.pass_obj
def command(
    asked: Asked, /, words: tuple[str, ...], since: datetime | None, until: datetime | None, view: str, limit: int,
    as_csv: bool, **given: Any,
) -> None:  # fmt: skip
    """Find what was said by its words: "words in a row", -without, begin*; with how many there are.

    \b
    Example:
      thirdplace search lock key --since 2026-03-01
      thirdplace search '"upper gate" -paint' --best
      thirdplace search --view "About keys" --csv > keys.csv
    """
    asked.begin()
    from django.utils import timezone

    from thirdplace.face.api import searching
    from thirdplace.face.cli import found as shown
    from thirdplace.flow import search

    community = asked.community()
    wanted = shown.wanted(
        community, " ".join(words), view=view, begin=since.date() if since else None,
        end=until.date() if until else None, **given,
    )  # fmt: skip
    now = community.now(timezone.now())
    if as_csv:
        for line in shown.sheet(community, wanted, now=now, most=limit, steward=asked.steward()):
            sys.stdout.write(line)
        return
    found = search.find(wanted, community=community, steward=asked.steward(), now=now, limit=limit)
    value = searching.answer(community, found) if asked.as_json else None
    asked.answer(value, lambda: shown.lines(community, wanted, found, now=now))

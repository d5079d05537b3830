"""`thirdplace report`: what a week or a month was like, in sentences that stand on figures."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import CommunityCommand
from thirdplace.face.cli.inert import inert
from thirdplace.foundation.translation import gettext

if TYPE_CHECKING:
    from thirdplace.flow.figures import Sentence
    from thirdplace.flow.reports import Edition, Report

WIDTH = 96


@click.command(cls=CommunityCommand)
@click.argument("name", default="", metavar="[NAME]")
@click.option(
    "--week", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="A day of the week or month, such as 2026-03-03."
)
@click.pass_obj
def command(asked: Asked, name: str, week: datetime | None) -> None:
    """Tell what a week or a month was like, and under each sentence how to see what it stands on; or list the reports.

    \b
    Example:
      thirdplace report
      thirdplace report the_week
      thirdplace report the_week --week 2026-03-03
    """
    asked.begin()
    from django.utils import timezone

    from thirdplace.face.api import editions
    from thirdplace.flow.reports import reports

    if not name:
        asked.answer([editions.report(each) for each in reports.values()], lambda: _all(reports.values()))
        return
    known = reports[name.strip().replace("-", "_")]
    found = known.edition(asked.community(), week.date() if week else None, wall=timezone.now())
    asked.answer(editions.edition(found), lambda: _lines(found))


def _all(known: "list[Report]") -> Iterator[str]:
    for each in known:
        yield f"{click.style(each.slug, bold=True)}  {gettext(each.card.headline)}"


def _lines(found: "Edition") -> Iterator[str]:
    yield click.style(f"{inert(found.community.name)}: {found.title}", bold=True)
    yield found.name
    for section in found.sections:
        yield ""
        if section.title:
            yield click.style(inert(section.title), bold=True)
        for sentence in section.sentences:
            yield from _sentence(sentence)
    yield ""
    yield gettext("Staff and bots are left out, and so is all that came later.")


def _sentence(sentence: "Sentence") -> Iterator[str]:
    from thirdplace.face.api.editions import command as behind

    yield click.wrap_text(inert(sentence.words), WIDTH, "  ", "  ")
    for one in sentence.who:
        yield f"    · {inert(one.name)}"
    if sentence.more:
        yield "    " + gettext("and %(n)s more") % {"n": sentence.more}
    if len(sentence.figures) == 1:
        yield click.style(f"    {behind(sentence.figures[0])}", dim=True)

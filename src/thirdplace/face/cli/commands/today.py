"""`thirdplace today`: the round of a day."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import CommunityCommand
from thirdplace.face.cli.inert import inert, inert_lines
from thirdplace.foundation.translation import gettext

if TYPE_CHECKING:
    from thirdplace.flow.lines import Item
    from thirdplace.flow.worklist import Day

_RINGS = {"waiting": "○", "done": "✓", "later": "…", "rested": "·"}


@click.command(cls=CommunityCommand)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="A day of the past, such as 2026-03-03.")
@click.option("--words", is_flag=True, help="Show what people wrote, and why each line is here.")
@click.pass_obj
def command(asked: Asked, on: datetime | None, words: bool) -> None:
    """Say who needs you, why, and how long it will take: the eight questions of the daily round.

    \b
    Example:
      thirdplace today
      thirdplace today --on 2026-03-03 --words
    """
    asked.begin()
    from django.utils import timezone

    from thirdplace.face.api import shapes
    from thirdplace.flow import worklist

    wanted: date | None = on.date() if on else None
    found = worklist.day(asked.community(), wanted, wall=timezone.now())
    asked.answer(shapes.day(found) if asked.as_json else None, lambda: _lines(found, words))


def _lines(found: "Day", words: bool) -> Iterator[str]:
    yield click.style(inert(found.title), bold=True)
    for told in (found.told, found.lead):
        if told:
            yield inert(told)
    for question in found.questions:
        yield ""
        yield f"{'✓' if question.answered else ' '} {question.ask}  {inert(question.answer)}"
        for line in question.items:
            yield from _line(line, words)
        if question.more_why:
            yield f"    {inert(question.more_why)}"
    if found.waiting:
        yield ""
        yield gettext("Do one of them, or take a first text for it:")
        first = found.waiting[0]
        verb = first.action.slug.replace("_", "-")
        yield f"  thirdplace do {verb} --finding {first.pk} --draft"


def _line(line: "Item", words: bool) -> Iterator[str]:
    yield f"    {_RINGS[line.state]} {line.pk:>5}  {inert(line.sentence)}"
    yield f"             {inert(' · '.join(line.meta))}"
    if not words:
        return
    if line.words is not None:
        yield inert_lines(line.words.text or line.words.title or "", indent="             │ ")
    yield f"             {inert(line.why)}"
    if line.original:
        yield f"             {inert(line.original)}"

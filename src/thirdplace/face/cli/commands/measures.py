"""`thirdplace measures`: what the numbers say."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import CommunityCommand
from thirdplace.face.cli.inert import fitted
from thirdplace.foundation.translation import gettext, gettext_noop

_VERDICTS = {
    "as_usual": gettext_noop("as usual"),
    "higher": gettext_noop("higher than usual"),
    "lower": gettext_noop("lower than usual"),
    "cannot_tell": gettext_noop("we cannot tell"),
}
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(cls=CommunityCommand)
@click.argument("name", default="", metavar="[NAME]")
@click.option(
    "--by", type=click.Choice(["day", "week", "month"]), default="week", show_default=True, help="The period."
)
@click.option("--slice", "part", default="all", help="A part: source:3, channel:…, language:nl, staff:with.")
@click.option("--begin", type=_DAY, help="The first day, such as 2026-01-01.")
@click.option("--end", type=_DAY, help="The last day.")
@click.pass_obj
def command(asked: Asked, name: str, by: str, part: str, begin: datetime | None, end: datetime | None) -> None:
    """Say what every measure stands at and what is usual; or how one went, period by period, with its uncertainty.

    \b
    Example:
      thirdplace measures
      thirdplace measures answered_share --by month
      thirdplace measures messages --slice source:2 --begin 2026-01-01
    """
    asked.begin()
    from thirdplace.face.api import figures
    from thirdplace.foundation.engine import measures

    community = asked.community()
    if not name:
        value = figures.all_standing(community, part, by)
        asked.answer(value, lambda: _all(value))
        return
    measure = measures[name.strip().replace("-", "_")]
    first, last = (each.date() if each else None for each in (begin, end))
    found = figures.series(measure, community, grain=by, slice=part, begin=first, end=last)
    whole = {**figures.definition(measure), "slice": part, "grain": by, "readings": found}
    asked.answer(whole, lambda: _one(whole))


def _all(value: list[dict[str, Any]]) -> Iterator[str]:
    question = ""
    for each in value:
        if each["question"] != question:
            question = each["question"]
            yield click.style(question, bold=True)
        said = known(each)
        yield f"  {fitted(each['title'], 44)} {said:>12}  {gettext(_VERDICTS[each['verdict']])}"
    if not value:
        yield gettext("Nothing is measured here.")


def _one(whole: dict[str, Any]) -> Iterator[str]:
    yield click.style(whole["title"], bold=True)
    yield whole["card"]["headline"]
    for each in whole["readings"]:
        said, low, high = (shown(each[which], whole["unit"]) for which in ("value", "low", "high"))
        between = gettext("%(low)s to %(high)s") % {"low": low, "high": high} if each["low"] is not None else ""
        still = gettext("not over yet") if each["open"] else ""
        yield f"  {each['begins_on']}  {said:>12}  {between:<24}  n={each['n']:<7} {still}".rstrip()
    if not whole["readings"]:
        yield gettext("We cannot tell yet: nothing has been read.")


def known(each: dict[str, Any]) -> str:
    """A measure's last reading; where it rests on too few, the few themselves or nothing, and no rate."""
    value, n, unit = each["reading"]["value"], each["reading"]["n"], each["unit"]
    if value is None or n >= each["least"]:
        return shown(value, unit)
    if unit != "share":
        return shown(None, unit)
    return gettext("%(part)s of %(n)s") % {"part": round(value * n), "n": n}


def shown(value: float | None, unit: str) -> str:
    """A value as people read it; – when we cannot tell."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{value:.0%}"
    if unit == "seconds":
        for size, name in ((86_400, gettext("d")), (3600, gettext("h")), (60, gettext("min"))):
            if value >= size:
                return f"{value / size:.1f} {name}"
        return f"{value:.0f} s"
    return f"{value:,.0f}"

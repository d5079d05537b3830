"""`thirdplace members`: who is there, and who one of them is."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import CommunityCommand
from thirdplace.face.cli.inert import fitted, inert
from thirdplace.foundation.translation import gettext

if TYPE_CHECKING:
    from thirdplace.foundation.members.models import Member

_ORDERS = {"last": "-last_at", "first": "-first_at", "spoken": "-spoken", "name": "name"}


@click.command(cls=CommunityCommand)
@click.argument("who", default="", metavar="[NAME OR NUMBER]")
@click.option("--sort", type=click.Choice(list(_ORDERS)), default="last", show_default=True, help="In which order.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=30, show_default=True, help="How many.")
@click.option("--suggested", is_flag=True, help="Only those who are perhaps staff or bots, and not marked yet.")
@click.pass_obj
def command(asked: Asked, who: str, sort: str, limit: int, suggested: bool) -> None:
    """List members, find them by a part of their name, or show one by their number.

    \b
    Example:
      thirdplace members --sort spoken
      thirdplace members ann
      thirdplace members 17
    """
    asked.begin()
    from thirdplace.face.api import members, shapes

    community = asked.community()
    if who.isdecimal():
        one = members.one(community, int(who))
        value = members.whole(one)
        asked.answer(value, lambda: _one(one, value["identities"], value["deeds"]))
        return
    found = members.found(community, name=who, suggested=suggested).order_by(_ORDERS[sort], "pk")
    total, shown = found.count(), list(found[:limit])
    value = {"total": total, "members": [shapes.member(each) for each in shown]}
    asked.answer(value, lambda: _lines(shown, total, community.tz))


def _lines(shown: "list[Member]", total: int, zone: ZoneInfo) -> Iterator[str]:
    from thirdplace.flow.charts import figure

    if not shown:
        yield gettext("Nobody.")
        return
    heads = (gettext("Number"), gettext("Name"), gettext("Spoke"), gettext("First"), gettext("Last"))
    yield f"{heads[0]:>7}  {fitted(heads[1], 32)} {heads[2]:>7}  {heads[3]:<10}  {heads[4]:<10}"
    for each in shown:
        first, last = (_day(at, zone) for at in (each.first_at, each.last_at))
        row = f"{each.pk:>7}  {fitted(each.name, 32)} {figure(each.spoken):>7}  {first:<10}  {last:<10}  {_marks(each)}"
        yield row.rstrip()
    if total > len(shown):
        yield gettext("%(shown)s of %(total)s. More with --limit.") % {
            "shown": figure(len(shown)), "total": figure(total),
        }  # fmt: skip


def _day(at: datetime | None, zone: ZoneInfo) -> str:
    """The day of a moment, where the community lives."""
    return "–" if at is None else at.astimezone(zone).date().isoformat()


def _marks(member: "Member") -> str:
    words = []
    if member.is_staff:
        words.append(gettext("staff"))
    elif member.staff_hint and member.staff_mark is None:
        words.append(gettext("staff?"))
    if member.is_bot:
        words.append(gettext("bot"))
    elif member.bot_hint and member.bot_mark is None:
        words.append(gettext("bot?"))
    return " ".join(words)


def _one(member: "Member", identities: list[dict[str, Any]], deeds: list[dict[str, Any]]) -> Iterator[str]:
    from thirdplace.flow.charts import figure

    zone = member.community.tz
    yield click.style(inert(member.name), bold=True) + f"  {_marks(member)}".rstrip()
    first, last = (_day(at, zone) for at in (member.first_at, member.last_at))
    if member.spoken > 1:
        words = {"n": figure(member.spoken), "first": first, "last": last}
        yield gettext("Spoke %(n)s times, from %(first)s to %(last)s.") % words
    else:
        told = gettext("Spoke here once, %(first)s.") % {"first": first}
        yield told if member.spoken else gettext("Is known here, and has said nothing that we have read.")
    for identity in identities:
        yield f"  {inert(identity['source_name'])}: {inert(identity['name'])} {inert(identity['handle'])}".rstrip()
    for deed in deeds:
        undone = "  " + gettext("(undone)") if deed["undone_at"] else ""
        on = _day(datetime.fromisoformat(deed["done_at"]), zone)
        yield f"  {on}  {inert(deed['sentence'])}{undone}"

"""Identities and members, made from what the lake tells of people; and taken away when it tells of them no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from thirdplace.foundation.channels.bulk import BITE, bites, insert, moment, numbers_given, update
from thirdplace.foundation.lake.told import ToldPerson
from thirdplace.foundation.members.hints import bot_hint, staff_hint
from thirdplace.foundation.members.models import Community, Identity, Member

LONGEST = 200  # characters of a name that we keep
_MEMBER = ("id", "community_id", "name", "is_staff", "is_bot", "staff_hint", "bot_hint", "spoken", "language")
_SAID = ("name", "handle", "said_bot", "said_staff", "deleted", "import_id", "joined_at")
_IDENTITY = ("community_id", "source_id", "number", "native", "member_id", *_SAID)


@dataclass
class _Kept:
    """An identity as the database has it."""

    pk: int
    member: int
    said: tuple[Any, ...]


def mirror(community: Community, told: Sequence[ToldPerson], *, whole: bool) -> bool:
    """Let the database say of people what the lake tells; whether anything changed.

    whole: `told` is everyone there is, so who is missing goes. Done again after a kill, it goes on where it was.
    """
    kept = _kept(community, None if whole or len(told) > BITE else [each.number for each in told])
    new = [each for each in told if each.number not in kept]
    other = [each for each in told if each.number in kept and _said(each) != kept[each.number].said]
    gone = [kept[number].pk for number in kept.keys() - {each.number for each in told}] if whole else []
    for bite in bites(new, BITE // 2):
        _moved(community)
        _make(community, bite)
    for bite in bites(other):
        _moved(community)
        update(Identity, _SAID, [(*_said(each), kept[each.number].pk) for each in bite])
        _settle(community, {kept[each.number].member: kept[each.number].said[0] for each in bite})
    for bite in bites(gone, BITE // 2):
        _moved(community)
        _remove(community, bite)
    return bool(new or other or gone)


def _moved(community: Community) -> None:
    """Say, in the transaction of the change, that who is who has changed."""
    Community.objects.filter(pk=community.pk).update(people_version=F("people_version") + 1)


def _kept(community: Community, numbers: list[int] | None) -> dict[int, _Kept]:
    found = Identity.objects.filter(community=community)
    if numbers is not None:
        found = found.filter(number__in=numbers)
    rows = found.values_list("number", "pk", "member_id", *_SAID)
    return {
        row[0]: _Kept(row[1], row[2], (*row[3:9], moment(row[9]) if row[9] else None))
        for row in rows.iterator(chunk_size=5000)
    }


def _said(each: ToldPerson) -> tuple[Any, ...]:
    name = each.name or each.handle or each.native
    joined_at: datetime | None = moment(each.joined_at) if each.joined_at else None
    handle = (each.handle or "")[:LONGEST]
    return name[:LONGEST], handle, each.bot, each.staff, each.deleted, each.import_id, joined_at


def _make(community: Community, people: list[ToldPerson]) -> None:
    """One member for each new identity. Numbers never used before, so that no old deed points at a newcomer."""
    first = Member.objects.create(community=community, **_member(people[0]))
    members = [(first.pk + nth, community.pk, *_member(each).values(), 0, "") for nth, each in enumerate(people)]
    insert(Member, _MEMBER, members[1:])
    numbers_given(Member)
    identities = []
    for nth, each in enumerate(people):
        whose = (community.pk, each.source, each.number, each.native[:LONGEST], first.pk + nth)
        identities.append((*whose, *_said(each)))
    insert(Identity, _IDENTITY, identities)


def _member(each: ToldPerson) -> dict[str, Any]:
    name = _said(each)[0]
    return {
        "name": name,
        "is_staff": False,
        "is_bot": each.bot,
        "staff_hint": staff_hint(said=each.staff),
        "bot_hint": bot_hint(name, said=each.bot),
    }


def _settle(community: Community, members: Mapping[int, str]) -> None:
    """Let members follow their accounts. members: each with the name that its account had.

    A member goes by an account's name as long as nobody gave another; and is a bot when one of the accounts says so,
    unless a steward said otherwise.
    """
    for member in Member.objects.filter(community=community, pk__in=members).prefetch_related("identities"):
        accounts = list(member.identities.all())
        said_bot = any(each.said_bot for each in accounts)
        if member.name == members[member.pk]:
            member.name = accounts[0].name
        member.is_bot = said_bot if member.bot_mark is None else member.bot_mark
        member.bot_hint = bot_hint(member.name, said=said_bot)
        member.staff_hint = staff_hint(said=any(each.said_staff for each in accounts))
        member.save(update_fields=["name", "is_bot", "bot_hint", "staff_hint"])


def _remove(community: Community, identities: list[int]) -> None:
    """Take identities away, and the members of whom nothing is left."""
    members = list(Identity.objects.filter(pk__in=identities).values_list("member_id", flat=True))
    Identity.objects.filter(pk__in=identities).delete()
    Member.objects.filter(community=community, pk__in=members, identities=None).delete()

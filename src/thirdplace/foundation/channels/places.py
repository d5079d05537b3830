"""Channels, made from what the lake tells of places."""

from collections.abc import Sequence
from typing import Any

from thirdplace.foundation.channels.bulk import bites, insert, update
from thirdplace.foundation.channels.models import Channel
from thirdplace.foundation.lake.told import ToldPlace
from thirdplace.foundation.members.models import Community

LONGEST = 200  # characters of a name that we keep
_SAID = ("name", "kind", "flat", "import_id")
_COLUMNS = ("community_id", "source_id", "number", "native", *_SAID)


def mirror(community: Community, told: Sequence[ToldPlace]) -> bool:
    """Let the database have the channels that the lake tells of, and no others; whether anything changed."""
    found = Channel.objects.filter(community=community).values_list("number", "pk", *_SAID)
    kept = {number: (pk, tuple(said)) for number, pk, *said in found}
    new = [each for each in told if each.number not in kept]
    other = [each for each in told if each.number in kept and _said(each) != kept[each.number][1]]
    gone = [kept[number][0] for number in kept.keys() - {each.number for each in told}]
    for bite in bites(new):
        insert(Channel, _COLUMNS, [_row(community, each) for each in bite])
    for bite in bites(other):
        update(Channel, _SAID, [(*_said(each), kept[each.number][0]) for each in bite])
    for bite in bites(gone):
        Channel.objects.filter(pk__in=bite).delete()
    return bool(new or other or gone)


def _said(each: ToldPlace) -> tuple[Any, ...]:
    return (each.name or each.native)[:LONGEST], each.kind[:40], each.flat, each.import_id


def _row(community: Community, each: ToldPlace) -> tuple[Any, ...]:
    return community.pk, each.source, each.number, each.native[:LONGEST], *_said(each)

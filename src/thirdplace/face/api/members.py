"""Looking members up, for the API and the command line."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from thirdplace.face.api import shapes
from thirdplace.flow.models import Deed
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.errors import NotFound
from thirdplace.foundation.members.models import Community, Identity, Member


def found(
    community: Community,
    *,
    name: str = "",
    source: int | None = None,
    language: str = "",
    staff: bool | None = None,
    bot: bool | None = None,
    suggested: bool = False,
) -> QuerySet[Member]:
    """Members that fit; those who never spoke included."""
    every = Member.objects.filter(community=community)
    if name:
        handles = Identity.objects.filter(community=community, handle__icontains=name)
        every = every.filter(Q(name__icontains=name) | Q(pk__in=handles.values("member_id")))
    if source is not None:
        every = every.filter(pk__in=Identity.objects.filter(community=community, source_id=source).values("member_id"))
    if language:
        every = every.filter(language=language)
    if staff is not None:
        every = every.filter(is_staff=staff)
    if bot is not None:
        every = every.filter(is_bot=bot)
    if suggested:
        staff_perhaps = Q(staff_mark=None) & ~Q(staff_hint="")
        bot_perhaps = Q(bot_mark=None, is_bot=False) & ~Q(bot_hint="")
        every = every.filter(staff_perhaps | bot_perhaps)
    return every


def one(community: Community, number: int) -> Member:
    """A member of this community by their number."""
    member = Member.objects.filter(community=community, pk=number).first()
    if member is None:
        raise NotFound(
            gettext("There is no member %(number)s here.") % {"number": number},
            gettext("Look them up among the members."),
        )
    return member


def whole(member: Member) -> dict[str, Any]:
    """A member with their accounts, and what was done for them."""
    names = dict(Source.objects.filter(community=member.community_id).values_list("pk", "name"))
    accounts = member.identities.order_by("source_id", "number")
    deeds = Deed.objects.filter(community=member.community_id, member=member).select_related("steward", "member")
    return {
        **shapes.member(member),
        "identities": [{**shapes.identity(each), "source_name": names.get(each.source_id, "")} for each in accounts],
        "deeds": [shapes.deed(each) for each in deeds.order_by("-done_at", "-pk")[:50]],
    }

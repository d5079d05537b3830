"""What came of it: whom we did something for, and how often they have spoken since. Only what is so."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext, ngettext

from thirdplace.face.web.pages import times
from thirdplace.flow.actions import actions
from thirdplace.flow.models import Deed
from thirdplace.flow.wording import Part, parts
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.connectors.base import SPOKEN
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community, Identity, Member

LOOKED_BACK = timedelta(days=14)
SHOWN = 3


@dataclass(frozen=True)
class Since:
    """A member, and what they did after a deed of ours: a sentence with them in it."""

    who: Member
    parts: list[Part]


def what_came(community: Community, *, now: datetime) -> list[Since]:
    """The last few members who spoke after something was said to them; never more than fit beside the round."""
    done = Deed.objects.filter(
        community=community, undone_at=None, done_at__gt=now - LOOKED_BACK, done_at__lte=now, member__isnull=False
    ).select_related("member")
    first: dict[int, Deed] = {}
    for deed in done.order_by("-done_at"):
        if _says(deed) and deed.member is not None and _spoke_after(deed.member, deed, now):
            first.setdefault(deed.member.pk, deed)
    return _told(community, list(first.values())[:SHOWN], now=now)


def _says(deed: Deed) -> bool:
    """Whether a deed said something to its member."""
    known = actions.get(deed.action)
    return known is not None and known.draft is not None


def _spoke_after(who: Member, deed: Deed, now: datetime) -> bool:
    """Whether they have spoken since, as far as we have read."""
    return who.last_at is not None and deed.done_at < who.last_at <= now


def _told(community: Community, chosen: Sequence[Deed], *, now: datetime) -> list[Since]:
    """How often each spoke since: one query for their accounts, then the index."""
    accounts: dict[int, list[int]] = defaultdict(list)
    known = Identity.objects.filter(community=community, member__in=[deed.member_id for deed in chosen])
    for member_id, number in known.values_list("member_id", "number"):
        accounts[member_id].append(number)
    index, made = Index(community.pk), []
    for deed in chosen:
        assert deed.member is not None
        n = index.count(identities=accounts[deed.member.pk], kinds=SPOKEN, begin=deed.done_at, end=now)
        if n:
            made.append(Since(deed.member, parts(_words(deed, n, now=now, community=community), deed.member.name)))
    return made


def _words(deed: Deed, n: int, *, now: datetime, community: Community) -> str:
    """How often, and since when; the person is set in later."""
    told = {"who": "%(who)s", "n": n, "when": times.moment(deed.done_at, now=now, zone=community.tz)}
    return (
        ngettext(
            "%(who)s has written once since we wrote to them (%(when)s).",
            "%(who)s has written %(n)s times since we wrote to them (%(when)s).",
            n,
        )
        % told
    )


def answered(deed: Deed, *, now: datetime, known_until: datetime | None) -> str:
    """Whether a deed's member has spoken since it, in a few words; "" where nothing was read since, or nothing said."""
    if deed.member is None or not _says(deed):
        return ""
    if _spoke_after(deed.member, deed, now):
        return gettext("has spoken since")
    read_since = known_until is not None and known_until > deed.done_at
    return gettext("has not spoken since") if read_since else ""


def known_until(community: Community) -> datetime | None:
    """How far anything has been read."""
    found = Source.objects.filter(community=community).aggregate(last=Max("known_until"))["last"]
    return found if isinstance(found, datetime) else None

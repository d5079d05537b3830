"""Looking deeds up: what stands, what was done on a day, what was done for a member."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from thirdplace.flow.actions import actions
from thirdplace.flow.models import Deed, SetAside
from thirdplace.flow.wording import day
from thirdplace.foundation.errors import AlreadyDone, Refused
from thirdplace.foundation.members.models import Community
from thirdplace.foundation.translation import gettext_noop

Because = SetAside.Because


_ASIDE = {
    Because.LATER: gettext_noop("Put off a line about %(who)s"),
    Because.ELSEWHERE: gettext_noop("Done elsewhere: a line about %(who)s"),
    Because.HANDLED: gettext_noop("Already handled: a line about %(who)s"),
    Because.NO_PROBLEM: gettext_noop("Not a problem here: a line about %(who)s"),
    Because.WRONG_MOMENT: gettext_noop("Right person, wrong moment: a line about %(who)s"),
    Because.FEWER: gettext_noop("Fewer lines like the one about %(who)s"),
}  # what was said of a line that was set aside


def day_of(community: Community, on: date) -> tuple[datetime, datetime]:
    """The first and the last moment of a day, in the community's zone."""
    begins = datetime.combine(on, time(), tzinfo=community.tz)
    ends = datetime.combine(on + timedelta(days=1), time(), tzinfo=community.tz)
    return begins, (ends.astimezone(UTC) - timedelta(microseconds=1)).astimezone(community.tz)  # clocks may be turned


def standing(community: Community, *, by: datetime) -> QuerySet[Deed]:
    """Deeds that had been done by a moment, and were not undone by then."""
    stood = Q(undone_at=None) | Q(undone_at__gt=by)
    return Deed.objects.filter(stood, community=community, done_at__lte=by).select_related("steward", "member")


def of_day(community: Community, on: date) -> list[Deed]:
    """What was done on a day and stands, oldest first."""
    begins, ends = day_of(community, on)
    return list(standing(community, by=ends).filter(done_at__gte=begins).order_by("done_at", "pk"))


def refuse_twice(community: Community, slugs: Collection[str], *, kind: str, subject: int, now: datetime) -> None:
    """Refuse what one of these actions has already done to a subject, saying who did it and when."""
    same = standing(community, by=now).filter(action__in=slugs, subject_kind=kind, subject=subject)
    if (deed := same.order_by("-done_at").first()) is None:
        return
    when = day(deed.done_at.astimezone(community.tz).date())
    raise AlreadyDone(
        gettext("%(who)s did this on %(day)s: “%(verb)s”.")
        % {"who": deed.steward.name, "day": when, "verb": actions[deed.action].verb},
        gettext("Open What we did to read it, or to undo it."),
    )


def refuse_below(deed: Deed, slugs: Collection[str], **same: Any) -> None:
    """Refuse to undo a deed on top of which another of these actions stands: it would be undone with it, unseen.

    same: the columns by which deeds are about the same thing.
    """
    later = Deed.objects.filter(community=deed.community, action__in=slugs, undone_at=None, pk__gt=deed.pk, **same)
    if (top := later.order_by("-pk").first()) is None:
        return
    raise Refused(
        gettext("What this deed did has been changed since: “%(deed)s”.") % {"deed": sentence(top)},
        gettext("Undo that one first: number %(number)s of What we did.") % {"number": top.pk},
    )


def sentence(deed: Deed) -> str:
    """What was done, in the past tense, with the member's name where there is one."""
    known = actions.get(deed.action)
    who = deed.member.name if deed.member else gettext("someone")
    if (aside := _ASIDE.get(deed.given.get("because", ""))) is not None:
        return gettext(aside) % {"who": who}
    return known.past(who) if known else f"{deed.action}: {who}"

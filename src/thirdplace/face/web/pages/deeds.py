"""What we did: every deed, why, from which finding, and its undo."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from thirdplace.face.web import places
from thirdplace.face.web.pages import clock, deeds_asked, sheet, signs, since, times
from thirdplace.face.web.pages.deeds_asked import DeedsAsked
from thirdplace.face.web.pages.paging import address, part
from thirdplace.face.web.request import Request
from thirdplace.flow import deeds as flow
from thirdplace.flow.actions import Action, actions
from thirdplace.flow.models import Deed
from thirdplace.flow.signals import signals
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.engine import measures
from thirdplace.foundation.members.models import Community, Member

ROWS = 30
places.page(url="deeds", title=gettext_lazy("What we did"), area="advise", order=20, covers=("do",))


@dataclass(frozen=True)
class Row:
    """A deed as the list shows it."""

    deed: Deed
    sentence: str
    sign: str
    when: str
    month: str
    from_where: str
    expects: str
    since: str
    can_undo: bool


def deeds(request: Request) -> HttpResponseBase:
    """The list and its filters."""
    community, now, wanted = request.community, clock.now(request), deeds_asked.read(request)
    if sheet.wanted(request):
        return _sheet(community, wanted, now)
    found = wanted.page(community, now, ROWS)
    shown = part(request, found, limit=ROWS, after=str(found[ROWS - 1].pk) if len(found) > ROWS else "")
    counted = wanted.deeds(community, now).order_by().aggregate(
        n=Count("pk"), undone=Count("pk", filter=Q(undone_at__isnull=False)), members=Count("member", distinct=True)
    )  # fmt: skip
    return render(request, "pages/deeds.html", {
        "asked": wanted, "list": shown, "rows": rows(shown.rows, community=community, now=now),
        "lead": _lead(counted, narrow=wanted.is_narrow), "n": counted["n"],
        "actions": [known for known in actions.values() if known.listed],
        "stewards": Account.objects.filter(deeds__community=community).distinct().order_by("pk"),
        "periods": [(days, said, address(request, since=days or None)) for days, said in deeds_asked.PERIODS.items()],
        "about": Member.objects.filter(community=community, pk=wanted.member).first() if wanted.member else None,
        "effects": list(_effects(community, now)), "as_csv": address(request, **{"as": "csv"}),
        "clear": reverse("deeds"),
    })  # fmt: skip


def rows(done: Sequence[Deed], *, community: Community, now: datetime) -> list[Row]:
    """Deeds with everything that is said of them."""
    until = since.known_until(community)
    return [_row(deed, community=community, now=now, until=until) for deed in done]


def _row(deed: Deed, *, community: Community, now: datetime, until: datetime | None) -> Row:
    """One deed. When the community's clock is set to a day, the wall says at which hour it was done."""
    known = actions.get(deed.action)
    at, clock_now = (deed.done_at, now) if community.clock_on is None else (deed.recorded_at, timezone.now())
    local = at.astimezone(community.tz)
    return Row(
        deed, flow.sentence(deed), signs.of_deed(deed), times.moment(at, now=clock_now, zone=community.tz),
        times.month(local.date(), today=clock_now.astimezone(community.tz).date()), _from(deed), _expects(deed),
        "" if deed.undone_at else since.answered(deed, now=now, known_until=until),
        known is not None and known.undo is not None and deed.undone_at is None,
    )  # fmt: skip


def _lead(counted: dict[str, int], *, narrow: bool) -> str:
    """How many deeds, for how many members, and how many were taken back. narrow: of those that were asked for."""
    if not counted["n"] and narrow:
        return gettext("None of what we did is like that.")
    if not counted["n"]:
        return gettext("Nothing yet. What you do from Today, or from anybody's page, stands here.")
    told = [
        ngettext("%(n)s deed", "%(n)s deeds", counted["n"]) % {"n": counted["n"]},
        ngettext("for %(n)s member", "for %(n)s members", counted["members"]) % {"n": counted["members"]},
    ]
    words = gettext("%(deeds)s %(members)s.") % {"deeds": told[0], "members": told[1]}
    if counted["undone"]:
        words += " " + ngettext("One was undone.", "%(n)s were undone.", counted["undone"]) % {"n": counted["undone"]}
    return words


def _from(deed: Deed) -> str:
    """Which signal it came from, in the signal's own words."""
    if not deed.signal:
        return ""
    known = signals.get(deed.signal)
    return gettext(known.card.headline) if known else deed.signal


def _expects(deed: Deed) -> str:
    """What was expected of it, as it was said then."""
    if not deed.expects:
        return ""
    measure = measures.get(deed.expects["measure"])
    told = {"measure": gettext(measure.title) if measure else deed.expects["measure"], "days": deed.expects["days"]}
    if deed.expects["direction"] == "up":
        return gettext("“%(measure)s” goes up within %(days)s days.") % told
    return gettext("“%(measure)s” goes down within %(days)s days.") % told


def _effects(community: Community, now: datetime) -> Iterator[dict[str, Any]]:
    """For each action that expects something: how many deeds have had their days, of how many we would need."""
    for known in actions.values():
        if known.expects is None:
            continue
        standing = Deed.objects.filter(community=community, action=known.slug, undone_at=None)
        ripe = standing.filter(done_at__lte=now - timedelta(days=known.expects.days)).count()
        if count := standing.count():
            yield {"action": known, "count": count, "words": _told(known, ripe)}


def _told(known: Action, ripe: int) -> str:
    """What can be said of an action's deeds together; no more than is so."""
    assert known.expects is not None
    told = {"n": ripe, "days": known.expects.days, "least": known.expects.least}
    had = ngettext("%(n)s has had its %(days)s days.", "%(n)s have had their %(days)s days.", ripe) % told
    if not ripe:
        had = gettext("None of them has had its %(days)s days yet.") % told
    if ripe < known.expects.least:
        return had + " " + gettext("What such deeds do together is told once %(least)s have.") % told
    return had + " " + gettext("That is enough to ask what they did together; we do not work that out yet.")


def _sheet(community: Community, wanted: DeedsAsked, now: datetime) -> HttpResponseBase:
    """All deeds that fit, as CSV."""
    heads = [gettext("Done"), gettext("Recorded"), gettext("What"), gettext("Member"), gettext("Text"), gettext("Why"),
             gettext("From"), gettext("Steward"), gettext("Undone"), gettext("Undone by")]  # fmt: skip
    zone = community.tz
    rows = (
        [deed.done_at.astimezone(zone), deed.recorded_at.astimezone(zone), flow.sentence(deed),
         deed.member.name if deed.member else None, deed.given.get("text"), deed.why, _from(deed), deed.steward.name,
         deed.undone_at and deed.undone_at.astimezone(zone), deed.undone_by.name if deed.undone_by else None]
        for deed in wanted.deeds(community, now).iterator(chunk_size=500)
    )  # fmt: skip
    return sheet.sheet(f"{community.slug}-what-we-did", heads, rows)


urlpatterns = [path("deeds", deeds, name="deeds")]

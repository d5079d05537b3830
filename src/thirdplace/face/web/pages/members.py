"""The members: who they are, who came in, and what can be done for all of the chosen."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from thirdplace.face.web import places
from thirdplace.face.web.pages import clock, languages, people, sheet, times, weeks
from thirdplace.face.web.pages.doing import undone
from thirdplace.face.web.pages.keys import number
from thirdplace.face.web.pages.paging import address, part
from thirdplace.face.web.pages.people import Wanted
from thirdplace.face.web.request import Request
from thirdplace.face.web.toasts import tell
from thirdplace.face.web.views.language import safe_next
from thirdplace.flow import actions as flow
from thirdplace.flow.actions import Action, actions
from thirdplace.flow.models import Deed
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.errors import AlreadyDone, ThirdplaceError
from thirdplace.foundation.members.models import Community, Identity, Member

ROWS = 30
places.page(url="members", title=gettext_lazy("Members"), area=places.TOP, icon="users-round", order=30,
            covers=("member",), tab=True)  # fmt: skip
HINTS = {
    ("staff", "format"): gettext_lazy("staff, the source says"),
    ("staff", "name"): gettext_lazy("staff, by the name"),
    ("bot", "format"): gettext_lazy("a bot, the source says"),
    ("bot", "name"): gettext_lazy("a bot, by the name"),
}


@dataclass(frozen=True)
class Row:
    """A member in the list."""

    member: Member
    kind: str
    sources: list[Source]
    seen: str
    hints: list[str]


def members(request: Request) -> HttpResponseBase:
    """The list, its views and filters."""
    community, now, wanted = request.community, clock.now(request), people.read(request)
    if sheet.wanted(request):
        return _sheet(community, wanted, now)
    found = wanted.page(community, now, ROWS)
    shown = part(request, found, limit=ROWS, after=str(found[ROWS - 1].pk) if len(found) > ROWS else "")
    counts = people.counts(community, now)
    sources = {source.pk: source for source in Source.objects.filter(community=community).order_by("name")}
    count = wanted.members(community, now).count() if wanted.is_narrow else counts[wanted.view.slug]
    rows, rhythms = _rows(community, shown.rows, sources, now)
    return render(request, "pages/members.html", {
        "wanted": wanted, "list": shown, "count": count, "sources": sources.values(),
        "views": [(view, counts[view.slug], address(request, view=view.slug)) for view in people.VIEWS],
        "rows": rows, "rhythms": rhythms, "whole": counts["everyone"],
        "languages": [(code, languages.title(code)) for code in languages.spoken(community)],
        "bulk": [known for known in actions.values() if _is_plain(known)],
        "orders": {name: _order(request, wanted, name) for name in people.ORDERS},
        "as_csv": address(request, **{"as": "csv"}), "clear": f"{reverse('members')}?view={wanted.view.slug}",
    })  # fmt: skip


def _rows(
    community: Community, shown: Sequence[Member], sources: dict[int, Source], now: datetime
) -> tuple[list[Row], dict[int, SafeString]]:
    """The rows with where each member is known, and their last weeks: one query for all."""
    known: dict[int, set[int]] = defaultdict(set)
    accounts: dict[int, list[int]] = defaultdict(list)
    where = Identity.objects.filter(community=community, member__in=[member.pk for member in shown])
    for member_id, source_id, account in where.values_list("member_id", "source_id", "number"):
        known[member_id].add(source_id)
        accounts[member_id].append(account)
    late = now - timedelta(weeks=weeks.WEEKS)
    spoke = {member.pk: accounts[member.pk] for member in shown if member.last_at and member.last_at > late}
    rows = [
        _row(member, [sources[pk] for pk in sorted(known[member.pk]) if pk in sources], now=now, zone=community.tz)
        for member in shown
    ]
    return rows, weeks.sparks(community, spoke, now=now)


def _row(member: Member, found: list[Source], *, now: datetime, zone: ZoneInfo) -> Row:
    """A member as the list shows them."""
    seen = times.brief(member.last_at, now=now, zone=zone) if member.last_at else ""
    return Row(member, kind_of(member, now), found, seen, list(_hints(member)))


def kind_of(member: Member, now: datetime) -> str:
    """What a member is here, in a word or two."""
    if member.is_bot:
        return gettext("bot")
    if member.is_staff:
        return gettext("staff")
    if member.first_at is None or member.last_at is None:
        return gettext("has not spoken")
    if member.first_at > now - people.NEW:
        return gettext("newcomer")
    if member.last_at <= now - people.QUIET:
        return gettext("quiet")
    return gettext("regular") if member.spoken >= people.REGULAR else gettext("member")


def _hints(member: Member) -> Iterator[str]:
    """Why we suggest a mark, as long as nobody has said."""
    if member.staff_hint and member.staff_mark is None:
        yield str(HINTS.get(("staff", member.staff_hint), gettext("perhaps staff")))
    if member.bot_hint and member.bot_mark is None and not member.is_bot:
        yield str(HINTS.get(("bot", member.bot_hint), gettext("perhaps a bot")))


def _is_plain(known: Action) -> bool:
    """Whether an action needs nothing but the member: only such can be done for many at once."""
    return known.listed and known.subject is not None and known.subject.kind == "member" and not known.asks


def _order(request: Request, wanted: Wanted, name: str) -> dict[str, str]:
    """A column's head: where it leads, and how it is sorted now."""
    here = wanted.order == name
    turned = f"-{name}" if here and wanted.upwards == (name == "name") else name
    return {
        "to": address(request, order=turned),
        "sort": ("ascending" if wanted.upwards else "descending") if here else "",
    }


def _sheet(community: Community, wanted: Wanted, now: datetime) -> HttpResponseBase:
    """All members of the view, as CSV."""
    heads = [gettext("Number"), gettext("Name"), gettext("What"), gettext("First words"), gettext("Last words"),
             gettext("Messages"), gettext("Language"), gettext("Staff"), gettext("Bot")]  # fmt: skip
    zone = community.tz
    rows = (
        [member.pk, member.name, kind_of(member, now), member.first_at and member.first_at.astimezone(zone),
         member.last_at and member.last_at.astimezone(zone), member.spoken, member.language,
         member.is_staff, member.is_bot]
        for member in wanted.members(community, now).iterator(chunk_size=1000)
    )  # fmt: skip
    return sheet.sheet(f"{community.slug}-{wanted.view.slug}", heads, rows)


@require_POST
def many(request: Request) -> HttpResponseBase:
    """Do the same for every chosen member; each is a deed of its own, all undone together."""
    known, going = actions[request.POST.get("action", "")], safe_next(request, reverse("members"))
    chosen = [pk for pk in map(number, request.POST.getlist("member")[:500]) if pk is not None]
    if not chosen or not _is_plain(known):
        raise ThirdplaceError(gettext("Nobody was chosen."), gettext("Tick the members it is for, then try again."))
    made, passed = _each(request, known, chosen)
    words = ngettext("%(verb)s: %(n)s member.", "%(verb)s: %(n)s members.", len(made)) % {
        "verb": known.verb,
        "n": len(made),
    }
    if passed:
        words += " " + ngettext("%(n)s was so already.", "%(n)s were so already.", passed) % {"n": passed}
    back = urlencode([*(("deed", deed.pk) for deed in made), ("next", going)])
    return tell(request, HttpResponseRedirect(going), words, undo=f"{reverse('undo_many')}?{back}" if made else "")


def _each(request: Request, known: Action, chosen: list[int]) -> tuple[list[Deed], int]:
    """The deeds, and for how many nothing was to be done."""
    made, passed = [], 0
    assert known.subject is not None
    for pk in chosen:
        try:
            given: dict[str, Any] = {known.subject.name: pk}
            made.append(flow.perform(known.slug, community=request.community, steward=request.steward,
                                     now=clock.now(request), why="", **given))  # fmt: skip
        except AlreadyDone:
            passed += 1
    return made, passed


@require_POST
def undo_many(request: Request) -> HttpResponseBase:
    """Take back what was done for many at once."""
    chosen = [pk for pk in map(number, request.GET.getlist("deed")[:500]) if pk is not None]
    standing: list[Any] = list(Deed.objects.filter(community=request.community, pk__in=chosen, undone_at=None))
    for deed in standing:
        flow.undo(deed, steward=request.steward, now=clock.now(request))
    words = ngettext("Undone: %(n)s deed.", "Undone: %(n)s deeds.", len(standing)) % {"n": len(standing)}
    return undone(request, words, otherwise=reverse("members"))


urlpatterns = [
    path("members", members, name="members"),
    path("members/do", many, name="members_do"),
    path("deeds/undo", undo_many, name="undo_many"),
]

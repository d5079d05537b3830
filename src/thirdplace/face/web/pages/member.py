"""One member: who this is, how things are with them, what we did, and how we know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from thirdplace.face.web.pages import clock, facts, times
from thirdplace.face.web.pages import deeds as deed_page
from thirdplace.face.web.pages.forms import named
from thirdplace.face.web.pages.members import kind_of
from thirdplace.face.web.pages.timeline import timeline
from thirdplace.face.web.request import Request
from thirdplace.flow import charts
from thirdplace.flow.actions import Action, actions
from thirdplace.flow.advice import Advice, advice
from thirdplace.flow.dates import date_format
from thirdplace.flow.models import Deed, Finding
from thirdplace.flow.signals import signals
from thirdplace.flow.wording import parts
from thirdplace.foundation.connectors.base import SPOKEN
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community, Identity, Member

WEEKS = 52
SHOWN = 3  # deeds above the timeline


@dataclass(frozen=True)
class Noticed:
    """What a signal noticed about them today: a word for a chip, and what usually helps."""

    word: str
    why: str
    advice: Advice | None
    since: datetime
    about_them: bool  # rather than about something they said


@dataclass(frozen=True)
class Rhythm:
    """Their messages a week over a year, drawn and in words."""

    svg: SafeString
    words: str
    weeks: list[int]


def member(request: Request, pk: int) -> HttpResponseBase:
    """The page of a member."""
    community, now = request.community, clock.now(request)
    who = get_object_or_404(Member.objects.select_related("community"), pk=pk, community=community)
    known = list(Identity.objects.filter(community=community, member=who).order_by("joined_at", "pk"))
    done = list(Deed.objects.filter(community=community, member=who).select_related("steward", "undone_by", "member")
                .order_by("-done_at", "-pk")[:200])  # fmt: skip
    numbers = [each.number for each in known]
    seen = noticed(community, who, clock.today(request))
    since = next((each.since for each in seen if each.about_them), None)
    drawn = rhythm(who, numbers, quiet_since=since, now=now)
    offered = [each for each in actions.values() if each.listed and each.subject and each.subject.kind == "member"]
    return render(request, "pages/member.html", {
        "who": who, "kind": kind_of(who, now), "rhythm": drawn,
        "lead": lead(who, drawn.weeks if drawn else [], now=now, community=community),
        "noticed": seen,
        "deeds": deed_page.rows(done[:SHOWN], community=community, now=now),
        "timeline": timeline(request, numbers, done, community=community, now=now),
        "facts": list(facts.facts(community, who, known, done, now=now)), "accounts": facts.accounts(community, known),
        "notes": who.notes.select_related("steward").order_by("-written_at")[:20],
        **_buttons(offered, who),
    })  # fmt: skip


def _buttons(offered: Sequence[Action], who: Member) -> dict[str, Any]:
    """What can be done here: words to them first, then what is written down, then marks that make a difference."""
    said = [(each, named(each, who)) for each in offered if each.draft is not None and not who.is_bot]
    written = [(each, each.verb) for each in offered if each.draft is None and each.asks]
    return {
        "said": said,
        "written": written,
        "marks": [each for each in offered if not each.asks and _changes(each, who)],
    }


def _changes(known: Action, who: Member) -> bool:
    """Whether an action would change anything about them: nobody is marked twice, nor unmarked who is not."""
    marks = {"mark_bot": not who.is_bot, "unmark_bot": who.is_bot,
             "mark_staff": not who.is_staff, "unmark_staff": who.is_staff}  # fmt: skip
    return marks.get(known.slug, True)


def rhythm(who: Member, numbers: Sequence[int], *, quiet_since: datetime | None, now: datetime) -> Rhythm | None:
    """What they said a week, over the last year; None when that is nothing. quiet_since: weeks that stand out."""
    if not numbers:
        return None
    begin = now - timedelta(weeks=WEEKS)
    community = who.community
    first, _step, weeks = Index(community.pk).over_time(
        identities=numbers, kinds=SPOKEN, begin=begin, end=now, bars=WEEKS
    )
    if not any(weeks):
        return None
    days = [(first + timedelta(weeks=nth)).astimezone(community.tz).date() for nth in range(WEEKS)]
    begun = next(nth for nth, n in enumerate(weeks) if n)
    before = who.first_at is not None and who.first_at < first + timedelta(weeks=begun)
    points = [
        charts.Point(name=_month(on), value=n if before or nth >= begun else None, long=_week(on))
        for nth, (on, n) in enumerate(zip(days, weeks, strict=True))
    ]
    late = [nth for nth in range(WEEKS) if quiet_since and first + timedelta(weeks=nth) > quiet_since]
    svg = charts.histogram(points, what=gettext("messages a week"), height=84, chosen=late).svg
    return Rhythm(svg, _in_words(weeks), weeks)


def _month(on: date) -> str:
    return date_format(on, "M Y" if on.month == 1 else "M")


def _week(on: date) -> str:
    return gettext("week from %(day)s") % {"day": date_format(on, "j F Y")}


def _in_words(weeks: Sequence[int]) -> str:
    """What the strip says."""
    spoke = sum(n > 0 for n in weeks)
    return ngettext(
        "%(all)s messages in a year, in %(n)s week of %(weeks)s; %(last)s in the last four weeks.",
        "%(all)s messages in a year, in %(n)s weeks of %(weeks)s; %(last)s in the last four weeks.",
        spoke,
    ) % {"all": sum(weeks), "n": spoke, "weeks": len(weeks), "last": sum(weeks[-4:])}


def lead(who: Member, weeks: Sequence[int], *, now: datetime, community: Community) -> str:
    """Who this is, in two sentences."""
    if who.first_at is None or who.last_at is None:
        return gettext("Is known here, and has said nothing that we have read.")
    first = times.moment(who.first_at, now=now, zone=community.tz)
    last = times.ago(who.last_at.astimezone(community.tz).date(), now.astimezone(community.tz).date())
    if who.spoken == 1:
        return gettext("Spoke here once, %(first)s.") % {"first": first}
    told = ngettext(
        "Has said %(n)s thing here since %(first)s, the last of them %(last)s.",
        "Has said %(n)s things here since %(first)s, the last of them %(last)s.",
        who.spoken,
    ) % {"n": who.spoken, "first": first, "last": last}
    return f"{told} {_pace(weeks)}".strip()


def _pace(weeks: Sequence[int]) -> str:
    """How often before, how often lately; nothing where a year is too short to tell."""
    spoke = [nth for nth, n in enumerate(weeks) if n]
    if len(spoke) < 8 or spoke[0] > len(weeks) - 16:
        return ""
    before = weeks[spoke[0] : -4]
    usual, late = sum(before) / len(before), sum(weeks[-4:]) / 4
    if usual < 1:
        return gettext("Over the year that is less than one message a week.")
    return gettext("Until four weeks ago that was about %(usual)s a week; since then, %(late)s.") % {
        "usual": round(usual), "late": round(late) if late >= 1 or late == 0 else gettext("less than one"),
    }  # fmt: skip


def noticed(community: Community, who: Member, today: date) -> list[Noticed]:
    """What today's signals say of them."""
    found = Finding.objects.filter(community=community, on=today, member=who).order_by("-weight")
    return [
        Noticed(
            _point(each.signal),
            gettext(signals[each.signal].card.headline),
            advice(each.signal),
            each.began_at,
            signals[each.signal].subject == "member",
        )
        for each in found
        if each.signal in signals
    ][:3]


def _point(slug: str) -> str:
    """The point of a signal's line: going quiet, nobody has replied."""
    return " ".join(part.text for part in parts(gettext(signals[slug].line), "") if part.kind == "strong")


urlpatterns = [path("members/<int:pk>", member, name="member")]

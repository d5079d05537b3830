"""Today: the round of eight questions, any day of the past, and the day done."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from thirdplace.face.web import places
from thirdplace.face.web.pages import clock, doing_well, more, signs, since, times
from thirdplace.face.web.pages.line import Line, lines
from thirdplace.face.web.pages.more import More
from thirdplace.face.web.request import Request
from thirdplace.face.web.toasts import tell
from thirdplace.flow import charts, deeds, findings, reflections, worklist
from thirdplace.flow.actions import actions
from thirdplace.flow.models import Deed, Finding, Reflection, SetAside
from thirdplace.flow.resting import Rest
from thirdplace.flow.signals import signals
from thirdplace.flow.worklist import Day, Question

WAITING = "_waiting_today"  # on a request whose page has counted them already
PUT_AWAY = set(SetAside.Because) - {SetAside.Because.ELSEWHERE, SetAside.Because.HANDLED}  # no thing that was done
LONGEST_SITTING = timedelta(hours=4)  # a longer stretch between first and last deed was not one sitting


def _waiting(request: Request) -> int | None:
    """How many lines wait today, as last noticed."""
    shown: int | None = request.__dict__.get(WAITING)
    if shown is not None:
        return shown
    community, today = request.community, clock.today(request)
    found = Finding.objects.filter(community=community, on=today).select_related("member")
    known = [finding for finding in found if finding.signal in signals]
    if not known:
        return None
    rest = Rest(community, on=today, now=clock.now(request))
    return sum(rest.item(finding).state == "waiting" for finding in known)


places.page(url="today", title=gettext_lazy("Today"), area=places.TOP, icon="sun", order=10,
            covers=("line", "reflect"), count=_waiting, tab=True)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A question with its lines."""

    question: Question
    waiting: list[Line]
    done: list[Line]
    later: list[Line]
    more: More | None = None

    @property
    def is_calm(self) -> bool:
        """Whether it is one quiet line."""
        return not (self.waiting or self.done or self.question.more)

    @property
    def more_why(self) -> str:
        """How many more there are, and why they are folded away."""
        return self.question.more_why


def today(request: Request) -> HttpResponseBase:
    """The round of today, or of the day asked for; when all is done, what was done."""
    day = worklist.day(request.community, clock.asked_day(request), wall=timezone.now())
    if day.on == day.today:
        request.__dict__[WAITING] = sum(len(each.waiting) + each.more for each in day.questions)
    if day.on == day.today and day.is_done and "round" not in request.GET and "line" not in request.GET:
        return render(request, "pages/today_done.html", _done(request, day))
    told = about(request, day)
    now = findings.moment(request.community, day.on, wall=timezone.now())
    told["well"] = doing_well.lately(request.community, on=day.on, today=day.today, now=now)
    told["since"] = since.what_came(request.community, now=clock.now(request)) if day.on == day.today else []
    return render(request, "pages/today.html", told)


def about(request: Request, day: Day) -> dict[str, Any]:
    """What the page and its fragments say of a day."""
    here = day.on == day.today
    opened = request.GET.get("line", "")
    made = lines(day, acts=here)
    parts = [
        Part(each, [made[item.pk] for item in each.waiting], [made[item.pk] for item in each.done],
             [made[item.pk] for item in each.later],
             more.part(each, acts=here, begin=0) if each.slug == request.GET.get("more") else None)
        for each in day.questions
    ]  # fmt: skip
    first = next((line for part in parts for line in part.waiting), None)
    return {
        "day": day, "parts": [part for part in parts if not part.is_calm],
        "calm": [part for part in parts if part.is_calm],
        "ring": ring(day),
        "open": int(opened) if opened.isdigit() else (first.item.pk if first and here and not opened else None),
        "here": here, "name": times.day(day.on, today=timezone.localdate()),
        "before": day.on - timedelta(days=1), "after": day.on + timedelta(days=1) if not here else None,
        "ended": day.ended if day.ended and day.on > day.ended else None,
        "last_days": worklist.last_days(request.community) if day.ended else [], "begins": day.begins,
    }  # fmt: skip


def ring(day: Day) -> SafeString:
    """The round as a ring: an arc a question."""
    whole = len(day.questions)
    label = gettext("%(n)s of %(whole)s questions answered") % {"n": day.answered, "whole": whole}
    words = gettext("%(n)s of %(whole)s") % {"n": day.answered, "whole": whole}
    return charts.ring(day.answered, whole, words=words, label=label)


def _done(request: Request, day: Day) -> dict[str, Any]:
    """What the page of a day done says."""
    back = worklist.coming_back(request.community, wall=timezone.now())
    tomorrow, week = day.on + timedelta(days=1), day.on + timedelta(days=7)
    kept = Reflection.objects.filter(community=request.community, on=day.on, steward=request.steward).first()
    return {
        "day": day, "lead": _lead(day), "name": times.day(day.on),
        "deeds": [(deed, deeds.sentence(deed), signs.of_deed(deed), actions.get(deed.action)) for deed in day.deeds],
        "kept": kept, "others": [each for each in reflections.of(request.community, day.on) if each != kept],
        "soon": [item for item in back if item.until_at], "back": [item for item in back if item.until == tomorrow],
        "week": [item for item in back if item.until and tomorrow < item.until <= week],
        "more": sum(question.more for question in day.questions),
    }  # fmt: skip


def _lead(day: Day) -> str:
    """What was done, how long it took, and how many heard from us: only what is so."""
    n = sum(deed.given.get("because") not in PUT_AWAY for deed in day.deeds)
    if not n:
        return gettext("You put away what did not need you.")
    done = ngettext("You did one thing", "You did %(n)s things", n) % {"n": n}
    heard = len({deed.member_id for deed in day.deeds if deed.member_id and deed.given.get("text") and _says(deed)})
    told = ngettext("one person heard from you", "%(n)s people heard from you", heard) % {"n": heard}
    took = day.deeds[-1].recorded_at - day.deeds[0].recorded_at
    if timedelta(minutes=2) <= took <= LONGEST_SITTING:
        length = times.span(took)
        if heard:
            return gettext("%(done)s in %(length)s, and %(told)s.") % {"done": done, "length": length, "told": told}
        return gettext("%(done)s in %(length)s.") % {"done": done, "length": length}
    if heard:
        return gettext("%(done)s, and %(told)s.") % {"done": done, "told": told}
    return gettext("%(done)s.") % {"done": done}


def _says(deed: Deed) -> bool:
    """Whether a deed said something to its member."""
    known = actions.get(deed.action)
    return known is not None and known.draft is not None


@require_POST
def reflect(request: Request) -> HttpResponseBase:
    """Keep a few words about the day."""
    on = findings.today(request.community, wall=timezone.now())
    kept = reflections.keep(
        request.community, steward=request.steward, on=on, now=clock.now(request),
        text=request.POST.get("text", ""), differently=request.POST.get("differently", ""),
    )  # fmt: skip
    words = gettext("Kept. The day is closed.") if kept else gettext("Nothing was written, so nothing is kept.")
    return tell(request, HttpResponseRedirect(reverse("today")), words)


urlpatterns = [path("today", today, name="today"), path("today/reflect", reflect, name="reflect")]

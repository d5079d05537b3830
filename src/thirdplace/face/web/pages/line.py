"""A line of Today: shown, answered in place, put off, or set aside; and what stands around its message."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from thirdplace.face.web.pages import clock, times
from thirdplace.face.web.pages.cast import Cast
from thirdplace.face.web.pages.forms import Blank, blanks, unspoken, written
from thirdplace.face.web.request import Request
from thirdplace.face.web.toasts import by_htmx, tell
from thirdplace.flow import clocks, deeds, worklist
from thirdplace.flow.actions import actions, perform
from thirdplace.flow.lines import Item
from thirdplace.flow.models import Deed, Finding, SetAside
from thirdplace.flow.wording import Part, parts
from thirdplace.flow.worklist import Day
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.index import Message

Because = SetAside.Because
AROUND = timedelta(hours=3)
AFTERNOON = ("afternoon", gettext_lazy("This afternoon"), "coffee")
LATER = (("1", gettext_lazy("Tomorrow morning"), "sunrise"), ("7", gettext_lazy("In a week"), "calendar"),
         ("", gettext_lazy("Until something changes"), "refresh-cw"))  # fmt: skip
NOT_USEFUL = ((Because.HANDLED, "check"), (Because.NO_PROBLEM, "x"), (Because.WRONG_MOMENT, "scale"),
              (Because.FEWER, "bell-off"))  # fmt: skip


@dataclass
class Line:
    """An item of the round as the page shows it. acts: whether anything can be done from here."""

    item: Item
    acts: bool
    deed: Deed | None = None
    error: ThirdplaceError | None = None
    typed: dict[str, str] | None = None

    @cached_property
    def blanks(self) -> list[Blank]:
        """The fields of its main action."""
        return blanks(self.item.action, self.item.draft, self.item.language, self.typed)

    @property
    def usually(self) -> SafeString:
        """What usually helps, in a sentence or two."""
        found = self.item.advice
        return found.html(found.body[0]) if found and found.body else SafeString("")

    @property
    def advised(self) -> list[tuple[str, SafeString]]:
        """The rest of the advice: its paragraphs, then what rarely helps and how sure we are, each with its label."""
        found = self.item.advice
        if found is None:
            return []
        more = [(found.labels[1], found.html(found.rarely)), (found.labels[2], found.html(found.sure))]
        return [*(("", found.html(paragraph)) for paragraph in found.body[1:]), *more]

    @property
    def tomorrow(self) -> date:
        """The first day that it can be put off to."""
        return self.item.finding.on + timedelta(days=1)

    @property
    def why(self) -> list[Part]:
        """Why it is here, cut up for the page."""
        return parts(self.item.why, self.item.who)

    @property
    def told(self) -> str:
        """What was done, when the line rests."""
        if self.deed is not None and self.deed.action != "set_aside":
            return deeds.sentence(self.deed)
        if self.item.aside is not None:
            return str(Because(self.item.aside.because).label)
        return deeds.sentence(self.deed) if self.deed else ""

    @property
    def can_undo(self) -> bool:
        """Whether its deed can be taken back from here."""
        known = actions.get(self.deed.action) if self.deed else None
        return known is not None and known.undo is not None and self.acts

    @property
    def later(self) -> Any:
        """When it may come back; this afternoon only before it has begun."""
        return LATER if clocks.afternoon(self.item.community, now=self.item.now) is None else (AFTERNOON, *LATER)

    @property
    def prepares(self) -> bool:
        """Whether its main action prepares a text that is said elsewhere."""
        return self.item.action.draft is not None

    @property
    def unspoken(self) -> str:
        """What to know of the first text, when it is not in their language."""
        return unspoken(written(self.item.member, self.item.words)) if self.prepares else ""

    @property
    def stands_still(self) -> str:
        """What a reader must know who puts off until a day, where days do not pass by themselves; "" where they do."""
        on = self.item.community.clock_on
        if on is None:
            return ""
        return gettext("The clock stands at %(day)s: another day comes when you move it in Settings.") % {
            "day": times.day(on)
        }

    @property
    def not_useful(self) -> Any:
        """Why it may not be useful, each with its icon."""
        return [(because.value, because.label, icon) for because, icon in NOT_USEFUL]


def lines(day: Day, *, acts: bool) -> dict[int, Line]:
    """The lines of a day by their number, each with the deed that laid it to rest."""
    last: dict[tuple[str, int | None], Deed] = {}
    for deed in day.deeds:
        last[deed.signal, deed.finding_subject] = deed
    every = [item for question in day.questions for item in (*question.items, *question.later)]
    return {
        item.pk: Line(item, acts, item.deed or last.get((item.finding.signal, item.finding.subject))) for item in every
    }


@require_POST
def answer(request: Request, finding_id: int) -> HttpResponseBase:
    """Do what was chosen about a line, and return it as it now stands."""
    finding = _finding(request, finding_id)
    try:
        deed = _carry_out(request, finding)
    except ThirdplaceError as error:
        return _refused(request, finding, error)
    undo = reverse("undo", args=[deed.pk]) if actions[deed.action].undo else ""
    words = f"{_in_words(deed)}."
    day = worklist.day(request.community, finding.on, wall=timezone.now())
    if not by_htmx(request):
        return tell(request, HttpResponseRedirect(f"{reverse('today')}?round#line-{finding.pk}"), words, undo=undo)
    if day.on == day.today and day.is_done:
        return _all_done(request, words, undo)
    return tell(request, _as_it_stands(request, day, finding), words, undo=undo)


def _carry_out(request: Request, finding: Finding) -> Deed:
    """The main action with what was typed; or the line put off, ticked or called not useful."""
    how, _, more = request.POST.get("as", "do").partition(":")
    common: dict[str, Any] = {
        "community": request.community, "steward": request.steward, "now": clock.now(request), "finding": finding,
        "why": request.POST.get("why", ""),
    }  # fmt: skip
    if how == "do":
        item = worklist.item_for(finding, wall=timezone.now())
        names = {asked.name for asked in item.action.asks}
        given: dict[str, Any] = {name: request.POST[name] for name in names if name in request.POST}
        if item.action.subject is not None:
            given[item.action.subject.name] = item.subject
        return perform(item.action.slug, **common, **given)
    because = {"tick": Because.ELSEWHERE, "later": Because.LATER}.get(how) or more
    if (how, more) == ("later", "afternoon"):
        return perform("set_aside", **common, because=because, this_afternoon=True)
    return perform("set_aside", **common, because=because, until=_until(request, how, more))


def _until(request: Request, how: str, more: str) -> date | str | None:
    """The day on which a line comes back, if one was named."""
    if how != "later":
        return None
    if more == "day":
        return request.POST.get("until") or None
    return clock.today(request) + timedelta(days=int(more)) if more.isdigit() else None


def _in_words(deed: Deed) -> str:
    """What a toast says was done."""
    because = deed.given.get("because")
    if because == Because.ELSEWHERE:
        return gettext("Marked as done elsewhere. Nothing was sent")
    if because == Because.LATER:
        until = deed.given.get("until")
        if deed.given.get("this_afternoon"):
            return gettext("Put off until this afternoon")
        if not until:
            return gettext("Put off until something changes")
        return gettext("Put off until %(day)s") % {"day": times.day(date.fromisoformat(until))}
    if because:
        return gettext("Set aside: %(because)s") % {"because": Because(because).label}
    return deeds.sentence(deed)


def _refused(request: Request, finding: Finding, error: ThirdplaceError) -> HttpResponseBase:
    """The line with what is wrong beside it, and what was typed kept."""
    item = worklist.item_for(finding, wall=timezone.now())
    line = Line(item, True, error=error, typed=request.POST.dict())
    if by_htmx(request):
        return render(request, "pages/line.html", {"line": line, "open": item.pk}, status=error.status)
    return render(request, "pages/line_page.html", {"line": line, "open": item.pk}, status=error.status)


def _as_it_stands(request: Request, day: Day, finding: Finding) -> HttpResponseBase:
    """The line, and with it the head of the page and its question's answer, which changed too."""
    from thirdplace.face.web.pages.today import about

    told = about(request, day)
    shown = lines(day, acts=True)
    question = next(
        (each for each in day.questions if any(finding.pk == one.pk for one in (*each.items, *each.later))), None
    )
    told |= {"line": shown.get(finding.pk), "question": question, "open": None, "pk": finding.pk}
    told["count"] = sum(len(each.waiting) + each.more for each in day.questions)
    return render(request, "pages/line_answered.html", told)


def _all_done(request: Request, words: str, undo: str) -> HttpResponseBase:
    """The round is done: go to what was done, where the toast is shown."""
    from django.contrib import messages
    from django.http import HttpResponse

    messages.info(request, words, extra_tags=undo)
    return HttpResponse(headers={"HX-Redirect": reverse("today")})


@require_GET
def around(request: Request, finding_id: int) -> HttpResponseBase:
    """What was said right before and after their words."""
    item = worklist.item_for(_finding(request, finding_id), wall=timezone.now())
    said = _near(item.words, item.context) if item.words is not None else []
    cast = Cast(request.community, said)
    turns = [(one, cast.who(one.identity), item.words is not None and one.cursor < item.words.cursor) for one in said]
    return render(request, "pages/around.html", {"turns": turns})


def _near(words: Message, said: list[Message]) -> list[Message]:
    """Of what stands around a message, what belongs to it: its thread; in running talk, the hours around it."""
    others = [one for one in said if one.key != words.key]
    if words.thread is not None:
        return others
    return [one for one in others if abs(one.happened_at - words.happened_at) <= AROUND]


def _finding(request: Request, pk: int) -> Finding:
    """A finding of this community."""
    found = Finding.objects.select_related("member", "community")
    return get_object_or_404(found, pk=pk, community=request.community)


urlpatterns = [
    path("today/<int:finding_id>", answer, name="line"),
    path("today/<int:finding_id>/around", around, name="line_around"),
]

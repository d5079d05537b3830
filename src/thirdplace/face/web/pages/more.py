"""The lines of a question that do not fit in a morning: folded away, fetched when they are opened, done like others."""

from dataclasses import dataclass

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from thirdplace.face.web.pages import clock
from thirdplace.face.web.pages.keys import number
from thirdplace.face.web.pages.line import Line
from thirdplace.face.web.request import Request
from thirdplace.flow import worklist
from thirdplace.flow.worklist import Question

ROWS = 20


@dataclass(frozen=True)
class More:
    """A stretch of the folded lines. further: where the next begins; None after the last."""

    slug: str
    lines: list[Line]
    further: int | None


def part(question: Question, *, acts: bool, begin: int) -> More:
    """A stretch of a question's folded lines, with their words."""
    shown = question.rest[begin : begin + ROWS]
    if shown:
        worklist.show(shown[0].community, shown)
    end = begin + ROWS
    return More(question.slug, [Line(item, acts) for item in shown], end if end < len(question.rest) else None)


@require_GET
def rest(request: Request, slug: str) -> HttpResponseBase:
    """The folded lines of a question on a day, from the one asked for."""
    day = worklist.day(request.community, clock.asked_day(request), wall=timezone.now())
    question = next((each for each in day.questions if each.slug == slug), None)
    if question is None:
        raise Http404
    begin = min(number(request.GET.get("from")) or 0, len(question.rest))
    found = part(question, acts=day.on == day.today, begin=max(begin, 0))
    return render(request, "pages/line_more.html", {"more": found, "day": day, "open": None})


urlpatterns = [path("today/more/<slug:slug>", rest, name="line_more")]

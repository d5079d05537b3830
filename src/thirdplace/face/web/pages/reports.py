"""Reports: what there are, and each as a sheet that can be read, printed and taken along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET

from thirdplace.face.web import places
from thirdplace.face.web.pages import clock, markdown
from thirdplace.face.web.request import Request
from thirdplace.flow import charts
from thirdplace.flow import reports as flow
from thirdplace.flow.figures import Figure, Sentence
from thirdplace.flow.reports import Edition, Report
from thirdplace.foundation.engine import Period

places.page(url="reports", title=gettext_lazy("Reports"), area="analyse", order=70, covers=("report",))
KEY = 4  # figures at the head of a sheet


@dataclass(frozen=True)
class Said:
    """A sentence as the sheet shows it. spark: the last periods, where there is one figure of a measure."""

    sentence: Sentence
    opens: list[tuple[str, str]]
    spark: SafeString | str


@dataclass(frozen=True)
class Part:
    """A heading with its sentences."""

    title: str
    said: list[Said]


@dataclass(frozen=True)
class Key:
    """A figure of the head."""

    figure: Figure
    to: str


@dataclass(frozen=True)
class Listed:
    """A report of the catalogue, with its last editions by name and address."""

    report: Report
    title: str
    headline: str
    how_often: str
    editions: list[tuple[str, str]]


def opens(figure: Figure) -> str:
    """The page of what is behind a figure."""
    if figure.sort == "measure":
        part = figure.part
        cut = {name: value for name in ("source", "channel", "language") if (value := getattr(part, name)) is not None}
        query = {"grain": figure.grain, "on": figure.begins_on.isoformat(), "staff": part.staff, **cut}
        return f"{reverse('measure', args=[figure.name])}?{urlencode(query)}#which"
    if figure.sort == "question":
        return f"{reverse('today')}?{urlencode({'on': figure.last_on.isoformat()})}"
    if figure.sort == "deeds":
        days = {"from": figure.begins_on.isoformat(), "until": figure.last_on.isoformat()}
        return f"{reverse('deeds')}?{urlencode({**days, **({'action': figure.name} if figure.name else {})})}"
    return reverse("source", args=[int(figure.name)])


@require_GET
def reports(request: Request) -> HttpResponseBase:
    """The catalogue: every report, with its last editions."""
    listed = [_listed(request, each) for each in flow.reports.values()]
    return render(request, "pages/reports.html", {"reports": listed, "known": any(each.editions for each in listed)})


def _listed(request: Request, known: Report) -> Listed:
    periods = flow.periods(known, request.community, wall=timezone.now())
    often = gettext("every week") if known.period == "week" else gettext("every month")
    named = [(flow.capital_named(each.begins_on, known.period), _to(known, each)) for each in periods]
    return Listed(known, gettext(known.title), gettext(known.card.headline), often, named)


@require_GET
def report(request: Request, slug: str) -> HttpResponseBase:
    """One report of one period, as it was known by its end."""
    known = flow.reports[slug]
    found = known.edition(request.community, clock.asked_day(request, "begins"), wall=timezone.now())
    if request.GET.get("as") == "md":
        return _file(request, found)
    last = known.last(request.community, wall=timezone.now())
    after = Period.of(found.period.ends_on, known.period)
    return render(request, "pages/report.html", {
        "found": found, "opening": _opening(found),
        "parts": [_part(each.title, each.sentences) for each in found.sections if each.title],
        "key": [Key(each, opens(each)) for each in found.key[:KEY]], "card": known.card,
        "earlier": _to(known, found.period.before()), "later": _to(known, after) if after <= last else "",
        "as_markdown": f"{_to(known, found.period)}&as=md", "last_on": found.period.ends_on - timedelta(days=1),
        "how_often": gettext("weekly report") if known.period == "week" else gettext("monthly report"),
    })  # fmt: skip


def _to(known: Report, period: Period) -> str:
    return f"{reverse('report', args=[known.slug])}?{urlencode({'begins': period.begins_on.isoformat()})}"


def _opening(found: Edition) -> list[Said]:
    """The sentences that stand under no heading."""
    return [_said(each) for section in found.sections if not section.title for each in section.sentences]


def _part(title: str, sentences: Sequence[Sentence]) -> Part:
    return Part(title, [_said(each) for each in sentences])


def _said(sentence: Sentence) -> Said:
    """A sentence with what it opens onto, each once."""
    to = list({opens(each): each.title for each in sentence.figures}.items())
    one = sentence.figures[0]
    if len(sentence.figures) > 1 or one.sort != "measure":
        return Said(sentence, to, "")
    values = list(one.history)
    return Said(sentence, to, charts.spark(values, usual=one.usual, width=108, height=28) if any(values) else "")


def _file(request: Request, found: Edition) -> HttpResponse:
    """The same as Markdown, to keep."""
    text = markdown.written(found, lambda figure: request.build_absolute_uri(opens(figure)))
    answer = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    name = slugify(f"{found.community.slug}-{found.report.slug}-{found.period.begins_on}") or "report"
    answer["Content-Disposition"] = f'attachment; filename="{name}.md"'
    return answer


urlpatterns = [path("reports", reports, name="reports"), path("reports/<slug:slug>", report, name="report")]

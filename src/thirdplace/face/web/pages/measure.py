"""One measure: better or worse than usual, how sure we are, which ones they are, what moved it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext

from thirdplace.face.web.pages import languages, measure_asked, sheet, times
from thirdplace.face.web.pages.judged import Judged, judge, lately, named, short
from thirdplace.face.web.pages.measure_asked import BACK, GRAINS, STAFF, MeasureAsked
from thirdplace.face.web.pages.measure_words import before, caption, counted, lead, verdict
from thirdplace.face.web.pages.paging import address
from thirdplace.face.web.pages.parted import parted
from thirdplace.face.web.request import Request
from thirdplace.flow import charts
from thirdplace.flow.actions import actions
from thirdplace.flow.models import Deed
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.engine import Reading
from thirdplace.foundation.engine import measures as registry
from thirdplace.foundation.engine.measuring import QUESTIONS
from thirdplace.foundation.engine.periods import Grain
from thirdplace.foundation.engine.showing import YEAR
from thirdplace.foundation.members.models import Community

MARKS = 3  # uprights on a chart; more would hide the line
AROUND = 12  # deeds under "What happened around then"
ENOUGH = 0.5  # of the weeks shown must have enough for a rate, or months are shown unless weeks are asked for


def measure(request: Request, slug: str) -> HttpResponseBase:
    """The page of a measure."""
    known, asked, community = registry[slug], measure_asked.read(request), request.community
    judged = judge(known, community, grain=asked.grain, part=str(asked.part), begin=_since(asked, community))
    if "grain" not in request.GET and asked.grain in known.grains and _too_few(judged, _shown(judged, asked)):
        asked = replace(asked, grain=Grain.MONTH)
        judged = judge(known, community, grain=asked.grain, part=str(asked.part), begin=_since(asked, community))
    shown = _shown(judged, asked)
    if sheet.wanted(request):
        return _sheet(community, judged, shown)
    done = list(_deeds(judged, shown, community))
    chart = _chart(judged, shown, done) if shown else None
    rows, query = reverse("measure_rows", args=[slug]), _query(request, asked)
    return render(request, "pages/measure.html", {
        "measure": known, "judged": judged, "asked": asked, "question": gettext(QUESTIONS[known.question]),
        "lead": lead(judged), "verdict": verdict(judged), "before": before(judged), "of": counted(judged),
        "chart": chart, "is_drawn": any(each.value is not None for each in judged.drawable(shown)),
        "earlier": earlier(judged, shown, asked, request, community),
        "caption": caption(judged, shown, beyond=chart.beyond if chart else False), "card": known.card,
        "rows": f"{rows}?{query}", "as_csv": address(request, **{"as": "csv"}),
        "around": done[-AROUND:], "movers": _movers(known.slug, community),
        **_choices(request, asked, community, known.grains),
        "parted": parted(judged, community) if not asked.is_part else [],
        "is_wait": known.fold == "survival", "query": query, "sure": gettext(known.sure),
    })  # fmt: skip


def _query(request: Request, asked: MeasureAsked) -> str:
    """What the page shows, for what opens from it: its grain too, where the page has chosen that."""
    query = request.GET.copy()
    query["grain"] = str(asked.grain)
    return query.urlencode()


def earlier(
    judged: Judged, shown: Sequence[Reading], asked: MeasureAsked, request: Request, community: Community
) -> tuple[str, str] | None:
    """Where nothing can be drawn: the last period before it of which something is known, and the way there."""
    if not shown or any(each.value is not None for each in judged.drawable(shown)):
        return None
    found = judged.drawable(judged.measure.series(community, asked.grain, asked.part, end=shown[0].begins_on))
    last = next((each for each in reversed(found) if each.value is not None and each.begins_on), None)
    if last is None or last.begins_on is None:
        return None
    return named(last.begins_on, asked.grain, year=True), address(request, back="all", grain=str(asked.grain))


def _since(asked: MeasureAsked, community: Community) -> date | None:
    """From when readings are needed: what is shown, and the year before that says what is usual; None for all."""
    year = lately(community, asked.grain)
    shown = asked.begin(year + YEAR) if year else None
    return min(year, shown) if year and shown else None


def _shown(judged: Judged, asked: MeasureAsked) -> list[Reading]:
    """The readings that the chart shows."""
    if not judged.readings or judged.readings[-1].begins_on is None:
        return []
    begin = asked.begin(judged.readings[-1].begins_on)
    return [each for each in judged.readings if each.begins_on and (begin is None or each.begins_on >= begin)]


def _too_few(judged: Judged, shown: Sequence[Reading]) -> bool:
    """Whether most of what would be shown is too few for a rate."""
    drawn = [each.value is not None for each in judged.drawable(shown)]
    return judged.measure.is_rate and sum(drawn) < ENOUGH * len(drawn)


def points(judged: Judged, shown: Sequence[Reading]) -> list[charts.Point]:
    """Readings as points of a drawing."""
    return [
        charts.Point(
            name=short(each.begins_on, judged.grain), value=each.value, low=each.low, high=each.high, n=each.n,
            open=each.open, long=named(each.begins_on, judged.grain, year=True),
        )
        for each in judged.drawable(shown)
        if each.begins_on
    ]  # fmt: skip


def _chart(judged: Judged, shown: Sequence[Reading], done: Sequence[Any]) -> charts.Chart:
    """The drawing, with the first of our deeds that were meant to move it."""
    firsts: dict[str, charts.Deed] = {}
    for told in done:
        nth = _nth(shown, told["on"])
        firsts.setdefault(told["slug"], charts.Deed(nth, told["began"]))
    known = (judged.usual.low, judged.usual.high) if judged.usual else None
    marks = list(firsts.values())[:MARKS]
    return charts.line(points(judged, shown), unit=judged.unit, what=judged.title, usual=known, deeds=marks)


def _nth(shown: Sequence[Reading], on: date) -> float:
    """Where a day stands among the periods."""
    for nth, each in enumerate(shown):
        if each.begins_on and each.ends_on and on < each.ends_on:
            return nth + max((on - each.begins_on).days, 0) / max((each.ends_on - each.begins_on).days, 1)
    return float(len(shown) - 1)


def _deeds(judged: Judged, shown: Sequence[Reading], community: Community) -> Iterator[dict[str, Any]]:
    """Our deeds of these periods that were meant to move this measure, oldest first."""
    meant = {known.slug: known for known in actions.values()
             if known.expects and known.expects.measure == judged.measure.slug}  # fmt: skip
    if not meant or not shown or shown[0].begins_on is None:
        return
    since = shown[0].begins_on - timedelta(days=1)
    found = Deed.objects.filter(community=community, action__in=meant, undone_at=None, done_at__date__gte=since)
    for deed in found.select_related("member").order_by("done_at", "pk"):
        on = deed.done_at.astimezone(community.tz).date()
        if on >= shown[0].begins_on:
            verb = meant[deed.action].verb
            began = gettext("we began: %(verb)s") % {"verb": verb}
            yield {"deed": deed, "slug": deed.action, "on": on, "day": times.day(on), "verb": verb, "began": began}


def _movers(slug: str, community: Community) -> list[dict[str, Any]]:
    """What we do to move it, and how often we did."""
    made = []
    for known in actions.values():
        if known.expects and known.expects.measure == slug:
            n = Deed.objects.filter(community=community, action=known.slug, undone_at=None).count()
            told = ngettext("%(n)s time so far", "%(n)s times so far", n) % {"n": n}
            made.append({"verb": known.verb, "told": told, "to": f"{reverse('deeds')}?action={known.slug}"})
    return made


def _choices(request: Request, asked: MeasureAsked, community: Community, grains: Sequence[str]) -> dict[str, Any]:
    """What can be chosen: how far back, by what, of whom."""
    sources = list(Source.objects.filter(community=community).order_by("name"))
    channels = list(Channel.objects.filter(community=community).order_by("name"))
    return {
        "backs": [(value, words, address(request, back=value)) for value, (words, _weeks) in BACK.items()],
        "grains": [(value, words, address(request, grain=value)) for value, words in GRAINS.items() if value in grains],
        "sources": sources, "channels": channels, "staffs": STAFF.items(),
        "languages": [(code, languages.title(code)) for code in languages.spoken(community)],
        "whom": _whom(asked, sources, channels), "clear": f"{request.path}?back={asked.back}&grain={asked.grain}",
    }  # fmt: skip


def _whom(asked: MeasureAsked, sources: Sequence[Source], channels: Sequence[Channel]) -> str:
    """The part of the community, in words."""
    told = [each.name for each in sources if each.pk == asked.part.source]
    told += [each.name for each in channels if each.number == asked.part.channel]
    if asked.part.language:
        told.append(languages.title(asked.part.language))
    told.append(str(STAFF[asked.part.staff]))
    return ", ".join(told) if asked.is_part else gettext("Everyone, everywhere")


def _sheet(community: Community, judged: Judged, shown: Sequence[Reading]) -> HttpResponseBase:
    """The readings as CSV; the values as they are stored, not as they are written."""
    heads = [gettext("Begins"), gettext("Ends before"), gettext("Value"), gettext("Low"), gettext("High"),
             gettext("Of"), gettext("Not over yet")]  # fmt: skip
    rows = ([each.begins_on, each.ends_on, each.value, each.low, each.high, each.n, each.open] for each in shown)
    return sheet.sheet(f"{community.slug}-{judged.measure.slug}-{judged.grain}", heads, rows)


urlpatterns = [path("measures/<slug:slug>", measure, name="measure")]

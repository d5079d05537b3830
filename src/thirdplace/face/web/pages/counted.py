"""Which ones? The members and messages behind a value, down to the message; and a measure by language and staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext

from thirdplace.face.web.pages import clock, languages, measure_asked, sheet, times
from thirdplace.face.web.pages.cast import Cast, Where
from thirdplace.face.web.pages.judged import Judged, between, judge, named, unit_of, within
from thirdplace.face.web.pages.keys import number
from thirdplace.face.web.pages.measure_asked import STAFF, MeasureAsked
from thirdplace.face.web.pages.paging import address
from thirdplace.face.web.request import Request
from thirdplace.flow import charts
from thirdplace.flow.charts import figure
from thirdplace.foundation import engine
from thirdplace.foundation.engine import Measure, Slice
from thirdplace.foundation.engine import measures as registry
from thirdplace.foundation.engine.behind import Counted
from thirdplace.foundation.engine.look import ONLY, WITH
from thirdplace.foundation.engine.parting import parted
from thirdplace.foundation.engine.periods import Period
from thirdplace.foundation.index import Index, Message
from thirdplace.foundation.members.models import Community, Member

FIRST, ROWS, SHEET = 8, 50, 10_000


@dataclass(frozen=True)
class Row:
    """One of those that a value counts."""

    who: Member | None
    said: Message | None
    where: Where | None
    at: datetime | None
    value: str
    tone: str


def rows(request: Request, slug: str) -> HttpResponseBase:
    """The rows behind one period: a few inside the measure's page, all on a page of their own."""
    known, asked, community = registry[slug], measure_asked.read(request), request.community
    judged = judge(known, community, grain=asked.grain, part=str(asked.part))
    period = asked.period(judged.last.begins_on)
    tables = engine.tables(community, clock.now(request))
    if sheet.wanted(request):
        return _sheet(request, judged, period, tables, asked)
    whole = request.headers.get("HX-Request") != "true"
    offset = max(number(request.GET.get("from")) or 0, 0) if whole else 0
    limit = ROWS if whole else FIRST
    found, count = known.rows_of(tables, period, asked.part, limit=limit + 1, offset=offset) if period else ([], 0)
    told = {
        "measure": known, "judged": judged, "shown": named_rows(known, found[:limit], community), "whole": whole,
        "period": named(period.begins_on, asked.grain, year=True) if period else "",
        "when": within(period.begins_on, asked.grain) if period else "",
        "count": count,
        "heads": _heads(known),
        "further": address(request, **{"from": str(offset + limit)}) if len(found) > limit else "",
        "here": reverse("measure_rows", args=[slug]), "query": request.GET.urlencode(),
        "as_csv": address(request, **{"as": "csv"}), "steps": _steps(request, judged, period, asked),
    }  # fmt: skip
    return render(request, "pages/measure_rows.html" if whole else "pages/rows.html", told)


def _steps(request: Request, judged: Judged, period: Period | None, asked: MeasureAsked) -> dict[str, str]:
    """The periods before and after, as far as anything is known."""
    if period is None or not judged.readings:
        return {}
    known = [each.begins_on for each in judged.readings if each.begins_on]
    earlier, later = period.before().begins_on, Period.of(period.ends_on, asked.grain).begins_on
    return {
        "before": address(request, on=earlier.isoformat(), **{"from": None}) if earlier >= known[0] else "",
        "after": address(request, on=later.isoformat(), **{"from": None}) if later <= known[-1] else "",
    }


def named_rows(measure: Measure, found: Sequence[Counted], community: Community) -> list[Row]:
    """Rows with their people, words and places: as many queries for fifty as for one."""
    said = Index(community.pk).messages([row.key for row in found if row.key is not None])
    cast = Cast(community, channels=[row.channel for row in found])
    pks = {row.member_id for row in found if row.member_id is not None}
    people = {member.pk: member for member in Member.objects.filter(community=community, pk__in=pks)}
    return [
        Row(people.get(row.member_id or 0), said.get(row.key or 0), cast.where(row.channel), row.happened_at,
            *value_of(measure, row))
        for row in found
    ]  # fmt: skip


def value_of(measure: Measure, row: Counted) -> tuple[str, str]:
    """What a row adds to the value, in words, and its tone."""
    if measure.fold in ("mean", "again"):
        return (gettext("yes"), "good") if row.value else (gettext("no"), "heed")
    if measure.fold == "survival":
        length = times.seconds(row.value)
        if row.seen:
            return gettext("after %(length)s") % {"length": length}, "soft"
        return gettext("waiting %(length)s") % {"length": length}, "heed"
    return figure(row.value), "soft"


def _heads(measure: Measure) -> list[str]:
    """The heads of the columns."""
    last = {
        "mean": gettext("Counted as"),
        "again": gettext("Came back"),
        "survival": gettext("Answered"),
        "sticky": gettext("Days"),
    }.get(measure.fold, gettext("Messages"))
    return [gettext("Who"), gettext("What"), gettext("Where"), gettext("When"), last]


def _sheet(
    request: Request, judged: Judged, period: Period | None, tables: Any, asked: MeasureAsked
) -> HttpResponseBase:
    """All rows of the period as CSV."""
    community, known = request.community, judged.measure
    found = known.rows(tables, period, asked.part, limit=SHEET) if period else []
    made = named_rows(known, found, community)
    cells = (
        [row.who.name if row.who else None, row.said.text if row.said else None, row.where.name if row.where else None,
         row.at and row.at.astimezone(community.tz), raw.value, raw.seen, str(raw.key) if raw.key is not None else None]
        for row, raw in zip(made, found, strict=True)
    )  # fmt: skip
    heads = [*_heads(known)[:4], gettext("Value"), gettext("Ended"), gettext("Key")]
    return sheet.sheet(f"{community.slug}-{known.slug}-rows", heads, cells)


def parts(request: Request, slug: str) -> HttpResponseBase:
    """The last twelve weeks by language, and with staff; computed when opened."""
    known, community = registry[slug], request.community
    judged = judge(known, community)
    period = _twelve_weeks(judged)
    made, titles = [], _parts(community)
    if period is not None:
        tongues = [part.language for part in titles if part.language]
        for part, reading in parted(known, community, period, tongues).items():
            few = known.is_rate and reading.n < known.least
            told = gettext("too few to say") if few and reading.n else figure(reading.value, unit_of(known))
            sure = "" if few or reading.value is None else between(reading, unit_of(known), whole=not known.is_rate)
            made.append((titles[part], told, sure, figure(reading.n)))
    return render(request, "pages/parts.html", {"parts": made, "judged": judged})


def _parts(community: Community) -> dict[Slice, str]:
    """Everyone; each language that is spoken; with staff, and staff alone."""
    tongues = {Slice(language=code): languages.title(code) for code in languages.spoken(community)[:6]}
    staffs = {Slice(staff=staff): str(STAFF[staff]).capitalize() for staff in (WITH, ONLY)}
    return {Slice(): gettext("Everyone"), **tongues, **staffs}


def curve(request: Request, slug: str) -> HttpResponseBase:
    """How many still wait after how long: the last twelve weeks, and the twelve before."""
    known, asked, community = registry[slug], measure_asked.read(request), request.community
    period = _twelve_weeks(judge(known, community, part=str(asked.part)))
    drawn, readings = None, []
    if known.fold == "survival" and period is not None:
        tables = engine.tables(community, clock.now(request))
        readings = [known.reading(tables, each, asked.part) for each in (period, period.before())]
        named_ = zip((gettext("These weeks"), gettext("Before")), readings, strict=True)
        curves = [
            (title, [tuple(point) for point in each.more["curve"]]) for title, each in named_ if each.n >= known.least
        ]
        drawn = charts.steps(curves, what=gettext("still without a response")) if curves else None
    return render(request, "pages/curve.html", {"chart": drawn, "caption": curve_words(readings, known)})


def _twelve_weeks(judged: Judged) -> Period | None:
    """The twelve weeks that end with the last whole one."""
    if judged.last.begins_on is None or judged.last.ends_on is None:
        return None
    week = Period(judged.last.begins_on, judged.last.ends_on)
    return Period(week.ends_on - 12 * (week.ends_on - week.begins_on), week.ends_on)


def curve_words(readings: Sequence[Any], measure: Measure) -> str:
    """What the curve says."""
    if not readings or readings[0].n < measure.least:
        return gettext("Too few in twelve weeks to draw how long people wait.")
    now, earlier = readings
    told = []
    if now.value is not None:
        told.append(gettext("Half have a response after %(length)s.") % {"length": times.seconds(now.value)})
    if earlier.value is not None and earlier.n >= measure.least:
        told.append(gettext("In the twelve weeks before: %(length)s.") % {"length": times.seconds(earlier.value)})
    if (late := now.more.get("p90")) is not None:
        told.append(gettext("Nine of ten have one after %(length)s.") % {"length": times.seconds(late)})
    elif now.value is not None:  # half have one, and nine of ten have not
        told.append(gettext("Too many still wait to say when nine of ten have one."))
    told.append(gettext("Whoever still waits counts for as long as they have waited."))
    return " ".join(told)


def query(request: Request, slug: str) -> HttpResponseBase:
    """How it is counted: the query of its rows, as it runs."""
    known, asked = registry[slug], measure_asked.read(request)
    return render(request, "pages/query.html", {"measure": known, "sql": known.sql(asked.part.staff)})


urlpatterns = [
    path("measures/<slug:slug>/query", query, name="measure_query"),
    path("measures/<slug:slug>/rows", rows, name="measure_rows"),
    path("measures/<slug:slug>/parts", parts, name="measure_parts"),
    path("measures/<slug:slug>/curve", curve, name="measure_curve"),
]

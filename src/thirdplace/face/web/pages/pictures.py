"""Pictures: who stays from month to month, when people are here, in which languages they write."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext

from thirdplace.face.web.pages import languages, sheet
from thirdplace.face.web.pages.measure_asked import STAFF
from thirdplace.face.web.pages.measure_words import NOTHING_READ
from thirdplace.face.web.pages.paging import address
from thirdplace.face.web.request import Request
from thirdplace.flow.charts import Chart, Point, Unit, bars, figure, grid
from thirdplace.flow.dates import date_format
from thirdplace.foundation.engine.look import WITHOUT
from thirdplace.foundation.engine.measuring import QUESTIONS
from thirdplace.foundation.engine.pictures import Picture, Seen, pictures
from thirdplace.foundation.engine.reading import shared
from thirdplace.foundation.engine.triangles import Cohort, cohorts, pooled

SHOWN, AGES, LATER = 12, 12, 3  # cohorts and months of a triangle that is drawn; months after which its sentence asks
MOST = 7  # languages with a bar of their own


@dataclass(frozen=True)
class Shown:
    """A picture on a page: its sentence, its drawing, what to see in it, and its rows for a file."""

    lead: str
    chart: Chart | None
    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]


def picture(request: Request, slug: str) -> HttpResponseBase:
    """The page of a picture."""
    known, community = pictures[slug], request.community
    staff = request.GET.get("staff", WITHOUT)
    staff = staff if staff in STAFF else WITHOUT
    seen = known.seen(community, staff)
    shown = shown_of(known, seen)
    if sheet.wanted(request):
        return sheet.sheet(f"{community.slug}-{slug}", list(shown.heads), shown.rows)
    return render(request, "pages/picture.html", {
        "picture": known, "title": gettext(known.title), "question": gettext(QUESTIONS[known.question]),
        "shown": shown, "card": known.card, "sure": gettext(known.sure), "sql": known.sql(staff),
        "staffs": [(value, str(words), address(request, staff=value)) for value, words in STAFF.items()],
        "staff": staff, "as_csv": address(request, **{"as": "csv"}), "span": span(seen),
    })  # fmt: skip


def shown_of(known: Picture, seen: Seen) -> Shown:
    """A picture in words and as a drawing."""
    drawn: dict[str, Callable[[Picture, Seen], Shown]] = {"triangle": _triangle, "week": _week, "shares": _shares}
    if not seen.rows:
        return Shown(
            str(NOTHING_READ) if seen.first is None else gettext("There was nothing to count."), None, "", (), ()
        )
    return drawn[known.shape](known, seen)


def catalogue(question: str) -> list[tuple[str, str]]:
    """The pictures that help to answer a question: title and address."""
    return [
        (gettext(each.title), reverse("picture", args=[each.slug]))
        for each in pictures.values()
        if each.question == question
    ]


def span(seen: Seen) -> str:
    """The days that a picture looked at."""
    if seen.first is None or seen.last is None:
        return ""
    told = {"first": date_format(seen.first, "j F Y"), "last": date_format(seen.last, "j F Y")}
    return gettext("%(first)s to %(last)s") % told


def _triangle(known: Picture, seen: Seen) -> Shown:
    assert seen.last is not None
    found = cohorts(seen.rows, last=seen.last)
    drawn = [each for each in found if each.size >= known.least and each.there][-SHOWN:]
    whole = pooled(found, LATER)
    if whole.n < known.least or whole.value is None:
        lead = gettext("Too few began three months ago or longer to say how many stay.")
    else:
        told = {"of": round(100 * whole.value), "n": figure(whole.n),
                "low": figure(whole.low, Unit.SHARE), "high": figure(whole.high, Unit.SHARE)}  # fmt: skip
        lead = gettext(
            "Of every 100 who begin here, %(of)s write something in the third month after (probably %(low)s to "
            "%(high)s, from %(n)s members)."
        ) % told  # fmt: skip
    ages = range(1, min(AGES, max((len(each.there) for each in drawn), default=0)) + 1)
    values = [[each.share(age) for age in ages] for each in drawn]
    names = [date_format(each.began_on, "M Y") for each in drawn]
    chart = grid(
        names, [str(age) for age in ages], values, unit=Unit.SHARE, corner=gettext("Began"), written=True
    ) if drawn else None  # fmt: skip
    few = sum(each.size < known.least for each in found)
    caption = gettext(
        "Each row is a month of beginners, each column how many months later; in the cells, how many of every 100 "
        "wrote then."
    )
    if few:
        caption += " " + gettext("Months in which fewer than %(least)s began are not drawn; the file has them.") % {
            "least": known.least
        }
    heads = [gettext("Began"), gettext("Months later"), gettext("Wrote then"), gettext("Began in all"),
             gettext("Value"), gettext("Low"), gettext("High")]  # fmt: skip
    return Shown(lead, chart, caption, heads, [line for each in found for line in _lines(each, known.least)])


def _lines(each: Cohort, least: int) -> list[list[Any]]:
    """A cohort's lines of the file; below the minimum, no rate."""
    made: list[list[Any]] = []
    for age, n in enumerate(each.there, 1):
        rate = shared(n, each.size)
        sure = (rate.value, rate.low, rate.high) if each.size >= least else (None, None, None)
        made.append([each.began_on, age, n, each.size, *sure])
    return made


def _week(_known: Picture, seen: Seen) -> Shown:
    counted = {(weekday, hour): n for weekday, hour, n in seen.rows}
    most = max(counted, key=lambda cell: (counted[cell], cell))
    lead = gettext("Most is written on %(day)s between %(begin)s and %(end)s: %(n)s of %(whole)s messages.") % {
        "day": WEEKDAYS[most[0]], "begin": f"{most[1]}:00", "end": f"{most[1] + 1}:00",
        "n": figure(counted[most]), "whole": figure(seen.n),
    }  # fmt: skip
    values = [[float(counted.get((weekday, hour), 0)) for hour in range(24)] for weekday in range(7)]
    chart = grid(
        [str(WEEKDAYS_ABBR[nth]) for nth in range(7)], [str(hour) for hour in range(24)], values, unit=Unit.COUNT,
        corner=gettext("Weekday"),
    )  # fmt: skip
    heads = [gettext("Weekday"), gettext("Hour"), gettext("Messages")]
    rows = [
        [str(WEEKDAYS[weekday]), hour, counted.get((weekday, hour), 0)] for weekday in range(7) for hour in range(24)
    ]
    return Shown(lead, chart, gettext("The darker, the more was written in that hour."), heads, rows)


def _shares(known: Picture, seen: Seen) -> Shown:
    counted = sorted(seen.rows, key=lambda row: (row[0] is None, -row[1], row[0] or ""))
    named = [(languages.title(code), n) for code, n in counted if code is not None]
    unknown = sum(n for code, n in counted if code is None)
    heads = [gettext("Language"), gettext("Messages"), gettext("Value")]
    enough = seen.n >= known.least
    rows = [[name, n, n / seen.n if enough else None] for name, n in named]
    rows += [[gettext("we cannot tell"), unknown, unknown / seen.n if enough else None]] if unknown else []
    if not enough:
        return Shown(gettext("Too few messages to say in which languages they are."), None, "", heads, rows)
    told = [(name, n) for name, n in named[:2]]
    lead = " ".join(
        gettext("%(of)s of every 100 messages are in %(language)s.") % {"of": round(100 * n / seen.n), "language": name}
        for name, n in told
    )
    if round(100 * unknown / seen.n):
        lead += " " + gettext("Of %(of)s we cannot tell.") % {"of": round(100 * unknown / seen.n)}
    rest = sum(n for _name, n in named[MOST:])
    shown = [*named[:MOST], *([(gettext("others"), rest)] if rest else []),
             *([(gettext("we cannot tell"), unknown)] if unknown else [])]  # fmt: skip
    points = [Point(name=name, value=n / seen.n, n=n) for name, n in shown]
    return Shown(lead.strip(), bars(points, unit=Unit.SHARE, what=gettext("Share of messages")), "", heads, rows)


urlpatterns = [path("measures/pictures/<slug:slug>", picture, name="picture")]

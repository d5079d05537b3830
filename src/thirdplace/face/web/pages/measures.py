"""The measures, by the question they help to answer: which of them has a new answer?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy, ngettext

from thirdplace.face.web import places
from thirdplace.face.web.pages import pictures, sheet
from thirdplace.face.web.pages.judged import Judged, judge, lately, named
from thirdplace.face.web.pages.paging import address
from thirdplace.face.web.request import Request
from thirdplace.flow.wording import capital, number
from thirdplace.foundation.engine import measures as registry
from thirdplace.foundation.engine.measuring import QUESTIONS
from thirdplace.foundation.engine.periods import Grain

places.page(url="measures", title=gettext_lazy("Measures"), area="analyse", icon="activity", order=10,
            covers=("measure", "measure_rows", "picture"), tab=True)  # fmt: skip
GRAINS = {
    Grain.DAY: gettext_lazy("By day"),
    Grain.WEEK: gettext_lazy("By week"),
    Grain.MONTH: gettext_lazy("By month"),
}


@dataclass(frozen=True)
class Question:
    """One of the six questions, with its measures and what they say together."""

    slug: str
    ask: str
    answer: str
    measures: list[Judged]
    pictures: list[tuple[str, str]]


def measures(request: Request) -> HttpResponseBase:
    """The catalogue."""
    grain = Grain(request.GET["grain"]) if request.GET.get("grain") in set(Grain) else Grain.WEEK
    begin = lately(request.community, grain)
    made = [judge(measure, request.community, grain=grain, begin=begin) for measure in registry.values()]
    if sheet.wanted(request):
        return _sheet(request, made, grain)
    questions = [_question(slug, [each for each in made if each.measure.question == slug]) for slug in QUESTIONS]
    return render(request, "pages/measures.html", {
        "questions": [each for each in questions if each.measures or each.slug != "own"],
        "lead": _lead(made), "grain": grain,
        "grains": [(value, words, address(request, grain=value)) for value, words in GRAINS.items()],
        "as_csv": address(request, **{"as": "csv"}), "known": any(each.readings for each in made),
    })  # fmt: skip


def _question(slug: str, made: list[Judged]) -> Question:
    """A question, answered by what stands out among its measures."""
    return Question(slug, gettext(QUESTIONS[slug]), _answer(made), made, pictures.catalogue(slug))


def _answer(made: Sequence[Judged]) -> str:
    """In a sentence: what is unusual; else that all is as usual, or that we cannot tell."""
    if not made:
        return gettext("Nothing here measures this yet.")
    unusual = [each for each in made if each.is_unusual]
    if unusual:
        told = [gettext("%(title)s: %(verdict)s.") % {"title": each.title, "verdict": each.words} for each in unusual]
        return " ".join(told)
    if any(each.verdict == "as_usual" for each in made):
        return gettext("As usual.")
    return gettext("We cannot tell yet.")


def _lead(made: Sequence[Judged]) -> str:
    """How many measures there are, how many stand out, of how many we cannot tell."""
    if not any(each.readings for each in made):
        return gettext("Nothing has been read yet.")
    higher, lower = (sum(each.verdict == way for each in made) for way in ("higher", "lower"))
    unsure = sum(each.verdict in ("cannot_tell", "early", "few") for each in made)
    told = []
    if higher:
        told.append(ngettext("%(n)s measure is higher than usual.", "%(n)s measures are higher than usual.", higher)
                    % {"n": capital(number(higher))})  # fmt: skip
    if lower:
        told.append(ngettext("%(n)s is lower than usual.", "%(n)s are lower than usual.", lower)
                    % {"n": capital(number(lower))})  # fmt: skip
    if not told:
        told.append(gettext("Nothing stands out."))
    if unsure:
        told.append(ngettext("About one we cannot tell yet.", "About %(n)s we cannot tell yet.", unsure)
                    % {"n": number(unsure)})  # fmt: skip
    return " ".join(told)


def _sheet(request: Request, made: Sequence[Judged], grain: str) -> HttpResponseBase:
    """The catalogue as CSV."""
    heads = [
        *(
            gettext("Measure"),
            gettext("Question"),
            gettext("Period"),
            gettext("Value"),
            gettext("Low"),
            gettext("High"),
        ),
        *(gettext("Of"), gettext("Usual from"), gettext("Usual to"), gettext("Verdict")),
    ]
    return sheet.sheet(f"{request.community.slug}-measures", heads, (_cells(each, grain) for each in made))


def _cells(each: Judged, grain: str) -> list[Any]:
    """A measure's line of the file."""
    on, last, known = each.last.begins_on, each.last, each.usual
    period = named(on, grain, year=True) if on else None
    usual = (known.low, known.high) if known else (None, None)
    asks = gettext(QUESTIONS[each.measure.question])
    return [each.title, asks, period, last.value, last.low, last.high, last.n, *usual, each.words]


urlpatterns = [path("measures", measures, name="measures")]

"""Reports as JSON, for the API and the command line: every sentence with the figures it stands on."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from thirdplace.face.api import shapes
from thirdplace.flow.figures import Figure, Section, Sentence
from thirdplace.flow.reports import Edition, Report

Shape = dict[str, Any]


def report(known: Report) -> Shape:
    """What a report is."""
    return {
        "slug": known.slug,
        "title": gettext(known.title),
        "period": known.period,
        "tells": list(known.tells),
        "card": shapes.card(known.card),
    }


def edition(found: Edition) -> Shape:
    """A report of one period, whole."""
    return {
        **report(found.report),
        "name": found.name,
        "begins_on": found.period.begins_on.isoformat(),
        "ends_on": found.period.ends_on.isoformat(),
        "known_at": shapes.moment(found.at),
        "sections": [_section(each) for each in found.sections],
    }


def _section(each: Section) -> Shape:
    return {"title": each.title, "sentences": [_sentence(one) for one in each.sentences]}


def _sentence(each: Sentence) -> Shape:
    return {
        "words": each.words,
        "told": each.told,
        "members": [{"id": one.pk, "name": one.name} for one in each.who],
        "more": each.more,
        "figures": [figure(one) for one in each.figures],
    }


def figure(each: Figure) -> Shape:
    """What a sentence stands on. A value of None is not zero: it cannot be told, and why_not says why."""
    return {
        "sort": each.sort,
        "name": each.name,
        "title": each.title,
        "begins_on": each.begins_on.isoformat(),
        "ends_on": each.ends_on.isoformat(),
        "slice": each.slice,
        "unit": each.unit.value,
        "value": each.value,
        "why_not": each.why_not or None,
        "n": each.n,
        "low": each.low,
        "high": each.high,
        "before": each.before,
        "usual": list(each.usual) if each.usual else None,
        "verdict": each.verdict,
        "opens": opens(each),
    }


def opens(each: Figure) -> str:
    """The address of the API that has the rows behind a figure."""
    days = {"begin": each.begins_on.isoformat(), "end": each.last_on.isoformat()}
    if each.sort == "measure":
        return f"/api/v1/measures/{each.name}/rows?{urlencode({**days, 'slice': each.slice})}"
    if each.sort == "question":
        return f"/api/v1/today?{urlencode({'on': days['end']})}"
    if each.sort == "deeds":
        return f"/api/v1/deeds?{urlencode({**days, **({'action': each.name} if each.name else {})})}"
    return "/api/v1/sources"


def command(each: Figure) -> str:
    """The command that shows what is behind a figure."""
    if each.sort == "measure":
        part = f" --slice {each.slice}" if each.slice != "all" else ""
        return f"thirdplace measures {each.name} --by {each.grain} --begin {each.begins_on} --end {each.last_on}{part}"
    if each.sort == "question":
        return f"thirdplace today --on {each.last_on}"
    if each.sort == "deeds":
        return f"thirdplace deeds --action {each.name}" if each.name else "thirdplace deeds"
    return "thirdplace sources"

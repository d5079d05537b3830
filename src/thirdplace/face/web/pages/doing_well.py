"""How we are doing: a few measures of the last weeks, from stored readings."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.safestring import SafeString

from thirdplace.face.web.pages import judged
from thirdplace.foundation.engine import Measure, measures
from thirdplace.foundation.engine.measuring import QUESTIONS
from thirdplace.foundation.engine.periods import Grain
from thirdplace.foundation.members.models import Community

SHOWN = 4


@dataclass(frozen=True)
class Tiny:
    """A measure beside the round."""

    title: str
    to: str
    figure: str
    verdict: str
    spark: SafeString


@dataclass(frozen=True)
class Lately:
    """The measures beside the round, and which week they tell of."""

    week: str
    tinies: list[Tiny]


def lately(community: Community, *, on: date, today: date, now: datetime) -> Lately:
    """One measure for each question that has one, then others: the last whole week by that day.

    now: the moment that a day which is over is judged by. Of such a day: what was known by then and nothing later.
    """
    if on == today:
        begin = judged.lately(community, Grain.WEEK)
        made = [judged.judge(measure, community, begin=begin) for measure in _chosen()]
    else:
        end = on + timedelta(days=1)
        made = [judged.judge(measure, community, end=end, now=now) for measure in _chosen()]
    shown = [each for each in made if each.readings]
    week = next((each.within for each in shown if each.last.begins_on), "")
    return Lately(week, [_tiny(each) for each in shown])


def _tiny(each: judged.Judged) -> Tiny:
    return Tiny(each.title, each.to, each.figure, each.words, each.spark(width=84, height=26))


def _chosen() -> list[Measure]:
    """The measures beside the round: the first of each question, answered ones first."""
    by_question: dict[str, list[Measure]] = {slug: [] for slug in ("answered", *QUESTIONS)}
    for measure in measures.values():
        by_question[measure.question].append(measure)
    firsts = [found[0] for found in by_question.values() if found]
    return [*firsts, *(each for found in by_question.values() for each in found[1:])][:SHOWN]

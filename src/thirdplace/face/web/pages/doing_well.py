"""How we are doing: a few measures of the last weeks, from stored readings."""

from dataclasses import dataclass
from datetime import date, timedelta

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


def lately(community: Community, *, on: date, today: date) -> list[Tiny]:
    """One measure for each question that has one, then others. Of a day that is over: the weeks ended by it."""
    end = None if on == today else on + timedelta(days=1)
    begin = judged.lately(community, Grain.WEEK) if end is None else None
    made = [judged.judge(measure, community, begin=begin, end=end) for measure in _chosen()]
    return [
        Tiny(each.title, each.to, each.figure, each.words, each.spark(width=84, height=26))
        for each in made
        if each.readings
    ]


def _chosen() -> list[Measure]:
    """The measures beside the round: the first of each question, answered ones first."""
    by_question: dict[str, list[Measure]] = {slug: [] for slug in ("answered", *QUESTIONS)}
    for measure in measures.values():
        by_question[measure.question].append(measure)
    firsts = [found[0] for found in by_question.values() if found]
    return [*firsts, *(each for found in by_question.values() for each in found[1:])][:SHOWN]

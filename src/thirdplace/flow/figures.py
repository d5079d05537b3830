"""Figures: what each sentence of a report stands on, and opens onto; and sentences that say no more than they do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from django.utils.translation import gettext

from thirdplace.flow.charts import Unit
from thirdplace.flow.charts import figure as said
from thirdplace.foundation.engine import Slice
from thirdplace.foundation.translation import gettext_noop

Sort = Literal["measure", "deeds", "question", "source"]
VERDICTS = {
    "higher": gettext_noop("higher than usual"),
    "lower": gettext_noop("lower than usual"),
    "as_usual": gettext_noop("as usual"),
    "early": gettext_noop("too early to say"),
    "cannot_tell": gettext_noop("we cannot tell"),
}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number of a period, and where it comes from.

    sort, name: a measure, deeds of an action ("" for all), a question of the round, or a source, by its slug or number.
    title: what it is called, in the reader's language. value: None where it cannot be told, and why_not says why.
    before: its value a period earlier. usual: between what it lay in the year before. history: its last periods.
    """

    sort: Sort
    name: str
    title: str
    begins_on: date
    ends_on: date
    value: float | None
    why_not: str = ""
    grain: str = "week"
    slice: str = "all"
    unit: Unit = Unit.COUNT
    n: int = 0
    low: float | None = None
    high: float | None = None
    before: float | None = None
    usual: tuple[float, float] | None = None
    verdict: str = "cannot_tell"
    history: tuple[float | None, ...] = field(default=(), repr=False)

    @property
    def told(self) -> bool:
        """Whether it can be told."""
        return self.value is not None

    @property
    def last_on(self) -> date:
        """The last day of its period."""
        return self.ends_on - timedelta(days=1)

    @property
    def part(self) -> Slice:
        """The part of the community that it is of."""
        return Slice.parse(self.slice)

    @property
    def verdict_words(self) -> str:
        """How it stands to what is usual, as one would say it."""
        return gettext(VERDICTS[self.verdict])

    @property
    def words(self) -> str:
        """Its value as people read it."""
        return said(self.value, self.unit)

    @property
    def usual_words(self) -> str:
        """Between what it usually lies; one number where both are written alike."""
        if self.usual is None:
            return ""
        low, high = (said(self._whole(each), self.unit) for each in self.usual)
        return low if low == high else gettext("%(low)s to %(high)s") % {"low": low, "high": high}

    @property
    def before_words(self) -> str:
        """Its value a period earlier; a dash where that is not known."""
        return said(self.before, self.unit)

    def _whole(self, value: float) -> float:
        """Members and messages are whole."""
        return round(value) if self.unit is Unit.COUNT else value

    def placeholders(self) -> dict[str, str]:
        """What a sentence about it may name."""
        return {
            "title": self.title, "value": self.words, "n": said(self.n), "usual": self.usual_words,
            "before": self.before_words, "verdict": self.verdict_words,
        }  # fmt: skip


@dataclass(frozen=True)
class Who:
    """A member whom a sentence names. The name is theirs, and hostile until shown harmless."""

    pk: int
    name: str


@dataclass(frozen=True)
class Sentence:
    """A sentence, the figures it stands on, and the members it names. more: how many it counts and does not name."""

    words: str
    figures: tuple[Figure, ...]
    who: tuple[Who, ...] = ()
    more: int = 0

    @property
    def told(self) -> bool:
        """Whether all that it stands on can be told."""
        return all(each.told for each in self.figures)


@dataclass(frozen=True)
class Section:
    """A heading and the sentences below it."""

    title: str
    sentences: tuple[Sentence, ...]


def say(template: str, figure: Figure, *, who: Sequence[Who] = (), more: int = 0, **given: Any) -> Sentence:
    """A sentence about a figure, which fills it: %(title)s, %(value)s, %(usual)s, %(before)s, %(verdict)s, %(n)s.

    Of a figure that cannot be told it says so, and why, whatever the sentence was to be.
    """
    if not figure.told:
        return cannot_tell(figure)
    return Sentence(template % {**figure.placeholders(), **given}, (figure,), tuple(who), more)


def cannot_tell(figure: Figure) -> Sentence:
    """That a figure cannot be told, and why."""
    if figure.sort == "question":
        words = gettext("%(question)s %(answer)s") % {"question": figure.title, "answer": figure.why_not}
        return Sentence(words, (figure,))
    if not figure.why_not:
        return Sentence(gettext("%(title)s: we cannot tell.") % {"title": figure.title}, (figure,))
    words = gettext("%(title)s: we cannot tell. %(why)s") % {"title": figure.title, "why": figure.why_not}
    return Sentence(words, (figure,))


def judged(figure: Figure) -> Sentence:
    """A measure's figure in plain words: its value, how that stands to what is usual, and the period before."""
    if not figure.told:
        return cannot_tell(figure)
    words = {
        "higher": gettext("%(title)s: %(value)s, higher than usual (%(usual)s)."),
        "lower": gettext("%(title)s: %(value)s, lower than usual (%(usual)s)."),
        "as_usual": gettext("%(title)s: %(value)s, as usual (%(usual)s)."),
    }.get(figure.verdict, gettext("%(title)s: %(value)s. It is too early to say what is usual."))
    return say(f"{words} {_before(figure)}", figure)


def _before(figure: Figure) -> str:
    """What it was a period earlier."""
    if figure.grain == "month":
        known, unknown = gettext("The month before: %(before)s."), gettext("Of the month before we cannot tell.")
    else:
        known, unknown = gettext("The week before: %(before)s."), gettext("Of the week before we cannot tell.")
    return unknown if figure.before is None else known

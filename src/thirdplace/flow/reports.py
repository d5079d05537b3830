"""Reports: each tells of a week or a month in sentences, every one of which stands on a figure it opens onto."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min
from django.utils.translation import gettext

from thirdplace.flow import definitions
from thirdplace.flow.dates import date_format
from thirdplace.flow.deeds import day_of
from thirdplace.flow.figures import Figure, Section
from thirdplace.flow.seen import Seen
from thirdplace.foundation.card import Card, card_of
from thirdplace.foundation.engine import Period
from thirdplace.foundation.engine.periods import Grain
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.members.models import Community, Member
from thirdplace.foundation.registry import Registry, WrongDefinition, file_of
from thirdplace.foundation.translation import gettext_noop

LINES = (gettext_noop("For"), gettext_noop("Says"), gettext_noop("Leaves"))
PERIODS = ("week", "month")
FIRST, LAST = date(1970, 1, 5), date(2199, 12, 1)
Told = Callable[[Seen], Iterable[Section]]


@dataclass(frozen=True)
class Report:
    """What is told, of which length of time, and which measures it names."""

    slug: str
    title: str
    period: str
    tells: tuple[str, ...]
    card: Card
    function: Told

    def last(self, community: Community, *, wall: datetime) -> Period:
        """The last period that is over by the community's clock."""
        now = community.now(wall)
        period = Period.of(now.astimezone(community.tz).date(), self.period)
        return period if _over(community, period, now) else period.before()

    def edition(self, community: Community, on: date | None = None, *, wall: datetime) -> "Edition":
        """The report of the period that a day lies in, or of the last whole one, as it was known by its end.

        Refused while the period is not over. Another package's that breaks is set aside, and the house says so.
        """
        period = self.last(community, wall=wall) if on is None else _period(on, self.period)
        if not _over(community, period, community.now(wall)):
            last = self.last(community, wall=wall)
            raise ThirdplaceError(
                gettext("“%(name)s” is not over yet.") % {"name": capital_named(period.begins_on, self.period)},
                gettext("The last one that is over began on %(day)s.") % {"day": date_format(last.begins_on, "j F Y")},
            )
        seen = Seen(community, period, grain=self.period, wall=wall)
        return Edition(self, community, period, seen.at, self._sections(seen))

    def _sections(self, seen: Seen) -> tuple[Section, ...]:
        file = reports.file(self.slug)
        try:
            return _checked(self, tuple(self.function(seen)), file)
        except Exception as error:
            package = definitions.owner(file)
            if not package:
                raise
            definitions.set_aside(package, error)
            raise ThirdplaceError(
                gettext("The report “%(title)s” of another package does not run.") % {"title": gettext(self.title)},
                gettext("Tell its makers; “thirdplace doctor” says what happened."),
            ) from error


@dataclass(frozen=True)
class Edition:
    """A report of one period. at: the moment by which everything in it was known."""

    report: Report
    community: Community
    period: Period
    at: datetime
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """What the report is called."""
        return gettext(self.report.title)

    @property
    def name(self) -> str:
        """Which period it tells of: Week of 9 November 2026."""
        return capital_named(self.period.begins_on, self.report.period)

    @property
    def figures(self) -> list[Figure]:
        """Everything that it stands on, each once, in order."""
        found = [figure for section in self.sections for each in section.sentences for figure in each.figures]
        return list({(each.sort, each.name, each.slice, each.begins_on): each for each in found}.values())

    @property
    def key(self) -> list[Figure]:
        """The measures that it can tell, for its head."""
        return [each for each in self.figures if each.sort == "measure" and each.told]


reports: Registry[Report] = Registry(gettext_noop("report"), "reports")


def report(*, title: str, period: str, tells: Iterable[str]) -> Callable[[Told], Report]:
    """Define a report by a function from what was seen to its sections.

    period: week or month. tells: the names of the measures that it speaks of; one that leads nowhere is refused.
    """

    def define(function: Told) -> Report:
        file, slug = file_of(function), function.__name__
        if period not in PERIODS:
            raise WrongDefinition(f"{slug} tells of a '{period}'.", f"It is one of: {', '.join(PERIODS)}.", file)
        if not title.strip():
            raise WrongDefinition(f"The report {slug} has no title.", "Give it one: title='…'.", file)
        if len(inspect.signature(function).parameters) != 1:
            raise WrongDefinition(
                f"The report {slug} is not made from one thing.", f"Write: def {slug}(seen: Seen).", file
            )
        card = card_of(function, LINES)
        return reports.register(slug, Report(slug, title, period, tuple(tells), card, function), file=file)

    return define


def periods(known: Report, community: Community, *, wall: datetime, limit: int = 8) -> list[Period]:
    """The last periods that are over, newest first, back to the first that anything was read of."""
    period = known.last(community, wall=wall)
    made: list[Period] = []
    first_at = Member.objects.filter(community=community).aggregate(at=Min("first_at"))["at"]
    first = first_at.astimezone(community.tz).date() if first_at else None
    while first is not None and len(made) < limit and period.ends_on > first:
        made.append(period)
        period = period.before()
    return made


def capital_named(on: date, period: str) -> str:
    """A period by its name, as a heading."""
    if period == Grain.MONTH:
        name = date_format(on, "F Y")
        return name[:1].upper() + name[1:]
    return gettext("Week of %(day)s") % {"day": date_format(on, "j F Y")}


def _period(on: date, grain: str) -> Period:
    if not FIRST <= on <= LAST:
        raise ThirdplaceError(
            gettext("%(day)s is out of reach.") % {"day": on}, gettext("Choose days between 1970 and 2199.")
        )
    return Period.of(on, grain)


def _over(community: Community, period: Period, now: datetime) -> bool:
    return day_of(community, period.ends_on - timedelta(days=1))[1] <= now


def _checked(known: Report, sections: tuple[Section, ...], file: str) -> tuple[Section, ...]:
    """The sections, when every sentence stands on a figure of this report; else refused, naming the sentence."""
    for sentence in (each for section in sections for each in section.sentences):
        if not sentence.figures:
            raise WrongDefinition(
                f"A sentence of {known.slug} stands on no figure: '{sentence.words}'.",
                "Make it with say(…, figure).",
                file,
            )
        for figure in sentence.figures:
            if figure.sort == "measure" and figure.name not in known.tells:
                raise WrongDefinition(
                    f"{known.slug} tells of the measure '{figure.name}', which it does not name.",
                    "Add it to tells.",
                    file,
                )
    return sections

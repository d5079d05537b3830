"""Today: the eight questions of the round, answered in a line or holding its lines, never longer than a morning."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext, ngettext

from thirdplace import settings
from thirdplace.flow import clocks, deeds, findings, resting
from thirdplace.flow.lines import Item
from thirdplace.flow.models import Deed, Finding
from thirdplace.flow.questions import QUESTIONS, Asked, Truths, answer, knows_change
from thirdplace.flow.signals import signals
from thirdplace.flow.wording import capital, listing, minutes, number
from thirdplace.flow.wording import day as day_words
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community, Identity

LAST_DAYS = 7


@dataclass(frozen=True)
class Question:
    """One question as it stands on a day.

    items: lines that wait, heaviest first, then those done today. more: how many wait but do not fit, with why in
    `more_why`; they are `rest`, without their words until `show` fetches them. can_tell: whether anything read here
    could answer it. answered: we can tell, and nothing waits.
    """

    slug: str
    ask: str
    answer: str
    items: list[Item]
    more: int
    more_why: str
    later: list[Item]
    minutes: int
    can_tell: bool
    rest: list[Item] = field(default_factory=list)

    @property
    def waiting(self) -> list[Item]:
        """The lines still to do."""
        return [item for item in self.items if item.state == "waiting"]

    @property
    def done(self) -> list[Item]:
        """The lines done today."""
        return [item for item in self.items if item.state == "done"]

    @property
    def answered(self) -> bool:
        """Whether it is answered: we can tell, and nothing is left to do."""
        return self.can_tell and not self.waiting and not self.more


@dataclass(frozen=True)
class Day:
    """A day's round. live: it is today by a running clock. ended: where the archive ended, when it did.

    told: what a reader must know of this day, such as that the archive has ended; "" when nothing. answered: of the
    questions that we can tell about. deeds: what was done on this day, oldest first. begins: the first day of what was
    read, where this day lies before it.
    """

    community: Community
    on: date
    today: date
    live: bool
    ended: date | None
    told: str
    title: str
    lead: str
    questions: list[Question]
    minutes: int
    answered: int
    can_tell: int
    deeds: list[Deed] = field(default_factory=list)
    begins: date | None = None

    @property
    def waiting(self) -> list[Item]:
        """All lines still to do, in the order of the questions."""
        return [item for question in self.questions for item in question.waiting]

    @property
    def is_done(self) -> bool:
        """Whether something was done and nothing is left."""
        return bool(self.deeds) and not self.waiting


def day(community: Community, on: date | None = None, *, wall: datetime) -> Day:
    """A day's round; today's by the community's clock when no day is named. A past day is as it was by its end."""
    today = findings.today(community, wall=wall)
    on = on or today
    now = findings.moment(community, on, wall=wall)
    kept, found = findings.of(community, on, wall=wall)
    items = _items(community, found, on=on, now=now)
    by_question: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_question[item.signal.question].append(item)
    live = community.clock_on is None and on == today
    fits = _fitting(by_question, live=live)
    questions = [_question(asked, by_question[asked.slug], fits, kept.truths, live=live) for asked in QUESTIONS]
    show(community, [item for each in questions for item in (*each.items, *each.later)])
    done = deeds.of_day(community, on)
    begins = date.fromisoformat(kept.truths["begins"]) if kept.truths.get("begins") else None
    ended = clocks.ended(community, wall=wall)
    return Day(
        community, on, today, live, ended, _told(on, today, ended, begins),
        _title(questions, kept.truths, done), _lead(questions), questions,
        sum(each.minutes for each in questions), sum(each.answered for each in questions),
        sum(each.can_tell for each in questions), done, begins,
    )  # fmt: skip


def item_for(finding: Finding, *, wall: datetime) -> Item:
    """One line as it stands now on its day, to be shown in place of itself."""
    community = finding.community
    now = findings.moment(community, finding.on, wall=wall)
    (item,) = _items(community, [finding], on=finding.on, now=now)
    show(community, [item])
    return item


def coming_back(community: Community, *, wall: datetime) -> list[Item]:
    """Lines that were put off until this afternoon or a later day, the soonest first."""
    on = findings.today(community, wall=wall)
    _, found = findings.of(community, on, wall=wall)
    items = _items(community, found, on=on, now=findings.moment(community, on, wall=wall))
    later = [item for item in items if item.state == "later" and (item.until or item.until_at)]
    show(community, later)
    return sorted(later, key=lambda item: (item.until or on, -item.weight))


def last_days(community: Community, *, count: int = LAST_DAYS) -> list[date]:
    """The last days of what has been read, the latest first: what an archive that ended offers."""
    last = clocks.last_day(community)
    return [last - timedelta(days=back) for back in range(count)] if last else []


def _items(community: Community, found: Sequence[Finding], *, on: date, now: datetime) -> list[Item]:
    """The lines of findings, heaviest first, each with its state. What rests is left out later, by its state."""
    known = [finding for finding in found if finding.signal in signals]  # a package may have been taken out
    rest = resting.Rest(community, on=on, now=now)
    items = [rest.item(finding) for finding in known]
    return sorted(items, key=lambda item: (-item.weight, item.finding.began_at, item.finding.subject))


def _fitting(by_question: dict[str, list[Item]], *, live: bool) -> set[int]:
    """The lines that fit: so many a question, and not more in all than a morning; each question's heaviest first.

    live: what was done today has taken its part of the morning. On a day that is set, no tomorrow comes by itself.
    """
    done = {slug: [item for item in items if live and item.state == "done"] for slug, items in by_question.items()}
    queues = [_most(by_question[asked.slug], less=len(done.get(asked.slug, ()))) for asked in QUESTIONS]
    fits: set[int] = set()
    left = settings.TODAY_MINUTES - sum(item.minutes for items in done.values() for item in items)
    for rank in range(settings.TODAY_LINES):
        for queue in queues:
            if rank < len(queue) and queue[rank].minutes <= left:
                left -= queue[rank].minutes
                fits.add(queue[rank].pk)
    return fits


def _most(items: list[Item], *, less: int) -> list[Item]:
    """The waiting lines that a question shows at most; half as many of a kind each time a steward asked for fewer."""
    shown: list[Item] = []
    of_kind: dict[str, int] = defaultdict(int)
    for item in items:
        if item.state == "waiting" and of_kind[item.finding.signal] < max(settings.TODAY_LINES >> item.lessened, 1):
            of_kind[item.finding.signal] += 1
            shown.append(item)
    return shown[: max(settings.TODAY_LINES - less, 0)]


def _question(asked: Asked, items: list[Item], fits: set[int], truths: Truths, *, live: bool) -> Question:
    waiting = [item for item in items if item.state == "waiting"]
    shown = [item for item in waiting if item.pk in fits]
    done = [item for item in items if item.state == "done"]
    rest, lines = [item for item in waiting if item.pk not in fits], [*shown, *done]
    looks = asked.slug in {"waiting", "hand", "changing"} or any(
        each.question == asked.slug for each in signals.values()
    )
    can_tell = bool(looks and truths.get("read") and (asked.slug != "changing" or knows_change(truths)))
    told = answer(asked, len(waiting)) if waiting else _all_done(done) if done else asked.quiet(truths)
    return Question(
        asked.slug, gettext(asked.ask), told, lines, len(rest), _more_why(len(rest), shown, done, live=live),
        [item for item in items if item.state == "later"], sum(item.minutes for item in shown), can_tell or bool(items),
        rest,
    )  # fmt: skip


def _all_done(done: list[Item]) -> str:
    n = len(done)
    return ngettext("Done: one line today.", "Done: %(n)s lines today.", n) % {"n": number(n)}


def _more_why(more: int, shown: list[Item], done: list[Item], *, live: bool) -> str:
    if not more:
        return ""
    if not live:
        return ngettext("One more like these.", "%(n)s more like these.", more) % {"n": capital(number(more))}
    if len(shown) + len(done) >= settings.TODAY_LINES:
        return ngettext("One more like these waits for tomorrow.", "%(n)s more like these wait for tomorrow.", more) % {
            "n": capital(number(more))
        }
    return ngettext(
        "One more waits: it does not fit in a morning.", "%(n)s more wait: they do not fit in a morning.", more
    ) % {"n": capital(number(more))}


def _told(on: date, today: date, ended: date | None, begins: date | None) -> str:
    if begins is not None:
        return gettext("This day lies before all that has been read: that begins on %(day)s.") % {
            "day": day_words(begins)
        }
    if ended is not None and on == ended:
        return gettext("The archive ended on %(day)s. This is its last day.") % {"day": day_words(ended)}
    if ended is not None and on > ended:
        return gettext("The archive ended on %(day)s: nothing has come in since.") % {"day": day_words(ended)}
    if on < today:
        return gettext("As it was on %(day)s.") % {"day": day_words(on)}
    return ""


def _title(questions: list[Question], truths: Truths, done: list[Deed]) -> str:
    """The day in a sentence."""
    if done and not any(each.waiting for each in questions):
        return gettext("That is the round.")
    counts = {each.slug: len(each.waiting) + each.more for each in questions}
    phrases = [asked.phrase(counts[asked.slug]) for asked in QUESTIONS if counts[asked.slug]]
    if phrases:
        return gettext("%(phrases)s.") % {"phrases": capital(listing(phrases))}
    if truths.get("begins") or truths.get("ends"):
        return gettext("Nothing is known of this day.")
    if not truths.get("read"):
        return gettext("Nothing has been read yet.")
    return gettext("Nothing needs you today.")


def _lead(questions: list[Question]) -> str:
    """How much it is, and how many questions are answered already."""
    lines, length = sum(len(each.waiting) for each in questions), sum(each.minutes for each in questions)
    answered = sum(each.answered for each in questions)
    blind = sum(not each.can_tell for each in questions)
    told = []
    if lines:
        told.append(
            ngettext("One line, %(length)s.", "%(n)s lines, %(length)s.", lines)
            % {"n": capital(number(lines)), "length": minutes(length)}
        )
    if answered:
        told.append(
            ngettext("One question is answered.", "%(n)s questions are answered.", answered)
            % {"n": capital(number(answered))}
        )
    if blind:
        told.append(
            ngettext("About one we cannot tell yet.", "About %(n)s we cannot tell yet.", blind) % {"n": number(blind)}
        )
    return " ".join(told)


def show(community: Community, items: Sequence[Item]) -> None:
    """Fetch what the lines show, a few queries for all: their messages, sources and channels."""
    index = Index(community.pk)
    keys = {item.finding.subject for item in items if item.signal.subject == "message"}
    messages = index.messages(sorted(keys)) if keys else {}
    numbers = {item.finding.channel for item in items if item.finding.channel is not None}
    channels = {each.number: each for each in Channel.objects.filter(community=community, number__in=numbers)}
    sources = {each.pk: each for each in Source.objects.filter(community=community)} if items else {}
    identities = _identities(community, [item for item in items if item.signal.subject == "member"])
    for item in items:
        message, channel = messages.get(item.finding.subject), channels.get(item.finding.channel or 0)
        item.show(index, message, channel, sources, identities.get(item.finding.member_id, []))


def _identities(community: Community, items: Sequence[Item]) -> dict[int | None, list[int]]:
    """The accounts of the members whom lines are about, to find their last words by."""
    found: dict[int | None, list[int]] = defaultdict(list)
    if items:
        whose = Identity.objects.filter(community=community, member__in=[item.finding.member_id for item in items])
        for member, account in whose.values_list("member_id", "number"):
            found[member].append(account)
    return found

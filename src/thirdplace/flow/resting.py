"""Why a finding waits, is done, comes back later, or rests: from deeds and what stewards set aside by then."""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import Count, Min

from thirdplace.flow.actions import actions
from thirdplace.flow.deeds import day_of, standing
from thirdplace.flow.lines import Item, State
from thirdplace.flow.models import Deed, Finding, SetAside
from thirdplace.flow.signals import signals
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community

Because = SetAside.Because
DONE = {Because.ELSEWHERE, Because.HANDLED}  # a steward says that it has been dealt with


class Rest:
    """What deeds and set-aside rows say of a day's findings; read with a few queries for all of them."""

    def __init__(self, community: Community, *, on: date, now: datetime) -> None:
        self.community, self.on, self.now = community, on, now
        self.begins = day_of(community, on)[0]
        self.asides = {
            (row.signal, row.subject): row for row in SetAside.objects.filter(community=community, since__lte=now)
        }
        self.fewer = self._fewer()
        self.by_finding: dict[tuple[str, int], list[Deed]] = defaultdict(list)
        self.by_subject: dict[tuple[str, str, int], list[Deed]] = defaultdict(list)
        began = Finding.objects.filter(community=community, on=on).aggregate(first=Min("began_at"))["first"]
        if began is not None:  # a deed of before what is noticed began answers none of it
            for deed in standing(community, by=now).filter(done_at__gte=began).order_by("done_at", "pk"):
                self._take(deed)

    def _fewer(self) -> dict[str, int]:
        """How often a steward asked for fewer lines of each kind."""
        asked = standing(self.community, by=self.now).filter(given__because=Because.FEWER).exclude(signal="")
        counted = asked.order_by().values_list("signal").annotate(n=Count("pk"))
        return dict(counted.values_list("signal", "n"))

    def _take(self, deed: Deed) -> None:
        known = actions.get(deed.action)
        if known is None or not known.rests:
            return
        self.by_subject[deed.action, deed.subject_kind, deed.subject].append(deed)
        if deed.signal and deed.finding_subject is not None:
            self.by_finding[deed.signal, deed.finding_subject].append(deed)

    def item(self, finding: Finding) -> Item:
        """The line of a finding, with its state."""
        lessened = self.fewer.get(finding.signal, 0)
        deed, aside = self._deed(finding), self.asides.get((finding.signal, finding.subject))
        state: State = "waiting"
        if deed is not None:
            state = "done" if deed.done_at >= self.begins else "rested"
        elif aside is not None:
            state = self._aside(finding, aside)
        weight = finding.weight / 2**lessened
        return Item(self.community, finding, self.now, state, weight, lessened, deed, aside)

    def _deed(self, finding: Finding) -> Deed | None:
        """The last deed since it began that was done about it: from its line, or straight to its subject."""
        signal = signals[finding.signal]
        done = [
            *self.by_finding[finding.signal, finding.subject],
            *self.by_subject[signal.suggests, signal.subject, finding.subject],
        ]
        since = [deed for deed in done if deed.done_at >= finding.began_at]
        return max(since, key=lambda deed: deed.done_at, default=None)

    def _aside(self, finding: Finding, aside: SetAside) -> State:
        if aside.because == Because.NO_PROBLEM:
            return "rested"
        if aside.until_at is not None:
            return "later" if self.now < aside.until_at else "waiting"
        if aside.until_on is not None:
            return "later" if self.on < aside.until_on else "waiting"
        if finding.began_at > aside.since or (aside.because == Because.LATER and self._changed(finding, aside)):
            return "waiting"
        if aside.because in DONE:
            return "done" if aside.since >= self.begins else "rested"
        return "later" if aside.because == Because.LATER else "rested"

    def _changed(self, finding: Finding, aside: SetAside) -> bool:
        """Whether something came since it was put off: in its conversation, or from the member it is about."""
        if signals[finding.signal].subject == "member":
            last = finding.member.last_at if finding.member else None
            return last is not None and aside.since < last <= self.now
        index = Index(self.community.pk)
        message = index.messages([finding.subject]).get(finding.subject)
        if message is None or message.thread is None:
            return False
        newest = index.latest(threads=[message.thread], end=self.now, limit=1)
        return bool(newest) and newest[0].happened_at > aside.since

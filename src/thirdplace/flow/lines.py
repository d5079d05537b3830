"""A line of Today: one finding with whom it is about, their words, why it is here, and what can be done."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext

from thirdplace.flow import originals
from thirdplace.flow.actions import Action, actions
from thirdplace.flow.advice import Advice, advice
from thirdplace.flow.models import Deed, Finding, SetAside
from thirdplace.flow.signals import Signal, signals
from thirdplace.flow.wording import Part, day, facts_as_said, first_name, minutes, parts, span
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.connectors.base import SPOKEN
from thirdplace.foundation.index import Index, Message
from thirdplace.foundation.members.models import Community, Member

State = Literal["waiting", "done", "later", "rested"]
NEIGHBOURS = 2  # messages shown around theirs
SPOKE = [kind.value for kind in SPOKEN]
DRAFTED = ("en", "nl", "sv")


@dataclass(eq=False)
class Item:
    """A line of Today. Texts are made in the reader's language when they are asked for; so are messages around theirs.

    state: waiting; done by a deed or elsewhere; later, until a day; rested, by a steward's word or a deed of before.
    weight: the signal's, less where stewards asked for fewer of its kind. lessened: how often they did.
    """

    community: Community
    finding: Finding
    now: datetime
    state: State
    weight: float
    lessened: int = 0
    deed: Deed | None = None
    aside: SetAside | None = None
    message: Message | None = None
    source: Source | None = None
    channel: Channel | None = None
    sources: dict[int, Source] = field(default_factory=dict, repr=False)
    identities: list[int] = field(default_factory=list)
    _index: Index | None = field(default=None, repr=False)

    @property
    def pk(self) -> int:
        """The finding's number: by it a line is asked for and answered."""
        return self.finding.pk

    @property
    def signal(self) -> Signal:
        """What noticed it."""
        return signals[self.finding.signal]

    @property
    def member(self) -> Member | None:
        """Whom it is about."""
        return self.finding.member

    @property
    def who(self) -> str:
        """Their name, inside a sentence."""
        return self.member.name if self.member else gettext("Someone")

    @property
    def action(self) -> Action:
        """The main action."""
        return actions[self.signal.suggests]

    @property
    def button(self) -> str:
        """The words on the main action's button."""
        return self.action.button(first_name(self.who) if self.member else "")

    @property
    def subject(self) -> int:
        """What the main action is given: the message, or the member."""
        kind = self.action.subject.kind if self.action.subject else "member"
        if kind == "finding":
            return self.pk
        return self.finding.subject if kind == self.signal.subject else (self.finding.member_id or 0)

    @property
    def minutes(self) -> int:
        """How long it will take."""
        return self.signal.minutes

    @cached_property
    def parts(self) -> list[Part]:
        """The line's sentence, cut up so that a page can set the person's face and the point in it."""
        return parts(self._said(self.signal.line), self.who)

    @property
    def sentence(self) -> str:
        """The line's sentence as plain words."""
        return "".join(part.text for part in self.parts)

    @property
    def meta(self) -> list[str]:
        """When, where and how long: what stands small below the sentence."""
        told = [self.since, self.place, minutes(self.minutes)]
        return [each for each in told if each]

    @property
    def since(self) -> str:
        """How long it has lasted."""
        if self.signal.subject == "message":
            known = self.finding.facts.get("waited_seconds")  # until its source was last read, which may be a while ago
            length = self.now - self.finding.began_at if known is None else timedelta(seconds=known)
            return gettext("Waiting %(span)s") % {"span": span(length)}
        began, now = (each.astimezone(self.community.tz).date() for each in (self.finding.began_at, self.now))
        return gettext("Since %(day)s") % {"day": day(began, today=now)}

    @property
    def place(self) -> str:
        """Where: the source, and the channel in it."""
        names = [each.name for each in (self.source, self.channel) if each]
        return ", ".join(dict.fromkeys(names))

    @cached_property
    def why(self) -> str:
        """Why it is here: what the signal saw, with its number and its n."""
        return self._said(self.signal.why_of(self.finding.facts), who=self.who)

    def _said(self, sentence: str, *, who: str = "%(who)s") -> str:
        """A sentence of the signal with the numbers of this finding in it; without who, the person is set in later."""
        facts = facts_as_said(self.finding.facts, self.community.tz)
        return gettext(sentence) % {**facts, "who": who}

    @property
    def fewer(self) -> str:
        """What it means that stewards asked for fewer of these; "" when they did not."""
        if not self.lessened:
            return ""
        return gettext("You asked for fewer lines of this kind: they count for less, and fewer of them are shown.")

    @cached_property
    def words(self) -> Message | None:
        """Their words: the message it is about, else the last thing they said by then."""
        if self.message is not None or self._index is None or not self.identities:
            return self.message
        last = self._index.latest(identities=self.identities, kinds=SPOKE, end=self.now, limit=1)
        return last[0] if last else None

    @cached_property
    def context(self) -> list[Message]:
        """Their words with the message right before and after, in their thread or their channel. Oldest first."""
        if self.words is None or self._index is None:
            return []
        return self._index.context(self.words.key, before=NEIGHBOURS // 2, after=NEIGHBOURS - NEIGHBOURS // 2)

    @cached_property
    def original(self) -> str | None:
        """Where their words can be opened at their own place; None where that address is not known."""
        source = self._source
        return originals.link(self.words, source) if self.words is not None and source is not None else None

    @property
    def asks_base(self) -> bool:
        """Whether the source's base address is wanted before originals can be opened."""
        source = self._source
        return source is not None and originals.asks_base(source)

    @property
    def _source(self) -> Source | None:
        """The source of their words."""
        return self.sources.get(self.words.source) if self.words else None

    @cached_property
    def language(self) -> str:
        """The language that a text to them is drafted in: theirs where we speak it, else English."""
        known = (self.words.language if self.words else None) or (self.member.language if self.member else "")
        return known if known in DRAFTED else "en"

    @cached_property
    def draft(self) -> str:
        """A first text for the main action, in their language; "" when it asks for none. Never sent unseen."""
        return draft(self.action, self.who, self.words, self.language)

    @cached_property
    def advice(self) -> Advice | None:
        """What usually helps, in the reader's language."""
        return advice(self.signal.slug)

    def show(
        self,
        index: Index,
        message: Message | None,
        channel: Channel | None,
        sources: dict[int, Source],
        identities: list[int],
    ) -> None:
        """Be given what the page shows of it. identities: of whom it is about, where it is about a member."""
        self._index, self.message, self.channel, self.sources = index, message, channel, sources
        self.identities = identities
        source = message.source if message else channel.source_id if channel else None
        self.source = sources.get(source) if source is not None else None

    @property
    def until(self) -> date | None:
        """The day on which it comes back, when it was put off until one."""
        return self.aside.until_on if self.aside else None

    @property
    def until_at(self) -> datetime | None:
        """The moment of this same day at which it comes back, when it was put off until this afternoon."""
        return self.aside.until_at if self.aside else None


def draft(action: Action, name: str, message: Message | None, language: str) -> str:
    """An action's first text to somebody, in a language."""
    if action.draft is None:
        return ""
    with translation.override(language):
        return action.draft(first_name(name), message)

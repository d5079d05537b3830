"""A first text for what may be done: to whom, in their language, and where the original is. Nothing is done."""

from dataclasses import dataclass
from typing import Any

from thirdplace.flow import originals
from thirdplace.flow.actions import Action
from thirdplace.flow.lines import DRAFTED, draft
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.index import Message
from thirdplace.foundation.members.models import Community, Identity, Member


@dataclass(frozen=True)
class Draft:
    """A first text. language: the one it is in. original: where what it answers was said; None when not known."""

    text: str
    language: str
    original: str | None


def prepared(action: Action, subject: Any, *, community: Community) -> Draft:
    """The first text of an action to a message or a member, named by their numbers or given; "" when it has none."""
    done_to = action.subject.read(subject, community=community) if action.subject else None
    if isinstance(done_to, Message):
        who, language, original = author(community, done_to), done_to.language, original_of(community, done_to)
        name = who.name if who else ""
        return _draft(action, name, done_to, language or (who.language if who else ""), original)
    if isinstance(done_to, Member):
        return _draft(action, done_to.name, None, done_to.language, None)
    return Draft("", "en", None)


def author(community: Community, message: Message) -> Member | None:
    """Who said it."""
    if message.identity is None:
        return None
    known = Identity.objects.filter(community=community, number=message.identity).select_related("member").first()
    return known.member if known else None


def original_of(community: Community, message: Message) -> str | None:
    """Where a message can be opened at its own place."""
    source = Source.objects.filter(community=community, pk=message.source).first()
    return originals.link(message, source) if source else None


def _draft(action: Action, name: str, message: Message | None, language: str | None, original: str | None) -> Draft:
    spoken = language if language in DRAFTED else "en"
    return Draft(draft(action, name, message, spoken), spoken, original)

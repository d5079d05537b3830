"""What we know about single messages, as small marks beside them: who waits, who was new, what we did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from thirdplace.face.web.pages import languages, times
from thirdplace.face.web.pages.cast import Cast
from thirdplace.flow.actions import actions
from thirdplace.flow.models import Deed, Finding
from thirdplace.foundation.index import Message
from thirdplace.foundation.members.models import Community


@dataclass(frozen=True)
class Mark:
    """A word on a chip, and its tone."""

    words: str
    tone: str = ""


def on_messages(
    community: Community, said: Sequence[Message], cast: Cast, *, today: date, now: datetime
) -> dict[int, list[Mark]]:
    """The marks of some messages by key: two queries, whatever their number."""
    keys = [message.key for message in said]
    waiting = {
        found.subject: found
        for found in Finding.objects.filter(community=community, on=today, subject__in=keys).order_by("-weight")
    }
    done: dict[int, Deed] = {}
    for deed in Deed.objects.filter(community=community, subject_kind="message", subject__in=keys, undone_at=None):
        done.setdefault(deed.subject, deed)
    usual = languages.spoken(community)[:1]
    return {
        message.key: list(_marks(message, waiting.get(message.key), done.get(message.key), cast, usual, now))
        for message in said
    }


def _marks(
    message: Message, finding: Finding | None, deed: Deed | None, cast: Cast, usual: list[str], now: datetime
) -> Iterable[Mark]:
    if deed is not None:
        known = actions.get(deed.action)
        yield Mark(known.past(gettext("them")) if known else deed.action, "good")
    elif finding is not None:
        yield Mark(gettext("no answer for %(wait)s") % {"wait": times.short(now - message.happened_at)}, "heed")
    who = cast.who(message.identity)
    if who is not None and who.first_at == message.happened_at and not who.is_bot:
        yield Mark(gettext("first words"), "ember")
    if who is not None and who.is_staff:
        yield Mark(gettext("staff"))
    if who is not None and who.is_bot:
        yield Mark(gettext("bot"))
    if message.language and usual and message.language not in usual:
        yield Mark(languages.title(message.language))

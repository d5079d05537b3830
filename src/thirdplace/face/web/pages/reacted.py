"""What others answered without words, as small counts below a message: labels are members' words too, and inert."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from thirdplace.face.web.pages.words import name
from thirdplace.foundation.connectors.base import Kind
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.reactions import Reaction, reactions
from thirdplace.foundation.members.models import Community

MOST = 8  # labels below one message
LONGEST = 24  # letters of one
_NAMED = re.compile(r"[\w+-]+", re.ASCII)  # a platform's own name for a picture that we have not


@dataclass(frozen=True)
class Reacted:
    """What stands in the small count, and the same in words. mark: it is a word of ours, no member's sign."""

    sign: str
    n: int
    words: str
    mark: bool = False


def on_messages(community: Community, keys: Collection[int]) -> dict[int, list[Reacted]]:
    """The counts of some messages by key, the commonest first; what does not fit is one number."""
    found = reactions(Lake(community.pk), keys)
    return {key: _shown(told) for key, told in found.items()}


def _shown(found: Collection[Reaction]) -> list[Reacted]:
    """One message's counts: acceptance first, then votes, then reactions."""
    order = {Kind.ACCEPTED: 0, Kind.VOTED: 1}
    said = (_said(each) for each in sorted(found, key=lambda each: order.get(Kind(each.kind), 2)))
    shown = [told for told in said if told is not None]
    if rest := sum(told.n for told in shown[MOST:]):
        more = ngettext("%(n)s reaction more", "%(n)s reactions more", rest) % {"n": rest}
        return [*shown[:MOST], Reacted(more, rest, more, mark=True)]
    return shown


def _said(found: Reaction) -> Reacted | None:
    """One label's count; None for the votes of moderation, which are no answer to what was said."""
    if found.kind == Kind.ACCEPTED:
        return Reacted(gettext("accepted answer"), found.n, gettext("accepted answer"), mark=True)
    if found.kind == Kind.VOTED:
        votes = {
            "up": ngettext("%(n)s vote up", "%(n)s votes up", found.n),
            "down": ngettext("%(n)s vote down", "%(n)s votes down", found.n),
        }.get(found.label or "")
        return Reacted(votes % {"n": found.n}, found.n, votes % {"n": found.n}, mark=True) if votes else None
    sign = name(found.label, at_most=LONGEST) or "?"
    sign = f":{sign}:" if _NAMED.fullmatch(sign) else sign
    told = ngettext("%(n)s person reacted with %(sign)s", "%(n)s people reacted with %(sign)s", found.n)
    return Reacted(sign, found.n, told % {"n": found.n, "sign": sign})

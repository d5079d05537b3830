"""What would be found if a search that found nothing asked for a little less: only what would find something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from thirdplace.flow.search import Search
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community

MOST = 5  # ways that are shown
TRIED = 16  # and tried
SHOWN = 40  # letters of a word that is named
_PARTS = re.compile(r'-?"[^"]*"?|[^\s"]+')


@dataclass(frozen=True)
class Way:
    """Another search: what is changed, in words; the search; and how many messages it finds."""

    words: str
    search: Search
    n: int


def ways(search: Search, *, community: Community, now: datetime) -> list[Way]:
    """Searches near to this one that find something, the nearest first."""
    index = Index(community.pk)
    found: list[Way] = []
    for nth, (words, other) in enumerate(_others(search)):
        if len(found) >= MOST or nth >= TRIED:
            break
        if n := index.count(**other.filters(community, now)):
            found.append(Way(words, other, n))
    return found


def left_out(search: Search) -> list[str]:
    """What was asked not to be there, as it was typed."""
    return [
        part[1:].strip('"') for part in _PARTS.findall(search.words) if part.startswith("-") and part[1:].strip('"')
    ]


def _others(search: Search) -> Iterator[tuple[str, Search]]:
    """The same search, asking for less: spelling first, then words, then filters."""
    if search.words and not search.near:
        yield gettext("also what is spelt nearly so"), replace(search, near=True)
    parts = _PARTS.findall(search.words)
    for nth, part in enumerate(parts if len(parts) > 1 else []):
        left = parts[:nth] + parts[nth + 1 :]
        if all(each.startswith("-") for each in left):
            continue
        rest = replace(search, words=" ".join(left))
        said = gettext("leaving “%(word)s” in") if part.startswith("-") else gettext("without “%(word)s”")
        yield said % {"word": part.removeprefix("-").strip('"')[:SHOWN]}, rest
    if search.since or search.begin or search.end:
        yield gettext("at any time"), replace(search, since="", begin=None, end=None)
    if search.sources or search.channels or search.place:
        yield gettext("anywhere"), replace(search, sources=(), channels=(), place="")
    if search.member is not None or search.by:
        yield gettext("by anybody"), replace(search, member=None, by="")
    if search.kinds or search.languages or search.has:
        yield gettext("of any kind and language"), replace(search, kinds=(), languages=(), has=())
    if search.words and search != Search(words=search.words, near=search.near, order=search.order):
        yield gettext("only these words, without the filters"), Search(words=search.words, near=search.near)
    for part in parts:
        if not part.startswith("-") and search != Search(words=part):
            yield gettext("only “%(word)s”") % {"word": part.strip('"')[:SHOWN]}, Search(words=part)

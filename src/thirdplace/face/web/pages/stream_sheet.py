"""What the stream shows, as a file to keep."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from thirdplace.face.web.pages import sheet
from thirdplace.face.web.pages.cast import Cast
from thirdplace.flow.search import Search
from thirdplace.foundation.index import Index, Message
from thirdplace.foundation.members.models import Community

MOST = 10_000  # rows of one file
AT_ONCE = 500  # of them fetched together


def heads() -> list[str]:
    """What stands above the columns."""
    return [gettext("When"), gettext("Who"), gettext("Source"), gettext("Channel"), gettext("Kind"),
            gettext("Language"), gettext("Title"), gettext("Text"), gettext("Key")]  # fmt: skip


def answer(community: Community, found: Iterable[Message], *, name: str) -> HttpResponseBase:
    """Messages as CSV."""
    return sheet.sheet(f"{community.slug}-{name}", heads(), cells(community, found))


def fitting(community: Community, wanted: Search, now: datetime, *, most: int = MOST) -> Iterator[Message]:
    """What fits, to its end or to what one file holds, fetched stretch by stretch."""
    index, filters = Index(community.pk), wanted.filters(community, now)
    if wanted.ordered == "best":
        yield from _best(index, filters, most)
        return
    before, left = None, most
    while left > 0:
        many = min(AT_ONCE, left)
        found = index.latest(**filters, before=before, limit=many, oldest_first=wanted.ordered == "oldest")
        yield from found
        if len(found) < many:
            return
        before, left = found[-1].cursor, left - len(found)


def _best(index: Index, filters: dict[str, Any], most: int) -> Iterator[Message]:
    before = None
    while most > 0:
        found = index.search(best=True, before=before, limit=min(AT_ONCE, most), **filters)
        yield from found.messages
        before, most = found.next, most - len(found.messages)
        if before is None:
            return


def cells(community: Community, found: Iterable[Message]) -> Iterator[list[Any]]:
    """The rows of the file; who and where are asked for many at a time."""
    rest = iter(found)
    while some := list(islice(rest, AT_ONCE)):
        cast = Cast(community, some)
        for said in some:
            who, where = cast.who(said.identity), cast.where(said.channel)
            source = cast.source(said.source)
            yield [said.happened_at.astimezone(community.tz), who.name if who else None,
                   source.name if source else None, where.name if where else None, said.kind, said.language,
                   said.title, said.text, str(said.key)]  # fmt: skip

"""What a reader asked the stream for, read from the address and said in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from thirdplace.face.web.pages import languages
from thirdplace.face.web.pages.keys import number
from thirdplace.face.web.pages.paging import address
from thirdplace.face.web.request import Request
from thirdplace.flow import search
from thirdplace.flow.search import Search
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.connectors.base import Kind
from thirdplace.foundation.members.models import Community, Member

PERIODS = {
    "7": gettext_lazy("last 7 days"),
    "30": gettext_lazy("last 30 days"),
    "90": gettext_lazy("last 90 days"),
    "365": gettext_lazy("last year"),
}
KINDS = {
    Kind.ASKED: gettext_lazy("questions"),
    Kind.STARTED: gettext_lazy("new threads"),
    Kind.ANSWERED: gettext_lazy("answers"),
    Kind.REPLIED: gettext_lazy("replies"),
    Kind.SAID: gettext_lazy("talk"),
    Kind.COMMENTED: gettext_lazy("comments"),
}
HAS = {"link": gettext_lazy("has a link"), "code": gettext_lazy("has code")}


@dataclass(frozen=True)
class Chip:
    """A filter that is on: what it says, and the address without it."""

    words: str
    without: str


def read(request: Request) -> Search:
    """What the address asks for."""
    return search.read(dict(request.GET.lists()))


def cursor(value: str | None) -> tuple[int, int] | None:
    """Where a list stopped: the moment in microseconds and the key; of the best, how many stood before."""
    moment, _, key = (value or "").partition("_")
    at, nth = number(moment), number(key)
    return (at, nth) if at is not None and nth is not None else None


def in_words(asked: Search) -> str:
    """What the period is called on its chip."""
    if asked.since:
        return str(PERIODS[asked.since])
    if asked.begin and asked.end:
        return gettext("%(begin)s to %(end)s") % {"begin": asked.begin, "end": asked.end}
    if asked.begin:
        return gettext("since %(day)s") % {"day": asked.begin}
    return gettext("until %(day)s") % {"day": asked.end} if asked.end else ""


def chips(request: Request, wanted: Search, *, sources: dict[int, Source], channels: list[Channel]) -> Iterator[Chip]:
    """Each filter that is on, with the way to take it off. channels: those chosen are among them."""
    if wanted.since or wanted.begin or wanted.end:
        yield Chip(in_words(wanted), address(request, since=None, **{"from": None, "to": None}))
    names = {channel.number: channel.name for channel in channels}
    for words, name in (
        ([sources[pk].name if pk in sources else "?" for pk in wanted.sources], "source"),
        ([names.get(each, "?") for each in wanted.channels], "channel"),
        ([str(KINDS[Kind(kind)]) for kind in wanted.kinds], "kind"),
        ([str(HAS[each]) for each in wanted.has], "has"),
        ([languages.title(code) for code in wanted.languages], "language"),
    ):
        if words:
            yield Chip(", ".join(words[:3]) + ("…" if len(words) > 3 else ""), address(request, **{name: None}))
    if wanted.place:
        yield Chip(gettext("in “%(name)s”") % {"name": wanted.place}, address(request, **{"in": None}))
    if wanted.by:
        yield Chip(gettext("by “%(name)s”") % {"name": wanted.by}, address(request, by=None))
    if wanted.member is not None:
        yield Chip(gettext("by %(who)s") % {"who": _called(request.community, wanted.member)},
                   address(request, member=None))  # fmt: skip
    if wanted.near:
        yield Chip(gettext("near spelling"), address(request, near=None))


def _called(community: Community, pk: int) -> str:
    who = Member.objects.filter(community=community, pk=pk).first()
    return who.name if who else "?"

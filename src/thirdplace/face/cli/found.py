"""What a search found, on a terminal: who, where and when, and the words in their sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import click
from django.utils.translation import gettext, ngettext

from thirdplace.face.cli.asked import is_talking
from thirdplace.face.cli.inert import inert
from thirdplace.face.web.pages import sheet as sheets
from thirdplace.face.web.pages import stream_sheet
from thirdplace.face.web.pages.cast import Cast
from thirdplace.flow import otherwise, search, views
from thirdplace.flow.charts import figure
from thirdplace.flow.search import Search
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.errors import NotFound, ThirdplaceError
from thirdplace.foundation.index import Found, Index, Message
from thirdplace.foundation.members.models import Community

WIDTH = 240  # letters of a sentence
READ = 6_000  # letters in which its words are looked for


def wanted(
    community: Community, words: str, *, view: str, source: Sequence[str], channel: Sequence[str], by: str,
    kind: Sequence[str], language: Sequence[str], begin: date | None, end: date | None, has: Sequence[str],
    near: bool, best: bool,
) -> Search:  # fmt: skip
    """What the words and options ask for. Names that nothing here has are refused."""
    kept = search.from_address(views.one(community, view).query) if view else Search()
    known = [each.value for each in search.KINDS]
    for each in kind:
        if each not in known:
            raise ThirdplaceError(
                gettext("Nothing that is said is of the kind '%(name)s'.") % {"name": each},
                gettext("Choose one of: %(choices)s.") % {"choices": ", ".join(known)},
            )
    changed: dict[str, Any] = {
        "words": search.typed(f"{kept.words} {words}", most=search.LONGEST),
        "sources": _sources(community, source), "channels": _channels(community, channel),
        "by": search.typed(by, most=search.PART), "kinds": tuple(kind), "languages": tuple(language),
        "begin": begin, "end": end, "has": tuple(has), "near": near or kept.near,
        "order": "best" if best else kept.order,
    }  # fmt: skip
    if begin or end:
        changed["since"] = ""
    return replace(kept, **{name: value for name, value in changed.items() if value not in ((), "", None)})


def lines(community: Community, asked: Search, found: Found, *, now: datetime) -> Iterator[str]:
    """How many there are, then each with its words marked; of nothing, what would find something."""
    if not found.messages:
        yield gettext("Nothing like that was said.")
        if out := otherwise.left_out(asked):
            yield gettext("Left out: %(words)s.") % {"words": inert(", ".join(out))}
        for way in otherwise.ways(asked, community=community, now=now):
            yield f"  {figure(way.n):>9}  {inert(way.words)}"
        return
    yield click.style(_told(found), bold=True)
    cast = Cast(community, found.messages)
    for said in found.messages:
        who, where = cast.who(said.identity), cast.where(said.channel)
        when = said.happened_at.astimezone(community.tz).strftime("%Y-%m-%d %H:%M")
        name = who.name if who else gettext("somebody")
        yield f"{when}  {inert(name)}  {inert(where.name) if where else ''}  {said.key}".rstrip()
        yield f"    {_sentence(said, found)}"


def sheet(community: Community, asked: Search, *, now: datetime, most: int, steward: Account) -> Iterator[str]:
    """The same as a table, which no spreadsheet runs."""
    search.permit(steward, community)
    found = stream_sheet.fitting(community, asked, now, most=most)
    yield from sheets.lines(stream_sheet.heads(), stream_sheet.cells(community, found))


def _told(found: Found) -> str:
    """How many, and how many of them are shown."""
    told = (
        ngettext("%(n)s message", "%(n)s messages", found.total)
        if found.exact
        else ngettext("at least %(n)s message", "at least %(n)s messages", found.total)
    ) % {"n": figure(found.total)}
    if found.total <= len(found.messages):
        return f"{told}."
    return gettext("%(messages)s; %(shown)s of them below. More with --limit.") % {
        "messages": told, "shown": figure(len(found.messages)),
    }  # fmt: skip


def _sentence(said: Message, found: Found) -> str:
    """A message where its words stand: on a terminal they are set apart, in a file they are plain."""
    whole = " ".join(part for part in (said.title, said.text) if part)
    cut, marks = Index.snippet(whole[:READ], found.terms, WIDTH)
    out, at = [], 0
    for begin, end in marks if is_talking() else ():
        out += [inert(cut[at:begin]), click.style(inert(cut[begin:end]), bold=True, underline=True)]
        at = end
    return "".join([*out, inert(cut[at:])])


def _sources(community: Community, given: Sequence[str]) -> tuple[int, ...]:
    """Sources by a part of their name, or by their number."""
    found: list[int] = []
    for each in given:
        known = Source.objects.filter(community=community)
        fits = list(known.filter(name__icontains=each).values_list("pk", flat=True))
        fits += known.filter(pk__in=search.numbers([each], bits=32)).values_list("pk", flat=True)
        if not fits:
            raise NotFound(
                gettext("There is no source called '%(name)s'.") % {"name": each},
                gettext("Look at their names: thirdplace sources."),
            )
        found += fits
    return tuple(dict.fromkeys(found))


def _channels(community: Community, given: Sequence[str]) -> tuple[int, ...]:
    """Channels by a part of their name, or by their number."""
    found: list[int] = []
    for each in given:
        known = Channel.objects.filter(community=community)
        fits = list(known.filter(name__icontains=each).values_list("number", flat=True)[: search.NAMESAKES])
        fits += known.filter(number__in=search.numbers([each])).values_list("number", flat=True)
        if not fits:
            raise NotFound(
                gettext("There is no channel called '%(name)s'.") % {"name": each},
                gettext("Write a part of its name as the stream shows it."),
            )
        found += fits
    return tuple(dict.fromkeys(found))

"""A message where it was said: its thread, or in running talk what came just before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext

from thirdplace.face.web.pages import asked, clock, marks, reacted, times
from thirdplace.face.web.pages.cast import Cast
from thirdplace.face.web.pages.forms import named
from thirdplace.face.web.pages.keys import number
from thirdplace.face.web.pages.words import excerpt, name
from thirdplace.face.web.request import Request
from thirdplace.flow import search
from thirdplace.flow.actions import actions
from thirdplace.flow.originals import link
from thirdplace.foundation.errors import NotFound
from thirdplace.foundation.index import Index, Message
from thirdplace.foundation.members.models import Community, Member

AROUND = 8  # messages of running talk on each side
LONGEST = 60  # messages of a thread on one page


@dataclass(frozen=True)
class Turn:
    """One message of the talk. focus: the one that one came for."""

    said: Message
    who: Member | None
    marks: list[marks.Mark]
    reacted: list[reacted.Reacted]
    focus: bool


@dataclass(frozen=True)
class Act:
    """An action that fits here: on what, and the words on its button."""

    slug: str
    subject: int
    button: str


def message(request: Request, key: int) -> HttpResponseBase:
    """A message in its thread: as a page, or as the pane beside the stream."""
    index = Index(request.community.pk)
    found = index.messages([key]).get(key)
    if found is None:
        raise NotFound(
            gettext("That message is not here."),
            gettext("It may have been deleted where it was said, or its import was undone. Look in the stream."),
        )
    pane = context(request, found, index=index, terms=search.terms(asked.read(request)))
    if request.GET.get("pane"):
        return render(request, "pages/talk.html", {"pane": pane, "heading": "h2"})
    return render(request, "pages/thread.html", {"pane": pane})


def chosen(request: Request, index: Index, shown: Sequence[Message]) -> Message | None:
    """The message whose thread stands beside the list: the one asked for, else the first."""
    wanted = number(request.GET.get("m"))
    if wanted is not None:
        known = {said.key: said for said in shown}
        return known.get(wanted) or index.messages([wanted]).get(wanted)
    return shown[0] if shown else None


def context(
    request: Request, said: Message, *, index: Index, terms: Sequence[str] = (), beside: Sequence[Message] = ()
) -> dict[str, Any]:
    """Everything that the pane shows. beside: the list it stands beside, whose reactions are asked for with its own."""
    community, now = request.community, clock.now(request)
    talk = conversation(index, said)
    cast = Cast(community, talk)
    found = marks.on_messages(community, talk, cast, today=clock.today(request), now=now)
    counts = reacted.on_messages(community, [one.key for one in (*talk, *beside)])
    turns = [Turn(one, cast.who(one.identity), found[one.key], counts[one.key], one.key == said.key) for one in talk]
    source, where = cast.source(said.source), cast.where(said.channel)
    who = cast.who(said.identity)
    return {
        "said": said, "who": who, "turns": turns, "where": where, "source": source, "terms": list(terms),
        "title": title(talk, where.name if where else ""), "about": _about(talk, said, now),
        "apart": where is not None and (source is None or name(source.name) != where.name),
        "original": (link(said, source) or "") if source else "",
        "whole": reverse("message", args=[said.key]),
        "person": person_line(who, now=now, community=community),
        "acts": _acts(said, who) if who is not None and not who.is_bot else [],
    }  # fmt: skip


def conversation(index: Index, said: Message) -> list[Message]:
    """The talk around a message, oldest first: its thread; in running talk what came just before and after."""
    if said.thread is not None:
        return index.thread(said.thread, around=said.key, limit=LONGEST)
    return index.context(said.key, before=AROUND, after=AROUND)


def title(talk: Sequence[Message], where: str) -> str:
    """What a talk is called: its opener's title, else how it begins."""
    opener = talk[0]
    named = next((said.title for said in talk if said.title), None)
    if named:
        return name(named, at_most=140)
    if opener.thread is not None:
        return excerpt(opener.text, at_most=90) or gettext("A thread without words")
    return gettext("In %(where)s") % {"where": where} if where else gettext("A message")


def _about(talk: Sequence[Message], said: Message, now: datetime) -> str:
    """How many posts by how many people, and how soon somebody answered."""
    people = len({one.identity for one in talk if one.identity is not None})
    posts = ngettext("%(n)s post", "%(n)s posts", len(talk)) % {"n": len(talk)}
    by = ngettext("by %(n)s person", "by %(n)s people", people) % {"n": people}
    if said.thread is None:
        return gettext("%(posts)s around it %(by)s") % {"posts": posts, "by": by}
    opener = talk[0]
    answer = next((one for one in talk[1:] if one.identity != opener.identity), None)
    if answer is not None:
        after = times.span(answer.happened_at - opener.happened_at)
        return gettext("%(posts)s %(by)s; first reply after %(span)s") % {"posts": posts, "by": by, "span": after}
    waited = times.span(now - opener.happened_at)
    return gettext("%(posts)s, no answer for %(span)s") % {"posts": posts, "span": waited}


def person_line(who: Member | None, *, now: datetime, community: Community) -> str:
    """Who wrote it, in a sentence; nothing when nobody is named."""
    if who is None or who.first_at is None:
        return ""
    first = times.moment(who.first_at, now=now, zone=community.tz)
    said = ngettext("%(n)s message", "%(n)s messages", who.spoken) % {"n": who.spoken}
    return gettext("First spoke here %(when)s; %(said)s since.") % {"when": first, "said": said}


def _acts(said: Message, who: Member) -> list[Act]:
    """What can be said here: actions with words, on the message first, then to who wrote it."""
    spoken = [known for known in actions.values() if known.listed and known.draft is not None]
    made = []
    for kind, subject in (("message", said.key), ("member", who.pk)):
        offered = [known for known in spoken if known.subject is not None and known.subject.kind == kind]
        made += [Act(known.slug, subject, named(known, who)) for known in offered[:1]]
    return made


urlpatterns = [path("stream/<key:key>", message, name="message")]

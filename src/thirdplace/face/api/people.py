"""Members and their messages."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext
from ninja import Path, Query, Router, Schema

from thirdplace.face.api import days, members, schemas, shapes
from thirdplace.face.api.house import NO, community, whole
from thirdplace.face.web.pages.sheet import sheet
from thirdplace.flow import drafts
from thirdplace.foundation.channels import models as places
from thirdplace.foundation.errors import NotFound
from thirdplace.foundation.index import Index, Message
from thirdplace.foundation.index.filters import Filters
from thirdplace.foundation.members.models import Community, Identity

router = Router(tags=["Members and messages"])
Number = Annotated[int, Path(ge=1, lt=2**31)]
Key = Annotated[str, Path(pattern=r"^-?[0-9]{1,19}$")]
ORDERS = {"last": "-last_at", "first": "-first_at", "spoken": "-spoken", "name": "name"}


CSV = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


class Wanted(Schema):
    """Which members."""

    name: str = ""
    source: Annotated[int | None, Query(ge=1, lt=2**31)] = None
    language: str = ""
    staff: bool | None = None
    bot: bool | None = None
    suggested: Annotated[bool, Query(description="Only those who are perhaps staff or bots.")] = False
    sort: Literal["last", "first", "spoken", "name"] = "last"


class Members(Schema):
    """Some members, of so many that fit."""

    total: int
    members: list[schemas.Member]


@router.get("/members", response={200: Members, **NO}, operation_id="members")
def list_members(
    request: HttpRequest,
    wanted: Query[Wanted],
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Any:
    """Members that fit, in the order asked for."""
    found = _found(community(request, "members.see"), wanted)
    return {"total": found.count(), "members": [shapes.member(each) for each in found[offset : offset + limit]]}


@router.get("/members.csv", operation_id="members_csv", response={200: None, **NO}, openapi_extra=CSV)
def members_csv(request: HttpRequest, wanted: Query[Wanted]) -> StreamingHttpResponse:
    """The same members, all of them, as CSV that no spreadsheet runs."""
    heads = ("id", "name", "is_staff", "is_bot", "first_at", "last_at", "spoken", "language")
    found = _found(community(request, "members.see"), wanted)
    rows = ([getattr(each, "pk" if head == "id" else head) for head in heads] for each in found.iterator(500))
    return sheet("members", heads, rows)


@router.get("/members/{int:number}", response={200: schemas.WholeMember, **NO}, operation_id="member")
def one_member(request: HttpRequest, number: Number) -> Any:
    """One member, with their accounts and what was done for them."""
    return members.whole(members.one(community(request, "members.see"), number))


class Stream(Schema):
    """Which messages: of every filter that is given, any of its values fits; and all filters must."""

    source: Annotated[list[int], Query(max_length=50)] = []
    channel: Annotated[list[str], Query(max_length=50)] = []
    member: Annotated[list[int], Query(max_length=50)] = []
    thread: Annotated[list[str], Query(max_length=50)] = []
    kind: Annotated[list[str], Query(max_length=50)] = []
    language: Annotated[list[str], Query(max_length=50)] = []
    words: Annotated[str, Query(max_length=500)] = ""
    begin: schemas.OnDay | None = None
    end: Annotated[schemas.OnDay | None, Query(description="The last day, included.")] = None
    oldest_first: bool = False


class Messages(Schema):
    """Some messages, and where to go on from: give it as `after`. None at the end."""

    messages: list[schemas.Message]
    after: str | None


@router.get("/messages", response={200: Messages, **NO}, operation_id="messages")
def list_messages(
    request: HttpRequest,
    wanted: Query[Stream],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str, Query(pattern=r"^(-?[0-9]{1,19}\.-?[0-9]{1,19})?$")] = "",
) -> Any:
    """Messages, newest first unless asked otherwise."""
    where = community(request, "channels.see")
    cursor = None
    if after:
        at, key = after.split(".")
        cursor = (whole(at, "after"), whole(key, "after"))
    filters = _filters(where, wanted)
    if filters is None:
        return {"messages": [], "after": None}
    found = Index(where.pk).latest(before=cursor, limit=limit, oldest_first=wanted.oldest_first, **filters)
    last = found[-1].cursor if len(found) == limit else None
    return {"messages": _said(where, found), "after": f"{last[0]}.{last[1]}" if last else None}


@router.get("/messages/{key}", response={200: schemas.WholeMessage, **NO}, operation_id="message")
def one_message(request: HttpRequest, key: Key) -> Any:
    """One message, as it stands, and where it can be opened at its own place."""
    where, number = community(request, "channels.see"), whole(key, "key")
    found = Index(where.pk).messages([number]).get(number)
    if found is None:
        raise NotFound(
            gettext("There is no message %(key)s here.") % {"key": key},
            gettext("It may have been deleted where it was said. Look it up in the stream."),
        )
    return {**_said(where, [found])[0], "original": drafts.original_of(where, found)}


@router.get("/messages/{key}/context", response={200: list[schemas.Message], **NO}, operation_id="message_context")
def context(
    request: HttpRequest,
    key: Key,
    before: Annotated[int, Query(ge=0, le=100)] = 3,
    after: Annotated[int, Query(ge=0, le=100)] = 3,
) -> Any:
    """A message with what was said around it: in its thread, else in its channel. Oldest first."""
    where = community(request, "channels.see")
    found = Index(where.pk).context(whole(key, "key"), before=before, after=after)
    return _said(where, found)


@router.get("/threads/{thread}", response={200: list[schemas.Message], **NO}, operation_id="thread")
def thread(request: HttpRequest, thread: Key, limit: Annotated[int, Query(ge=1, le=500)] = 200) -> Any:
    """A thread, oldest first."""
    where = community(request, "channels.see")
    return _said(where, Index(where.pk).thread(whole(thread, "thread"), limit=limit))


class Channel(Schema):
    """A channel, by its number."""

    number: str
    source: int
    name: str
    kind: str
    native: str


@router.get("/channels", response={200: list[Channel], **NO}, operation_id="channels")
def list_channels(
    request: HttpRequest,
    source: Annotated[int | None, Query(ge=1, lt=2**31)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    offset: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Any:
    """Channels by their names: messages and slices name them by their numbers."""
    found = places.Channel.objects.filter(community=community(request, "channels.see"))
    if source is not None:
        found = found.filter(source=source)
    return [shapes.channel(each) for each in found.order_by("source", "name", "pk")[offset : offset + limit]]


def _said(where: Community, found: Sequence[Message]) -> list[shapes.Shape]:
    """Messages with who said them: one query for all."""
    numbers = {each.identity for each in found if each.identity is not None}
    known = Identity.objects.filter(community=where, number__in=numbers).select_related("member")
    who = {each.number: each.member for each in known}
    return [shapes.message(each, who.get(each.identity or 0)) for each in found]


def _found(where: Community, wanted: Wanted) -> Any:
    fitting = members.found(
        where, name=wanted.name, source=wanted.source, language=wanted.language, staff=wanted.staff, bot=wanted.bot,
        suggested=wanted.suggested,
    )  # fmt: skip
    return fitting.order_by(ORDERS[wanted.sort], "pk")


def _filters(where: Community, wanted: Stream) -> Filters | None:
    """The index's filters; None when nothing can fit."""
    identities: list[int] = []
    if wanted.member:
        known = Identity.objects.filter(community=where, member__in=[n for n in wanted.member if 0 < n < 2**31])
        identities = list(known.values_list("number", flat=True))
        if not identities:
            return None
    return Filters(
        sources=[source for source in wanted.source if 0 < source < 2**31],
        channels=[whole(each, "channel") for each in wanted.channel],
        threads=[whole(each, "thread") for each in wanted.thread],
        identities=identities,
        kinds=wanted.kind,
        languages=wanted.language,
        words=wanted.words,
        begin=days.midnight(where, wanted.begin),
        end=days.after(where, wanted.end),
    )

"""Searching what was said, and the searches that were given a name."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema, Status

from thirdplace.face.api import schemas, shapes
from thirdplace.face.api.house import NO, account, community, whole
from thirdplace.face.web.pages import stream_sheet
from thirdplace.flow import search, views
from thirdplace.flow.models import View
from thirdplace.flow.search import Search
from thirdplace.foundation.index import Found, Index, Message
from thirdplace.foundation.members.models import Community, Identity

router = Router(tags=["Search"])
Number = Annotated[int, Path(ge=1, lt=2**31)]
READ = 6_000  # letters in which words are looked for
CSV = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


class Sought(Schema):
    """What is looked for: of every filter that is given, any of its values fits; and all filters must."""

    words: Annotated[
        str,
        Query(max_length=search.LONGEST, description='Words, "words in a row", -without, begin*. Never an error.'),
    ] = ""
    source: Annotated[list[int], Query(max_length=search.MOST, description="Sources, by their numbers.")] = []
    channel: Annotated[list[str], Query(max_length=search.MOST, description="Channels, by their numbers.")] = []
    channel_name: Annotated[str, Query(max_length=search.PART, description="A part of a channel's name.")] = ""
    member: Annotated[int | None, Query(ge=1, lt=2**31, description="A member, by their number.")] = None
    by: Annotated[str, Query(max_length=search.PART, description="A part of a member's name or handle.")] = ""
    kind: Annotated[
        list[Literal["asked", "started", "answered", "replied", "said", "commented"]],
        Query(max_length=search.MOST, description="Kinds of messages."),
    ] = []
    language: Annotated[list[str], Query(max_length=search.MOST, description="Languages, such as nl.")] = []
    has: Annotated[
        list[Literal["link", "code"]], Query(max_length=2, description="What must be in it, all of it.")
    ] = []
    near: Annotated[bool, Query(description="Also what is spelt nearly so.")] = False
    begin: Annotated[schemas.OnDay | None, Query(description="The first day.")] = None
    end: Annotated[schemas.OnDay | None, Query(description="The last day, included.")] = None
    order: Annotated[Literal["newest", "oldest", "best"], Query(description="Which stands first.")] = "newest"
    view: Annotated[
        int | None, Query(ge=1, lt=2**31, description="A view, by its number; then nothing else is asked of it.")
    ] = None


class FoundMessage(schemas.Message):
    """A message that was found. sentence: where the words stand in it; marks: which stretches of that they are."""

    sentence: str
    marks: list[tuple[int, int]]


class Answer(Schema):
    """What was found. exact: else there are at least `total`. after: give it to go on; null at the end."""

    total: int
    exact: bool
    messages: list[FoundMessage]
    after: str | None


@router.get("/search", response={200: Answer, **NO}, operation_id="search")
def find(
    request: HttpRequest,
    sought: Query[Sought],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str, Query(pattern=r"^(-?[0-9]{1,19}\.-?[0-9]{1,19})?$")] = "",
) -> Any:
    """What was said that fits, with how many there are, and each message's words in their sentence."""
    where = community(request, search.SEES)
    at, _, key = after.partition(".")
    before = (whole(at, "after"), whole(key, "after")) if after else None
    found = search.find(
        _search(where, sought), community=where, steward=account(request), now=where.now(timezone.now()),
        before=before, limit=limit,
    )  # fmt: skip
    return answer(where, found)


@router.get("/search.csv", operation_id="search_csv", response={200: None, **NO}, openapi_extra=CSV)
def find_csv(request: HttpRequest, sought: Query[Sought]) -> HttpResponseBase:
    """The same, as many as one file holds, as CSV that no spreadsheet runs."""
    where = community(request, search.SEES)
    found = stream_sheet.fitting(where, _search(where, sought), where.now(timezone.now()))
    return stream_sheet.answer(where, found, name="search")


class Kept(Schema):
    """A view: a search with a name. query: what it asks, as the address of a page says it."""

    id: int
    name: str
    query: str
    steward: str
    kept_at: str


class Named(schemas.Sent):
    """A view that is to be kept."""

    name: Annotated[str, Field(min_length=1, max_length=views.LONGEST)]
    query: Annotated[str, Field(max_length=4000, description="Such as q=key&language=nl.")]


class Renamed(schemas.Sent):
    """What a view shall be called."""

    name: Annotated[str, Field(min_length=1, max_length=views.LONGEST)]


@router.get("/views", response={200: list[Kept], **NO}, operation_id="views")
def list_views(request: HttpRequest) -> Any:
    """The views of a community, whoever kept them."""
    return [_kept(each) for each in views.standing(community(request, search.SEES))]


@router.post("/views", response={201: Kept, **NO}, operation_id="keep_view")
def keep(request: HttpRequest, given: Named) -> Any:
    """Give a search a name."""
    where = community(request, views.NEEDS)
    made = views.keep(where, steward=account(request), name=given.name, query=given.query, now=timezone.now())
    return Status(201, _kept(made))


@router.patch("/views/{int:number}", response={200: Kept, **NO}, operation_id="rename_view")
def rename(request: HttpRequest, number: Number, given: Renamed) -> Any:
    """Call a view something else."""
    where = community(request, views.NEEDS)
    return _kept(views.rename(views.one(where, number), steward=account(request), name=given.name))


@router.delete("/views/{int:number}", response={200: Kept, **NO}, operation_id="remove_view")
def remove(request: HttpRequest, number: Number) -> Any:
    """Take a view away. POST /views/{number}/back undoes it."""
    where = community(request, views.NEEDS)
    return _kept(views.remove(views.one(where, number), steward=account(request), now=timezone.now()))


@router.post("/views/{int:number}/back", response={200: Kept, **NO}, operation_id="bring_view_back")
def bring_back(request: HttpRequest, number: Number) -> Any:
    """Undo that a view was removed."""
    return _kept(views.bring_back(community(request, views.NEEDS), number, steward=account(request)))


def answer(where: Community, found: Found) -> shapes.Shape:
    """What was found, as JSON; who said it is one query for all."""
    return {
        "total": found.total,
        "exact": found.exact,
        "messages": _messages(where, found.messages, found.terms),
        "after": f"{found.next[0]}.{found.next[1]}" if found.next else None,
    }


def _messages(where: Community, found: Sequence[Message], terms: Sequence[str]) -> list[shapes.Shape]:
    numbers = {each.identity for each in found if each.identity is not None}
    known = Identity.objects.filter(community=where, number__in=numbers).select_related("member")
    who = {each.number: each.member for each in known}
    made = []
    for each in found:
        sentence, marks = Index.snippet((each.text or each.title or "")[:READ], terms)
        made.append({**shapes.message(each, who.get(each.identity or 0)), "sentence": sentence, "marks": marks})
    return made


def _search(where: Community, sought: Sought) -> Search:
    if sought.view is not None:
        return search.from_address(views.one(where, sought.view).query)
    return Search(
        words=search.typed(sought.words, most=search.LONGEST),
        sources=tuple(each for each in sought.source if 0 < each < 2**31),
        channels=tuple(whole(each, "channel") for each in sought.channel),
        place=search.typed(sought.channel_name, most=search.PART), member=sought.member,
        by=search.typed(sought.by, most=search.PART), kinds=tuple(sought.kind), languages=tuple(sought.language),
        has=tuple(sought.has), near=sought.near, begin=sought.begin, end=sought.end, order=sought.order,
    )  # fmt: skip


def _kept(view: View) -> shapes.Shape:
    return {
        "id": view.pk, "name": view.name, "query": view.query, "steward": view.steward.name,
        "kept_at": shapes.moment(view.kept_at),
    }  # fmt: skip

"""Today and any other day, single lines of it, and the reflection that closes it."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Field, Path, Query, Router, Schema

from thirdplace.face.api import schemas, shapes
from thirdplace.face.api.house import NO, account, community
from thirdplace.flow import models, reflections, worklist
from thirdplace.foundation.errors import NotFound

router = Router(tags=["Today"])
Number = Annotated[int, Path(ge=1, lt=2**31)]


@router.get("/today", response={200: schemas.Day, **NO}, operation_id="today")
def today(
    request: HttpRequest,
    on: Annotated[schemas.OnDay | None, Query(description="A day of the past; otherwise today.")] = None,
) -> Any:
    """The round of a day: eight questions, each answered or holding its lines."""
    return shapes.day(worklist.day(community(request, "flow.see"), on, wall=timezone.now()))


@router.get("/findings/{int:number}", response={200: schemas.Item, **NO}, operation_id="finding")
def finding(request: HttpRequest, number: Number) -> Any:
    """One line of a day, as it stands now."""
    where = community(request, "flow.see")
    found = models.Finding.objects.filter(community=where, pk=number).select_related("member", "community").first()
    if found is None:
        raise NotFound(
            gettext("That line is no longer here: what it noticed has changed."), gettext("Ask for the day again.")
        )
    return shapes.item(worklist.item_for(found, wall=timezone.now()))


class Reflection(Schema):
    """A steward's words about a day."""

    on: str
    steward: str
    text: str
    differently: str
    written_at: str


class Words(schemas.Sent):
    """What a steward writes about a day. Both empty takes the reflection away."""

    text: Annotated[str, Field(max_length=10_000)] = ""
    differently: Annotated[str, Field(max_length=10_000)] = ""


@router.get("/reflections/{on}", response={200: list[Reflection], **NO}, operation_id="reflections")
def reflections_of(request: HttpRequest, on: schemas.OnDay) -> Any:
    """What stewards wrote about a day."""
    return [_shape(each) for each in reflections.of(community(request, "flow.see"), on)]


@router.put("/reflections/{on}", response={200: list[Reflection], **NO}, operation_id="reflect")
def reflect(request: HttpRequest, on: schemas.OnDay, words: Words) -> Any:
    """Write one's own reflection on a day, in place of an earlier one."""
    where = community(request, "flow.reflect")
    now = where.now(timezone.now())
    reflections.keep(where, steward=account(request), on=on, now=now, text=words.text, differently=words.differently)
    return [_shape(each) for each in reflections.of(where, on)]


def _shape(kept: models.Reflection) -> dict[str, Any]:
    return {
        "on": kept.on.isoformat(),
        "steward": kept.steward.name,
        "text": kept.text,
        "differently": kept.differently,
        "written_at": shapes.moment(kept.written_at),
    }

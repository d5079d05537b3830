"""Actions and deeds. Each action is an address of its own, made from its fields; nothing here names one."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Body, Path, Query, Router, Schema
from pydantic import Field, create_model

from thirdplace.face.api import days, schemas, shapes
from thirdplace.face.api.house import NO, account, community, whole
from thirdplace.flow import actions as door
from thirdplace.flow import drafts, fields
from thirdplace.flow.actions import Action, actions
from thirdplace.flow.models import Deed
from thirdplace.foundation.accounts.keeping import account_called
from thirdplace.foundation.errors import NotFound

Number = Annotated[int, Path(ge=1, lt=2**31)]
_MEMBER = Annotated[int, Field(ge=1, lt=2**31)]
_KINDS: dict[str, Any] = {
    "message": Annotated[str, Field(pattern=r"^-?[0-9]{1,19}$", description="The key of a message.")],
    "member": _MEMBER,
    "finding": _MEMBER,
    "text": Annotated[str, Field(max_length=fields.LONGEST_TEXT)],
    "day": schemas.OnDay,
    "bool": bool,
    "url": Annotated[str, Field(max_length=2000)],
}


class Draft(Schema):
    """A first text, the language it is in, and where what it answers can be opened."""

    text: str
    language: str
    original: str | None


def router() -> Router:
    """The addresses of all actions there are, and those of deeds."""
    made = Router(tags=["What we do"])
    made.get("/actions", response={200: list[schemas.Action], **NO}, operation_id="actions")(list_actions)
    for action in actions.values():
        if action.listed:
            _add(made, action)
    made.get("/actions/{slug}/draft", response={200: Draft, **NO}, operation_id="draft")(draft)
    made.get("/deeds", response={200: list[schemas.Deed], **NO}, operation_id="deeds")(list_deeds)
    made.post("/deeds/{int:number}/undo", response={200: schemas.Deed, **NO}, operation_id="undo")(undo)
    return made


def _add(made: Router, action: Action) -> None:
    made.post(
        f"/actions/{action.slug}",
        response={200: schemas.Deed, **NO},
        operation_id=f"do_{action.slug}",
        summary=action.verb_words,
        description=_description(action),
    )(_view(action))


def _description(action: Action) -> str:
    undo = "It can be undone." if action.undo else action.no_undo
    return f"{action.card.headline} {undo}"


def body_of(action: Action) -> type[Schema]:
    """What an action is given, as a model with its fields, why, and the line of Today it comes from."""
    parts: dict[str, Any] = {}
    for each in action.fields:
        kind = Literal[tuple(choice.value for choice in each.choices)] if each.choices else _KINDS[each.kind]
        told = Field(description=each.words) if each.required else Field(default=None, description=each.words)
        parts[each.name] = (kind, told) if each.required else (kind | None, told)
    parts["why"] = (Annotated[str, Field(max_length=2000)], Field(default="", description="Why; kept with the deed."))
    if not (action.subject and action.subject.kind == "finding"):
        parts["finding"] = (_MEMBER | None, Field(default=None, description="The line of Today it comes from."))
    name = "".join(word.capitalize() for word in action.slug.split("_"))
    model = create_model(name, __base__=schemas.Sent, **parts)
    assert issubclass(model, Schema)
    return model


def _view(action: Action) -> Callable[..., Any]:
    model = body_of(action)

    def view(request: HttpRequest, given: Any) -> Any:
        where, wall = community(request, action.needs), timezone.now()
        said = given.model_dump()
        why = said.pop("why")
        takes_a_line = action.subject is not None and action.subject.kind == "finding"
        line = said.pop(action.subject.name if takes_a_line and action.subject else "finding")
        done = door.perform(
            action.slug, community=where, steward=account(request), why=why, now=where.now(wall), recorded_at=wall,
            finding=line, **said,
        )  # fmt: skip
        return shapes.deed(done)

    view.__name__ = f"do_{action.slug}"
    body: Any = Body  # its argument is made just now, which type checkers do not follow
    view.__annotations__["given"] = body[model]
    return view


def list_actions(request: HttpRequest) -> Any:
    """What can be done here, and what each asks for."""
    community(request, "flow.see")
    return [shapes.action(each) for each in actions.values() if each.listed]


def draft(request: HttpRequest, slug: str, subject: Annotated[str, Query(pattern=r"^-?[0-9]{1,19}$")]) -> Any:
    """A first text for an action, to be changed and sent by hand. subject: the message's key, or the member's number.

    It is in the language of whom it is for, where we speak it.
    """
    known = actions[slug]
    made = drafts.prepared(known, whole(subject, "subject"), community=community(request, known.needs))
    return {"text": made.text, "language": made.language, "original": made.original}


def list_deeds(
    request: HttpRequest,
    action: str = "",
    steward: Annotated[str, Query(max_length=150, description="Only by this account.")] = "",
    member: Annotated[int | None, Query(ge=1, lt=2**31)] = None,
    begin: schemas.OnDay | None = None,
    end: Annotated[schemas.OnDay | None, Query(description="The last day, included.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Any:
    """What was done here, latest first."""
    where = community(request, "flow.see")
    found = Deed.objects.filter(community=where)
    if action:
        found = found.filter(action=actions[action].slug)
    if steward:
        found = found.filter(steward=account_called(steward))
    if (first := days.midnight(where, begin)) is not None:
        found = found.filter(done_at__gte=first)
    if (beyond := days.after(where, end)) is not None:
        found = found.filter(done_at__lt=beyond)
    if member is not None:
        found = found.filter(member=member)
    found = found.select_related("member", "steward").order_by("-done_at", "-pk")
    return [shapes.deed(each) for each in found[offset : offset + limit]]


def undo(request: HttpRequest, number: Number) -> Any:
    """Take a deed back by its action's inverse."""
    where = community(request, "flow.see")
    deed = Deed.objects.filter(community=where, pk=number).select_related("member", "steward").first()
    if deed is None:
        raise NotFound(
            gettext("There is no deed %(number)s here.") % {"number": number},
            gettext("GET /api/v1/deeds lists them."),
        )
    return shapes.deed(door.undo(deed, steward=account(request), now=where.now(timezone.now())))

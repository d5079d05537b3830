"""The cards of all definitions, word for word."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router, Schema

from thirdplace.face.api import schemas, shapes
from thirdplace.face.api.house import NO, community
from thirdplace.flow import advice as pieces
from thirdplace.flow.definitions import registries

router = Router(tags=["Definitions"])


class Definition(Schema):
    """A measure, signal, action, connector, report or piece of advice."""

    sort: str
    slug: str
    title: str
    card: schemas.Card


class Advice(Schema):
    """What usually helps, by the name of the signal that it goes with."""

    slug: str
    language: str
    title: str
    body: list[str]
    usually: str
    rarely: str
    sure: str


@router.get("/definitions", response={200: list[Definition], **NO}, operation_id="definitions")
def definitions(request: HttpRequest) -> Any:
    """Every measure, signal, piece of advice, action, report and connector, with its card."""
    community(request, "flow.see")
    return [
        {"sort": registry.one, "slug": slug, "title": title_of(thing), "card": shapes.card(thing.card)}
        for registry in registries()
        for slug, thing in registry.items()
        if hasattr(thing, "card")
    ]


@router.get("/advice", response={200: list[Advice], **NO}, operation_id="advice")
def advice(request: HttpRequest) -> Any:
    """What usually helps, for every signal of which we know something, in the asker's language."""
    community(request, "flow.see")
    return [shapes.advice(pieces.require(slug)) for slug in pieces.slugs()]


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> Any:
    """This description."""
    from thirdplace.face.api.assembled import api

    del request
    return api.get_openapi_schema()


def title_of(thing: Any) -> str:
    """What a definition is called, in the reader's language; "" where it has only its card."""
    words = getattr(thing, "title", None) or getattr(thing, "verb_words", "")
    return gettext(str(words)) if words else ""

"""Whoever asks: how they read, their password, their keys."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Field, Path, Router, Schema, Status

from thirdplace.face.api import schemas, shapes
from thirdplace.face.api.house import NO, account
from thirdplace.foundation.accounts import keeping, tokens
from thirdplace.foundation.accounts.models import Account, Token
from thirdplace.foundation.errors import NotAllowed

router = Router(tags=["Oneself"])


class Me(Schema):
    """Who asks, and how they read. An empty language or theme follows the browser."""

    name: str
    is_owner: bool
    language: str
    theme: str
    letter_keys: bool


class Change(schemas.Sent):
    """What is to be changed; what is left out stays."""

    language: Literal["", "en", "nl", "sv"] | None = None
    theme: Literal["", "light", "dark"] | None = None
    letter_keys: bool | None = None


class Password(schemas.Sent):
    """The present password, and the one to have from now on."""

    present: Annotated[str, Field(max_length=200)]
    new: Annotated[str, Field(max_length=200)]


class Named(schemas.Sent):
    """What a key is for."""

    name: Annotated[str, Field(min_length=1, max_length=80)]


class Key(Schema):
    """A key, without itself."""

    id: int
    name: str
    made_at: str
    used_at: str | None


class NewKey(Key):
    """A key, this once."""

    key: str


@router.get("/me", response={200: Me, **NO}, operation_id="me")
def me(request: HttpRequest) -> Any:
    """Whose session or key this is."""
    return _me(account(request))


@router.patch("/me", response={200: Me, **NO}, operation_id="change_me")
def change_me(request: HttpRequest, change: Change) -> Any:
    """Change how one reads and works here."""
    known = account(request)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(known, name, value)
    known.save(update_fields=["language", "theme", "letter_keys"])
    return _me(known)


@router.post("/me/password", response={200: Me, **NO}, operation_id="new_password")
def new_password(request: HttpRequest, password: Password) -> Any:
    """Take another password; every session of the account ends. Keys stay."""
    known = account(request)
    if not known.check_password(password.present):
        raise NotAllowed(gettext("That is not your present password."), gettext("Write it once more."))
    keeping.new_password(known, password.new)
    return _me(known)


@router.get("/keys", response={200: list[Key], **NO}, operation_id="keys")
def keys(request: HttpRequest) -> Any:
    """One's own keys."""
    return [_key(each) for each in Token.objects.filter(account=account(request)).order_by("pk")]


@router.post("/keys", response={201: NewKey, **NO}, operation_id="make_key")
def make_key(request: HttpRequest, named: Named) -> Any:
    """Make a key for a script. It is shown this once."""
    token, key = tokens.make(account(request), named.name, now=timezone.now())
    return Status(201, {**_key(token), "key": key})


@router.delete("/keys/{int:number}", response={200: list[Key], **NO}, operation_id="end_key")
def end_key(request: HttpRequest, number: Annotated[int, Path(ge=1, lt=2**31)]) -> Any:
    """End a key at once; what is left."""
    tokens.revoke(account(request), number)
    return keys(request)


def _me(known: Account) -> dict[str, Any]:
    return {name: getattr(known, name) for name in ("name", "is_owner", "language", "theme", "letter_keys")}


def _key(token: Token) -> dict[str, Any]:
    return {
        "id": token.pk,
        "name": token.name,
        "made_at": shapes.moment(token.made_at),
        "used_at": shapes.moment(token.used_at),
    }

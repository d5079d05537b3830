"""The API itself: who may ask, of which community, and how it says no."""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer, SessionAuth

import thirdplace
from thirdplace.face.api.schemas import Told
from thirdplace.foundation.accounts import tokens
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.accounts.permissions import may
from thirdplace.foundation.errors import NotAllowed, NotFound, ThirdplaceError
from thirdplace.foundation.members.models import Community

OF_ALL = ("communities", "found_community")  # asked of no single community
REF = "#/components/parameters/community"
COMMUNITY = {
    "name": "community",
    "in": "query",
    "required": False,
    "schema": {"type": "string", "maxLength": 50},
    "description": "The short name of the community that is asked about; otherwise the first.",
}
log = logging.getLogger(__name__)

NO: dict[Any, Any] = {frozenset({400, 401, 403, 404, 409, 422}): Told}  # how every address may say no


class Key(HttpBearer):
    """`Authorization: Bearer tp_…`, with a key made by `thirdplace account key` or in Settings."""

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:  # noqa: ARG002 - ninja's shape
        """Whose key it is."""
        return tokens.account_of(token, now=timezone.now())


class Session(SessionAuth):
    """The session of somebody who is logged in to the pages; what changes something needs the CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        """Who is logged in."""
        account = super().authenticate(request, key)
        return account if isinstance(account, Account) and account.is_active else None


class House(NinjaAPI):
    """The API, whose description says too that most addresses are asked of one community."""

    def get_openapi_schema(self, **known: Any) -> OpenAPISchema:
        """The description: what each address takes and answers."""
        told = super().get_openapi_schema(**known)
        told["components"]["parameters"] = {"community": COMMUNITY}
        for path in told["paths"].values():
            for operation in path.values():
                if (
                    not {"Oneself", "Communities"} & set(operation["tags"])
                    or operation["operationId"] == "change_settings"
                ):
                    operation["parameters"] = [*operation.get("parameters", []), {"$ref": REF}]
        return told


def house() -> NinjaAPI:
    """An empty API with our doors: log in, and be told in two sentences why not."""
    api = House(
        title="Thirdplace",
        version=thirdplace.__version__,
        description="Everything the pages can do, for scripts. Made from the same definitions.",
        auth=[Key(), Session()],
        docs_url=None,  # would be a page of scripts from elsewhere
        openapi_url=None,  # described at openapi.json all the same, but to who has logged in
        urls_namespace="api",
    )
    for sort in (ThirdplaceError, ValidationError, AuthenticationError, Http404, HttpError, Exception):
        api.add_exception_handler(sort, _no)
    return api


def account(request: HttpRequest) -> Account:
    """Who asks."""
    known: Account = request.auth  # type: ignore[attr-defined]
    return known


def community(request: HttpRequest, permission: str) -> Community:
    """The community asked about (`?community=`, else the first), when the asker may do this there."""
    slug = request.GET.get("community", "")
    every = Community.objects.order_by("is_invented", "pk")
    found = every.filter(slug=slug).first() if slug else every.first()
    if found is None:
        raise NotFound(
            gettext("There is no community called '%(name)s'.") % {"name": slug}
            if slug
            else gettext("There is no community here yet."),
            gettext("GET /api/v1/communities lists them."),
        )
    refuse_unless(account(request), permission, found)
    return found


def refuse_unless(who: Account, permission: str, where: Community) -> None:
    """Refuse what an account may not do in a community."""
    if not may(who, permission, community=where):
        raise NotAllowed(
            gettext("%(who)s may not do this here.") % {"who": who.name},
            gettext("Ask an owner for the permission “%(permission)s”.") % {"permission": permission},
        )


def whole(value: str | int, key: str) -> int:
    """A number of 64 bits from a string."""
    try:
        number = int(value)
    except ValueError:
        number = 1 << 64
    if not -(1 << 63) <= number < 1 << 63:
        raise ThirdplaceError(
            gettext("“%(field)s” is '%(given)s'.") % {"field": key, "given": str(value)[:80]},
            gettext("Give its number, as the lists show it."),
        )
    return number


def _no(request: HttpRequest, error: Any) -> HttpResponse:
    """Any no, in two sentences: what happened, and what can be done about it."""
    status, what, remedy = _words(error)
    if status == 500:
        log.error("The API broke at %s", request.path, exc_info=error)
    return JsonResponse({"what": what, "remedy": remedy}, status=status)


def _words(error: Exception) -> tuple[int, str, str]:
    described = gettext("GET /api/v1/openapi.json says what each address takes.")
    if isinstance(error, ThirdplaceError):
        return error.status, error.what, error.remedy
    if isinstance(error, ValidationError):
        wrong = ["{}: {}".format(".".join(map(str, each["loc"][1:])), each["msg"]) for each in error.errors[:5]]
        return 422, gettext("What was sent is not right: %(wrong)s.") % {"wrong": "; ".join(wrong)}, described
    if isinstance(error, AuthenticationError):
        make = gettext("Log in, or send a key: Authorization: Bearer tp_…. Make one with: thirdplace account key NAME.")
        return 401, gettext("We do not know who asks."), make
    if isinstance(error, Http404):
        return 404, gettext("That is not here."), gettext("Look at the number or the name.")
    if isinstance(error, HttpError):
        return error.status_code, str(error), described
    report = gettext("It is our mistake. Please report it, with what the server printed.")
    return 500, gettext("Something in Thirdplace went wrong."), report

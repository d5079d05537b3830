"""What every view of the house asks first: may they, and for which community."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from thirdplace.face.web.request import Request, Visitor
from thirdplace.foundation.accounts.permissions import may
from thirdplace.foundation.errors import NotAllowed
from thirdplace.foundation.members.models import Community

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def require(request: Request | Visitor, permission: str) -> None:
    """Refuse who may not do this in the community at hand, or in one that is yet to be made."""
    steward = request.steward
    if steward is None or not may(steward, permission, community=request.community or Community()):
        raise NotAllowed(
            gettext("%(name)s may not do this.") % {"name": steward.name if steward else gettext("A visitor")},
            gettext('Ask an owner for the permission "%(permission)s".') % {"permission": permission},
        )


def needs(permission: str) -> Callable[[V], V]:
    """Refuse a view to who may not."""

    def made(view: V) -> V:
        @wraps(view)
        def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request, permission)
            return view(request, *args, **kwargs)

        return cast(V, asked)

    return made


def field(request: HttpRequest, name: str, *, most: int = 300) -> str:
    """One line that somebody typed, without what cannot be seen."""
    text = str(request.POST.get(name, ""))
    return " ".join("".join(sign for sign in text if sign.isprintable()).split())[:most]

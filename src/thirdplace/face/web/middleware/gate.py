"""Who comes in: the first visitor of this machine, the demo's visitor, whoever has an account; and where to."""

import os
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from thirdplace.demo import visiting
from thirdplace.face.web.request import Visitor
from thirdplace.face.web.toasts import by_htmx
from thirdplace.foundation.accounts import keeping
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.accounts.permissions import may
from thirdplace.foundation.members.models import Community

OPEN = ("welcome", "owner", "login", "language", "health", "csp_report", "look_around")  # that need no account
BEFORE = ("home", "first_run", "first_run_files", "offer", "offers_begin", "upload_piece", "upload_whole", "logout")
GUESTS = ("logout", "leave")
BACKEND = "django.contrib.auth.backends.ModelBackend"
CHOSEN = "community"  # where the session keeps which community is looked at


def from_this_machine(request: Visitor) -> bool:
    """Whether the visitor sits at this machine: a loopback address, and nothing in between that forwards."""
    forwarded = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip"))
    return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and not forwarded


class GateMiddleware:
    """Sets request.steward and request.community, or leads to the door."""

    def __init__(self, get_response: Callable[[Visitor], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Visitor) -> HttpResponseBase:
        """The answer, for whoever may have it."""
        self._sign_in_demo(request)
        request.steward = request.user if request.user.is_authenticated else None
        request.communities = _seen_by(request.steward)
        request.community = _chosen(request)
        return self.get_response(request)

    def process_view(
        self, request: Visitor, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Lead to the door whoever has not come in; the API and open pages see to themselves."""
        del view, args, kwargs
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN or request.path_info.startswith("/api/"):
            return None
        if request.steward and not request.steward.is_owner:  # a guest, until what they look around in is made
            return None if request.community or name in GUESTS else _to(request, reverse("look_around"))
        if request.steward:  # every page but those of the first run is about a community
            return None if request.community or name in BEFORE else _to(request, reverse("first_run"))
        if not keeping.has_owner():
            return _to(request, reverse("welcome"))
        return _to(request, f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}")

    def _sign_in_demo(self, request: Visitor) -> None:
        """In the demo a visitor at this machine is its steward at once."""
        if request.user.is_authenticated or os.environ.get("THIRDPLACE_DEMO") != "1" or not from_this_machine(request):
            return
        if owner := Account.objects.filter(is_owner=True, is_active=True).order_by("pk").first():
            login(request, owner, backend=BACKEND)


def _seen_by(account: Account | None) -> list[Community]:
    """The communities an account may look at, what is invented last. A guest sees theirs once it is whole."""
    if account is None or (not account.is_owner and visiting.standing().state != "whole"):
        return []
    every = Community.objects.order_by("is_invented", "pk")
    return [one for one in every if may(account, "flow.see", community=one)]


def _to(request: Visitor, address: str) -> HttpResponse:
    """Go there, also when only a fragment was asked for."""
    if by_htmx(request):
        return HttpResponse(status=200, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _chosen(request: Visitor) -> Community | None:
    """The community this session looks at: the chosen one, else the first."""
    if not request.communities:
        return None
    chosen = request.session.get(CHOSEN)
    return next((one for one in request.communities if one.pk == chosen), request.communities[0])

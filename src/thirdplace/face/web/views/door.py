"""Coming in: the welcome, the owner's account, logging in and out."""

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from thirdplace.demo import visiting
from thirdplace.face.web.middleware.gate import BACKEND, from_this_machine
from thirdplace.face.web.middleware.language import COOKIE
from thirdplace.face.web.request import Visitor
from thirdplace.face.web.toasts import by_htmx
from thirdplace.face.web.views.asking import field
from thirdplace.face.web.views.language import safe_next
from thirdplace.foundation.accounts import keeping, throttle
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.connectors.connector import connectors
from thirdplace.foundation.errors import NotAllowed, ThirdplaceError


def welcome(request: Visitor) -> HttpResponse:
    """What this is, and how to begin."""
    if request.steward:
        return HttpResponseRedirect(reverse("home"))
    formats = ", ".join(gettext(one.title) for one in connectors.values())
    return render(request, "house/welcome.html", {"begun": keeping.has_owner(), "formats": formats, "errors": {}})


def owner(request: Visitor) -> HttpResponse:
    """The first visitor at this machine makes the owner's account; there is only one first."""
    if keeping.has_owner():
        return HttpResponseRedirect(reverse("login"))
    if not from_this_machine(request):
        raise NotAllowed(
            gettext("The owner's account is made at the machine that Thirdplace runs on."),
            gettext("Open this page there, or make the account on its command line: thirdplace account make."),
        )
    name, errors = field(request, "name", most=150), {}
    if request.method == "POST":
        password = request.POST.get("password", "")
        errors = _trouble(name, password)
        if not errors:
            visiting.leave()
            account = keeping.make_owner(name, password, language=request.COOKIES.get(COOKIE, ""))
            login(request, account, backend=BACKEND)
            return _come_in(request)
    told = {"name": name, "errors": errors, "visited": visiting.has_guest()}
    template = "house/_account.html" if by_htmx(request) else "house/owner.html"
    return render(request, template, told, status=422 if errors else 200)


def _come_in(request: Visitor) -> HttpResponse:
    """On to the first run; a page that holds files learns the new session's token, and sends them itself."""
    if by_htmx(request):
        return JsonResponse({"csrf": get_token(request)})
    return HttpResponseRedirect(reverse("first_run"))


def _trouble(name: str, password: str) -> dict[str, str]:
    """What is wrong with a name or a password, by field."""
    errors = {}
    if not name:
        errors["name"] = gettext("Write the name you go by.")
    try:
        validate_password(password, Account(username=name))
    except ValidationError as error:
        errors["password"] = " ".join(error.messages)
    return errors


def log_in(request: Visitor) -> HttpResponse:
    """Name and password; after a few wrong ones the door stays closed for a while."""
    if request.steward:
        return HttpResponseRedirect(safe_next(request, reverse("home")))
    told: dict[str, object] = {"name": field(request, "name", most=150), "next": safe_next(request, "")}
    if request.method != "POST":
        return render(request, "house/login.html", told)
    name, at, now = str(told["name"]), str(request.META.get("REMOTE_ADDR", "")), timezone.now()
    try:
        throttle.ask(at, name, now=now)
    except throttle.TooManyTries as error:
        return render(request, "house/login.html", {**told, "error": error}, status=error.status)
    account = authenticate(request, username=name, password=request.POST.get("password", ""))
    if account is None:
        throttle.failed(at, name, now=now)
        wrong = ThirdplaceError(
            gettext("This name and this password do not belong together."), gettext("Try once more.")
        )
        return render(request, "house/login.html", {**told, "error": wrong}, status=422)
    throttle.succeeded(at, name)
    login(request, account)
    return HttpResponseRedirect(safe_next(request, reverse("home")))


@require_POST
def log_out(request: Visitor) -> HttpResponse:
    """Leave."""
    logout(request)
    return HttpResponseRedirect(reverse("welcome"))


urlpatterns = [
    path("welcome", welcome, name="welcome"),
    path("owner", owner, name="owner"),
    path("login", log_in, name="login"),
    path("logout", log_out, name="logout"),
]

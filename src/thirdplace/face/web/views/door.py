"""Coming in: the welcome, the owner's account, logging in and out."""

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from thirdplace.face.web.middleware.gate import from_this_machine
from thirdplace.face.web.views.language import safe_next
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.errors import NotAllowed

TRIES, WINDOW = 5, 15 * 60  # wrong passwords for one name or from one place, and the seconds they are remembered


def welcome(request: HttpRequest) -> HttpResponse:
    """What this is, and how to begin."""
    if request.steward:
        return HttpResponseRedirect(reverse("home"))
    return render(request, "house/welcome.html", {"begun": Account.objects.exists()})


def owner(request: HttpRequest) -> HttpResponse:
    """The first visitor at this machine makes the owner's account; there is only one first."""
    if Account.objects.exists():
        return HttpResponseRedirect(reverse("login"))
    if not from_this_machine(request):
        raise NotAllowed(
            gettext("The owner's account is made at the machine that Thirdplace runs on."),
            gettext("Open this page there, or make the account on its command line: thirdplace account make."),
        )
    given = {"name": request.POST.get("name", "").strip(), "errors": {}}
    if request.method == "POST":
        password = request.POST.get("password", "")
        given["errors"] = _trouble(given["name"], password)
        if not given["errors"] and (account := _first(given["name"], password)):
            login(request, account)
            return HttpResponseRedirect(reverse("first_run"))
    return render(request, "house/owner.html", given, status=422 if given["errors"] else 200)


def _trouble(name: str, password: str) -> dict[str, str]:
    """What is wrong with a name or a password, by field."""
    errors = {}
    if not name or len(name) > 60:
        errors["name"] = gettext("Give a name of 1 to 60 letters, the one you sign with.")
    try:
        validate_password(password, Account(username=name))
    except ValidationError as error:
        errors["password"] = " ".join(error.messages)
    return errors


@transaction.atomic
def _first(name: str, password: str) -> Account | None:
    """The owner's account, unless somebody was a moment earlier."""
    if Account.objects.exists():
        return None
    first, _, last = name.partition(" ")
    return Account.objects.create_user(
        username=name, password=password, first_name=first, last_name=last, is_owner=True
    )


def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password; five wrong ones, and one waits a quarter of an hour."""
    if request.steward:
        return HttpResponseRedirect(safe_next(request, reverse("home")))
    told = {"name": request.POST.get("name", "").strip(), "next": safe_next(request, ""), "error": ""}
    status = 200
    if request.method == "POST":
        keys = [
            f"login:{kind}"
            for kind in (f"name:{told['name'].casefold()[:80]}", f"from:{request.META.get('REMOTE_ADDR')}")
        ]
        if any(cache.get(key, 0) >= TRIES for key in keys):
            told["error"], status = gettext("Too many wrong passwords. Wait a quarter of an hour, then try again."), 429
        elif account := authenticate(request, username=told["name"], password=request.POST.get("password", "")):
            cache.delete_many(keys)
            login(request, account)
            return HttpResponseRedirect(safe_next(request, reverse("home")))
        else:
            for key in keys:
                cache.add(key, 0, WINDOW)
                cache.incr(key)
            told["error"], status = gettext("This name and this password do not belong together."), 422
    return render(request, "house/login.html", told, status=status)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return HttpResponseRedirect(reverse("welcome"))


urlpatterns = [
    path("welcome", welcome, name="welcome"),
    path("owner", owner, name="owner"),
    path("login", log_in, name="login"),
    path("logout", log_out, name="logout"),
]

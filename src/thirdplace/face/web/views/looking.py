"""Looking around first: Hedgerow in this house, for its first visitor, until it has an owner."""

from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from thirdplace.demo import visiting
from thirdplace.face.web import toasts
from thirdplace.face.web.middleware.gate import BACKEND, from_this_machine
from thirdplace.face.web.middleware.language import COOKIE
from thirdplace.face.web.request import Visitor
from thirdplace.foundation.errors import NotAllowed

STEPS = (
    _("We let 400 people talk for eighteen months"),
    _("We read their questions and answers"),
    _("We read their Discord server"),
    _("We read their Slack workspace"),
    _("We work out who needs you today"),
)


def look_around(request: Visitor) -> HttpResponseBase:
    """How far Hedgerow is; posted to, it begins, and its visitor is signed in as its steward."""
    if not from_this_machine(request):
        raise NotAllowed(
            gettext("One looks around at the machine that Thirdplace runs on."),
            gettext("Open this page there, or come in with an account."),
        )
    if request.method == "POST":
        guest = visiting.begin(language=request.COOKIES.get(COOKIE, ""))
        if request.steward != guest:
            login(request, guest, backend=BACKEND)
        return HttpResponseRedirect(reverse("look_around"))
    if request.steward is None or not visiting.is_guest(request.steward):
        return HttpResponseRedirect(reverse("home"))
    return _wait(request)


def _wait(request: Visitor) -> HttpResponse:
    """What is being done, asked for every second; Today once all is there."""
    told = visiting.standing()
    if told.state == "none":  # an earlier visit was just being cleared away
        visiting.begin()
        told = visiting.standing()
    by_htmx = toasts.by_htmx(request)
    if told.state == "whole":
        if by_htmx:
            return HttpResponse(headers={"HX-Redirect": reverse("today")})
        return HttpResponseRedirect(reverse("today"))
    steps = [(words, nth + 1 < told.step, nth + 1 == max(told.step, 1)) for nth, words in enumerate(STEPS)]
    shown = {"told": told, "steps": steps, "step": max(told.step, 1) - 1, "of": len(STEPS)}
    return render(request, "house/_looking.html" if by_htmx else "house/looking.html", shown)


@require_POST
def leave(request: Visitor) -> HttpResponseBase:
    """Take Hedgerow away; a guest is at the welcome again, an owner goes on with their own."""
    if request.steward is None or not visiting.has_guest():
        return HttpResponseRedirect(reverse("home"))
    is_guest = visiting.is_guest(request.steward)
    if is_guest:
        logout(request)
    visiting.leave()
    going = HttpResponseRedirect(reverse("welcome" if is_guest else "home"))
    return toasts.tell(request, going, gettext("Hedgerow is gone, with all you did there."))


urlpatterns = [path("look-around", look_around, name="look_around"), path("look-around/leave", leave, name="leave")]

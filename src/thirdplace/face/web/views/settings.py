"""Settings: of the community, of one's own account, of scripts."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings as django_settings
from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

import thirdplace
from thirdplace.face.web import places, toasts
from thirdplace.face.web.middleware.gate import BACKEND
from thirdplace.face.web.request import Request
from thirdplace.face.web.views.asking import field, needs
from thirdplace.flow import clocks, definitions, refresh
from thirdplace.foundation.accounts import keeping, tokens
from thirdplace.foundation.accounts.models import Token
from thirdplace.foundation.errors import ThirdplaceError

THEMES = (("", _("As the screen")), ("light", _("Light")), ("dark", _("Dark")))

places.page(url="settings", title=_("Settings"), area=places.FOOT, icon="settings")


def settings(request: Request, **more: Any) -> HttpResponse:
    """Everything that can be set here. more: an error with the section it belongs to, or a key just made."""
    community = request.community
    told = {
        "community": community,
        "zones": sorted(available_timezones()) if community else (),
        "last_day": clocks.last_day(community) if community else None,
        "languages": django_settings.LANGUAGES,
        "themes": THEMES,
        "tokens": Token.objects.filter(account=request.steward).order_by("pk"),
        "version": thirdplace.__version__,
        "data": django_settings.DATA,
        "broken": definitions.broken(),
        **more,
    }
    return render(request, "house/settings.html", told, status=more["error"].status if "error" in more else 200)


@require_POST
@needs("managing.settings")
def community(request: Request) -> HttpResponseBase:
    """Keep the community's name, zone and clock. Another zone makes other days: they are counted anew."""
    ours, zone = request.community, field(request, "zone")
    on = _day(request.POST.get("clock_on", "")) if request.POST.get("clock") == "set" else None
    wrong = ""
    if zone not in available_timezones():
        wrong = gettext("There is no time zone '%(zone)s'.") % {"zone": zone}
    elif request.POST.get("clock") == "set" and on is None:
        wrong = gettext("No day was given for the clock.")
    elif not field(request, "name", most=120):
        wrong = gettext("The community has no name.")
    if wrong:
        remedy = gettext("Choose one from the list, or leave it as it was.")
        return settings(request, error=ThirdplaceError(wrong, remedy), section="community")
    moved = zone != ours.zone
    ours.name, ours.zone, ours.clock_on = field(request, "name", most=120), zone, on
    ours.save(update_fields=["name", "zone", "clock_on"])
    if moved:
        refresh.ask(ours)
    return _kept(request, gettext("Kept what %(name)s is called, and its clock.") % {"name": ours.name})


def _day(typed: str) -> date | None:
    """A day, or nothing when it is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


@require_POST
def account(request: Request) -> HttpResponseBase:
    """Keep the steward's language, colours and keys."""
    ours = request.steward
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    ours.language = language if language in dict(django_settings.LANGUAGES) else ""
    ours.theme = theme if theme in dict(THEMES) else ""
    ours.letter_keys = "letter_keys" in request.POST
    ours.save(update_fields=["language", "theme", "letter_keys"])
    with override(ours.language or request.LANGUAGE_CODE):
        return _kept(request, gettext("Kept how you read and work here."))


@require_POST
def password(request: Request) -> HttpResponseBase:
    """Give the account another password; whoever else was logged in with the old one is out."""
    ours = request.steward
    try:
        if not ours.check_password(request.POST.get("present", "")):
            raise ThirdplaceError(gettext("That is not your present password."), gettext("Write it once more."))
        keeping.new_password(ours, request.POST.get("new", ""))
    except ThirdplaceError as error:
        return settings(request, error=error, section="password")
    login(request, ours, backend=BACKEND)
    return _kept(request, gettext("Your password was changed. Every other place where you were logged in is out."))


@require_POST
def make_token(request: Request) -> HttpResponseBase:
    """Make a key for scripts; it is shown once, on the page that answers."""
    name = field(request, "name", most=80)
    if not name:
        error = ThirdplaceError(gettext("The key has no name."), gettext("Say which script it is for."))
        return settings(request, error=error, section="tokens")
    token, key = tokens.make(request.steward, name, now=timezone.now())
    return settings(request, made=token, key=key, section="tokens")


@require_POST
def end_token(request: Request, pk: int) -> HttpResponseBase:
    """End a key at once."""
    tokens.revoke(request.steward, pk)
    return _kept(request, gettext("The key is ended. Scripts that used it are out."))


def _kept(request: Request, words: str) -> HttpResponseBase:
    """Back to the settings, saying what was kept."""
    return toasts.tell(request, HttpResponseRedirect(reverse("settings")), words)


urlpatterns = [
    path("settings", settings, name="settings"),
    path("settings/community", community, name="settings_community"),
    path("settings/account", account, name="settings_account"),
    path("settings/password", password, name="settings_password"),
    path("settings/tokens", make_token, name="settings_tokens"),
    path("settings/tokens/<int:pk>/end", end_token, name="settings_token_end"),
]

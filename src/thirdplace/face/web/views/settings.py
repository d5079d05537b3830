"""Settings: of the community, of one's own account, of scripts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from thirdplace.face.web import places
from thirdplace.face.web.request import Request

places.page(url="settings", title=_("Settings"), area=places.FOOT, icon="settings")


def settings(request: Request) -> HttpResponse:
    """Everything that can be set here."""
    return render(request, "house/settings.html")


urlpatterns = [path("settings", settings, name="settings")]

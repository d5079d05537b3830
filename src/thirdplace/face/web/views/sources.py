"""Sources: how each is, what was read from it, what was left out and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from thirdplace.face.web import places
from thirdplace.face.web.request import Request
from thirdplace.foundation.channels.models import Import, Source

places.page(url="sources", title=_("Sources"), area=places.FOOT, icon="database", covers=("source",))


def sources(request: Request) -> HttpResponse:
    """All sources of the community, and every import."""
    told = {
        "sources": Source.objects.filter(community=request.community).order_by("name"),
        "imports": Import.objects.filter(community=request.community).order_by("-pk"),
    }
    return render(request, "house/sources.html", told)


urlpatterns = [path("sources", sources, name="sources")]

"""Where one arrives, and the page that opens the eight areas on a phone."""

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from thirdplace.face.web import places, standing
from thirdplace.face.web.middleware.gate import CHOSEN
from thirdplace.face.web.request import Request, Visitor
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.members.models import Community

places.page(url="more", title=_("More"), area=places.UNLISTED, icon="menu", order=90, tab=True)


def home(request: Visitor) -> HttpResponse:
    """Today where something was read, or where a steward wants to begin already; the first run where nothing was."""
    community, begin = request.community, "begin" in request.GET
    if community is None or not (begin or Source.objects.filter(community=community).exists()):
        return HttpResponseRedirect(reverse("first_run"))
    try:
        return HttpResponseRedirect(reverse("today"))
    except NoReverseMatch:
        return HttpResponseRedirect(reverse("sources"))


def more(request: Request) -> HttpResponse:
    """The eight areas, sources and settings, for screens without a side."""
    return render(request, "house/more.html", standing.side(request))


@require_POST
def community(request: Request, pk: int) -> HttpResponse:
    """Look at another community from now on, in this session."""
    request.session[CHOSEN] = get_object_or_404(Community, pk=pk).pk
    return HttpResponseRedirect(reverse("home"))


def health(request: Visitor) -> JsonResponse:  # noqa: ARG001
    """That the web answers; asked by the supervisor and by nobody else."""
    return JsonResponse({"ok": True})


urlpatterns = [
    path("", home, name="home"),
    path("more", more, name="more"),
    path("community/<int:pk>", community, name="community"),
    path("health", health, name="health"),
]

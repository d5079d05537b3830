"""Choosing the language, with an account or before there is one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from thirdplace.face.web.middleware.language import COOKIE
from thirdplace.face.web.request import Visitor

YEAR = 365 * 24 * 3600


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where to go on to, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise


@require_POST
def language(request: Visitor) -> HttpResponse:
    """Speak another language from now on."""
    response = HttpResponseRedirect(safe_next(request, reverse("home")))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(COOKIE, wanted, max_age=YEAR, samesite="Lax", httponly=True)
        if request.steward:
            request.steward.language = wanted
            request.steward.save(update_fields=["language"])
    return response


urlpatterns = [path("language", language, name="language")]

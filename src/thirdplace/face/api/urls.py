"""The addresses of the API. Versioned, so that scripts go on working when it grows."""

from django.http import HttpRequest, JsonResponse
from django.urls import path, re_path
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from thirdplace.face.api.assembled import api


@csrf_exempt  # it changes nothing
def nowhere(request: HttpRequest) -> JsonResponse:
    """Every other address: told as the rest of the API tells it."""
    told = {
        "what": gettext("There is no address %(path)s.") % {"path": request.path},
        "remedy": gettext("GET /api/v1/openapi.json lists them all."),
    }
    return JsonResponse(told, status=404)


urlpatterns = [path("v1/", api.urls), re_path("", nowhere)]

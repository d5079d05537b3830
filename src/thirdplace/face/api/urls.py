"""The addresses of the API. Versioned, so that scripts go on working when it grows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from thirdplace.face.api.assembled import api


@csrf_exempt  # it changes nothing
def nowhere(request: HttpRequest) -> JsonResponse:
    """Every other address: told as the rest of the API tells it."""
    what = gettext("There is no address %(path)s.") % {"path": request.path}
    return JsonResponse({"what": what, "remedy": gettext("GET /api/v1/openapi.json lists them all.")}, status=404)


def _telling(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same view, telling of a method that it does not know as the rest of the API tells of what is wrong."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        if not isinstance(answer, HttpResponseNotAllowed):
            return answer
        what = gettext("%(path)s does not take %(method)s.") % {"path": request.path, "method": request.method}
        remedy = gettext("Ask it with %(methods)s.") % {"methods": answer["Allow"]}
        return JsonResponse({"what": what, "remedy": remedy}, status=405, headers={"Allow": answer["Allow"]})

    return asked


def _patterns() -> tuple[list[Any], str, str]:
    patterns, app, space = api.urls
    for each in patterns:
        if isinstance(each, URLPattern):
            each.callback = _telling(each.callback)
    return patterns, app, space


urlpatterns = [path("v1/", _patterns()), re_path("", nowhere)]

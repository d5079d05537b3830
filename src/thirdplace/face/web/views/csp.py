"""What browsers refused to run: counted, so that tests and `doctor` can ask whether anything ever was."""

import json
import logging

from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from thirdplace.face.web.request import Visitor

KEY = "csp-reports"
log = logging.getLogger("thirdplace.web")


def reports() -> int:
    """How many reports came since this process began."""
    return int(cache.get(KEY, 0))


@csrf_exempt
def csp_report(request: Visitor) -> HttpResponse:
    """Count a browser's report; asked for with GET by whoever may come in, it tells the count."""
    if request.method == "GET":
        return JsonResponse({"reports": reports()}) if request.steward else HttpResponse(status=404)
    try:
        told = json.loads(request.body[:20_000] or b"{}").get("csp-report", {})
        wanted = {name: str(told.get(name, ""))[:200] for name in ("violated-directive", "document-uri", "blocked-uri")}
    except (ValueError, AttributeError, RecursionError):
        wanted = {}
    cache.set(KEY, reports() + 1, None)
    log.warning("A browser refused something: %s", wanted)
    return HttpResponse(status=204)


urlpatterns = [path("csp-report", csp_report, name="csp_report")]

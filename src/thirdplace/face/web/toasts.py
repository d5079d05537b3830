"""Saying what was done, with its undo: in the page that htmx swaps, or in the next one."""

import json

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from thirdplace.face.web.pages import words


def by_htmx(request: HttpRequest) -> bool:
    """Whether a fragment was asked for, rather than a page."""
    return request.headers.get("HX-Request") == "true"


def tell(request: HttpRequest, response: HttpResponseBase, text: str, *, undo: str = "") -> HttpResponseBase:
    """Show a toast: what was done, in the past tense, and the address that undoes it when posted to."""
    text = words.clean(text)  # names stand in it
    if by_htmx(request):
        response["HX-Trigger"] = json.dumps({"told": {"text": text, "undo": undo}})
    else:
        messages.info(request, text, extra_tags=undo)
    return response

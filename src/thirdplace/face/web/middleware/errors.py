"""What a person can mend becomes a page, or a fragment, that says what happened and what to do now."""

from collections.abc import Callable

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from thirdplace.face.web.request import Visitor
from thirdplace.face.web.toasts import by_htmx
from thirdplace.foundation.errors import ThirdplaceError


class ErrorsMiddleware:
    """Turns a ThirdplaceError that a view let go into its answer."""

    def __init__(self, get_response: Callable[[Visitor], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Visitor) -> HttpResponseBase:
        """Whatever comes next."""
        return self.get_response(request)

    def process_exception(self, request: Visitor, error: Exception) -> HttpResponse | None:
        """The error's own two sentences, with its status; other exceptions are ours and go on."""
        if not isinstance(error, ThirdplaceError) or request.path_info.startswith("/api/"):
            return None
        return told(request, error)


def told(request: Visitor, error: ThirdplaceError) -> HttpResponse:
    """The error as a fragment where htmx asked, else as a page inside the house, or outside for who is outside."""
    if by_htmx(request):
        return render(request, "parts/told.html", {"error": error, "tone": "harm"}, status=error.status)
    inside = getattr(request, "community", None) is not None
    return render(
        request, "house/told.html" if inside else "house/told_outside.html", {"error": error}, status=error.status
    )

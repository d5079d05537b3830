"""Nothing here, not allowed, broken: each in two sentences, the second of which can be acted on."""

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext

from thirdplace.face.web.middleware.errors import told
from thirdplace.face.web.request import Visitor
from thirdplace.foundation.errors import NotAllowed, NotFound, ThirdplaceError


def not_found(request: Visitor, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """There is no such page."""
    what = gettext("There is no page at this address.")
    if getattr(request, "community", None) is None:
        return told(request, NotFound(what, gettext("Look whether the address is right, or begin at the beginning.")))
    return told(request, NotFound(what, gettext("Go back, or find what you seek with Find or do.")))


def forbidden(request: Visitor, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The account may not see this."""
    what = gettext("Your account may not see this.")
    return told(request, NotAllowed(what, gettext("Ask an owner of this house to allow it.")))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """What came is nothing we can answer; nothing of the request is trusted, so nothing of it is shown."""
    body = "This address does not belong to this machine. Open Thirdplace at the address it printed when it started."
    return HttpResponse(body, status=400, content_type="text/plain; charset=utf-8")


def csrf_failure(request: Visitor, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form was too old, or came from elsewhere."""
    error = ThirdplaceError(
        gettext("This page was open for too long, so we did not do what you asked."),
        gettext("Load it again and do it once more. Nothing was changed."),
    )
    error.status = 403
    return told(request, error)


def broken(request: Visitor) -> HttpResponse:
    """We made a mistake. Drawn without asking anything of what may be broken."""
    return HttpResponse(loader.render_to_string("house/broken.html", {"plain_path": request.path}), status=500)

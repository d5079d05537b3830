"""Views: searches with a name and an address of their own, kept, renamed, removed and brought back from the stream."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from thirdplace.face.web.pages import stream
from thirdplace.face.web.pages.words import clean
from thirdplace.face.web.request import Request
from thirdplace.face.web.toasts import by_htmx, tell
from thirdplace.flow import views
from thirdplace.flow.models import View

GOES_ON = ("m", "as")  # what one may ask of a view besides: a message of it, and it as a file


def view(request: Request, pk: int) -> HttpResponseBase:
    """The stream, as a view has it: what is clicked there goes on from the search itself."""
    kept = views.one(request.community, pk)
    query = QueryDict(kept.query, mutable=True)
    for name in GOES_ON:
        if name in request.GET:
            query[name] = request.GET[name]
    request.GET = query  # type: ignore[assignment]
    request.path = reverse("stream")
    return stream.stream(request)


@require_POST
def keep(request: Request) -> HttpResponseBase:
    """Give the search at hand a name."""
    made = views.keep(
        request.community, steward=request.steward, name=request.POST.get("name", ""),
        query=request.POST.get("query", ""), now=timezone.now(),
    )  # fmt: skip
    going = HttpResponseRedirect(_at(made))
    return tell(request, going, gettext("Kept as “%(name)s”.") % {"name": made.name}, undo=_to("remove_view", made))


@require_POST
def rename(request: Request, pk: int) -> HttpResponseBase:
    """Call a view something else."""
    kept = views.one(request.community, pk)
    before = kept.name
    views.rename(kept, steward=request.steward, name=request.POST.get("name") or request.GET.get("name", ""))
    told = gettext("Renamed to “%(name)s”.") % {"name": kept.name}
    undo = f"{_to('rename_view', kept)}?{urlencode({'name': before})}"
    return _on(request, _at(kept), told, undo=undo)


@require_POST
def remove(request: Request, pk: int) -> HttpResponseBase:
    """Take a view away."""
    kept = views.remove(views.one(request.community, pk), steward=request.steward, now=timezone.now())
    told = gettext("Removed the view “%(name)s”.") % {"name": kept.name}
    return _on(request, reverse("stream"), told, undo=_to("bring_view_back", kept))


@require_POST
def bring_back(request: Request, pk: int) -> HttpResponseBase:
    """Undo that a view was removed."""
    kept = views.bring_back(request.community, pk, steward=request.steward)
    return _on(request, _at(kept), gettext("“%(name)s” is back.") % {"name": kept.name}, undo="")


def _on(request: HttpRequest, address: str, told: str, *, undo: str) -> HttpResponseBase:
    """Go on to an address, also where a toast's button asked, and say there what was done."""
    if not by_htmx(request):
        return tell(request, HttpResponseRedirect(address), told, undo=undo)
    messages.info(request, clean(told), extra_tags=undo)  # said on the page that is gone on to
    return HttpResponse(status=204, headers={"HX-Redirect": address})


def _at(kept: View) -> str:
    return reverse("view", args=[kept.pk])


def _to(name: str, kept: View) -> str:
    return reverse(name, args=[kept.pk])


urlpatterns = [
    path("stream/views", keep, name="keep_view"),
    path("stream/views/<int:pk>", view, name="view"),
    path("stream/views/<int:pk>/rename", rename, name="rename_view"),
    path("stream/views/<int:pk>/remove", remove, name="remove_view"),
    path("stream/views/<int:pk>/back", bring_back, name="bring_view_back"),
]

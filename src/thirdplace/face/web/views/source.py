"""One source: is it whole, what does it bring and leave, where do its originals open."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from thirdplace.face.web import toasts
from thirdplace.face.web.pages import sheet, words
from thirdplace.face.web.request import Request
from thirdplace.face.web.views import source_sheets
from thirdplace.face.web.views.asking import field, needs
from thirdplace.face.web.views.first_run import address
from thirdplace.face.web.views.language import safe_next
from thirdplace.face.web.views.sources import readings, source_rows
from thirdplace.flow.charts import Chart, Point, histogram
from thirdplace.flow.dates import date_format
from thirdplace.foundation.channels.models import Channel, Import, Source
from thirdplace.foundation.connectors.connector import connectors
from thirdplace.foundation.errors import AlreadyDone, NotFound, ThirdplaceError
from thirdplace.foundation.index import Index
from thirdplace.foundation.jobs import queue
from thirdplace.foundation.jobs.models import Job

CHANNELS = 25  # on one page
KINDS = {
    "channel": _("channel"),
    "forum": _("forum"),
    "list": _("mailing list"),
    "news": _("announcements"),
    "site": _("site"),
    "stage": _("stage"),
    "voice": _("voice"),
}
BARS = 60  # of how its talk is spread over time


def source(request: Request, pk: int) -> HttpResponseBase:
    """Everything we know of one source."""
    row = next((one for one in source_rows(request.community) if one.source.pk == pk), None)
    if row is None:
        raise NotFound(gettext("That source is not here."), gettext("Look at Sources: it may have been undone."))
    if sheet.wanted(request):
        return source_sheets.of_channels(request.community, row.source, KINDS)
    connector = connectors.get(row.source.connector)
    told = {
        "row": row,
        "source": row.source,
        "card": connector.card if connector else None,
        "spread": spread(request, row.source),
        "channels": _channels(request, row.source),
        "imports": readings(request.community, wall=timezone.now(), source=row.source),
    }
    return render(request, "house/source.html", told)


def spread(request: Request, of: Source) -> Chart | None:
    """How its messages are spread over time, from the first to the last."""
    begin, step, counts = Index(request.community.pk).over_time(bars=BARS, sources=(of.pk,))
    if not any(counts):
        return None
    days = [date_format((begin + nth * step).astimezone(request.community.tz), "M Y") for nth in range(len(counts))]
    points = [Point(name=day, value=n) for day, n in zip(days, counts, strict=True)]
    return histogram(points, what=gettext("Messages"), names=4)


def _channels(request: Request, of: Source) -> Any:
    """A page of its channels, with how much was said in each; the counts come from the index."""
    every = Paginator(Channel.objects.filter(source=of).order_by("name", "pk"), CHANNELS)
    page = every.get_page(request.GET.get("page"))
    index = Index(request.community.pk)
    rows = []
    for channel in page:
        latest = index.latest(channels=(channel.number,), limit=1)
        kind = KINDS.get(channel.kind, words.name(channel.kind))
        rows.append((channel, kind, index.count(channels=(channel.number,)), latest[0].happened_at if latest else None))
    return {"page": page, "rows": rows, "count": every.count}


@require_POST
@needs("managing.sources")
def where(request: Request, pk: int) -> HttpResponseBase:
    """Keep where its originals open, and what it is called."""
    of = get_object_or_404(Source, pk=pk, community=request.community)
    if "base_url" in request.POST:
        of.base_url = address(field(request, "base_url"))
    of.name = field(request, "name", most=120) or of.name
    of.save(update_fields=["base_url", "name"])
    going = HttpResponseRedirect(safe_next(request, reverse("source", args=[of.pk])))
    return toasts.tell(request, going, gettext("Kept: %(name)s.") % {"name": of.base_url or of.name})


@require_POST
@needs("managing.import")
def take_back(request: Request, pk: int) -> HttpResponseBase:
    """Have a whole import taken out again."""
    which = get_object_or_404(Import, pk=pk, community=request.community)
    if which.state != Import.State.DONE:
        raise AlreadyDone(
            gettext("%(name)s is not in, so it cannot be taken back.") % {"name": which.name},
            gettext("Nothing to do: look at Sources for how it stands."),
        )
    queue.enqueue("undo_import", community=request.community, unique=f"undo:{which.pk}", number=which.pk)
    going = HttpResponseRedirect(safe_next(request, reverse("sources")))
    return toasts.tell(request, going, gettext("Taking %(name)s back.") % {"name": which.name})


@require_POST
@needs("managing.import")
def once_more(request: Request, pk: int) -> HttpResponseBase:
    """Try work that failed once more, or let it be."""
    job = get_object_or_404(Job, pk=pk, community=request.community)
    if "leave" in request.POST:
        if job.state != Job.State.FAILED:
            raise ThirdplaceError(gettext("That work goes on."), gettext("Wait until it has ended."))
        job.delete()
    else:
        queue.try_again(job)
    return HttpResponseRedirect(safe_next(request, reverse("sources")))


urlpatterns = [
    path("sources/<int:pk>", source, name="source"),
    path("sources/<int:pk>/where", where, name="source_where"),
    path("imports/<int:pk>/undo", take_back, name="import_undo"),
    path("jobs/<int:pk>/again", once_more, name="job_again"),
]

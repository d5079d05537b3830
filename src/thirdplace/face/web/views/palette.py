"""Find or do: actions first, then people, then messages, then pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from thirdplace.face.web import places
from thirdplace.face.web.request import Request
from thirdplace.foundation.members.models import Member


def palette(request: Request) -> HttpResponse:
    """What is found for a few letters."""
    sought = request.GET.get("q", "").strip()[:80]
    told = {
        "sought": sought,
        "pages": [page for page in places.pages() if sought.casefold() in str(page.title).casefold()][:6],
        "members": Member.objects.filter(community=request.community, name__icontains=sought).order_by("-spoken")[:6]
        if sought
        else (),
    }
    return render(request, "house/found.html", told)


urlpatterns = [path("palette", palette, name="palette")]

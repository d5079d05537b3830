"""From an export to a first Today: what was recognised, how far it is, what must be decided."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from thirdplace.foundation.channels.models import Import


def first_run(request: HttpRequest) -> HttpResponse:
    """Point at an export, or drop it; see how far the reading is."""
    told = {"imports": Import.objects.filter(community=request.community).order_by("pk")}
    return render(request, "house/first_run.html", told)


urlpatterns = [path("first-run", first_run, name="first_run")]

"""Files dropped on a page arrive here in pieces, in order, and are put together on the disk: memory stays flat."""

import re
import shutil
from collections import Counter
from pathlib import Path

from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from thirdplace.face.web import offers
from thirdplace.face.web.middleware.gate import CHOSEN
from thirdplace.face.web.request import Visitor
from thirdplace.face.web.views.asking import needs
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.lake.folders import uploads_folder
from thirdplace.foundation.members.models import Community

BATCH = re.compile(r"[0-9a-f]{32}")
PIECE = 4 * 1024 * 1024  # bytes; drop.js sends pieces of this size
SPARE = 500_000_000  # bytes that must stay free on the disk
TOGETHER = (".json", ".xml", ".txt", ".csv", ".jsonl")  # loose files of one kind, dropped at once, are one export


def place(community: Community, batch: str, told: str) -> Path:
    """Where a dropped file is put together: below its batch, whatever its name says."""
    parts = [re.sub(r"[\x00-\x1f\x7f]", "", part)[:150] for part in told.replace("\\", "/").split("/")]
    if not BATCH.fullmatch(batch) or not parts or len(parts) > 12 or any(part in ("", ".", "..") for part in parts):
        raise ThirdplaceError(
            gettext("This file has a name that we cannot use."), gettext("Give it a plain name, and drop it again.")
        )
    return uploads_folder(community.pk).joinpath(batch, *parts)


@require_POST
@needs("managing.import")
def piece(request: Visitor, batch: str) -> HttpResponse:
    """Keep one piece of a file; the answer is how much of it there is now. A piece sent twice is kept once."""
    community = offers.some_community(request.community)
    request.session[CHOSEN] = community.pk
    target = place(community, batch, request.GET.get("name", ""))
    target.parent.mkdir(parents=True, exist_ok=True)
    body = request.read(PIECE + 1)
    if len(body) > PIECE:
        raise ThirdplaceError(
            gettext("This piece of a file is too large."), gettext("Load the page again, then drop the files again.")
        )
    if shutil.disk_usage(target.parent).free - len(body) < SPARE:
        raise ThirdplaceError(
            gettext("The disk of this machine is nearly full."), gettext("Make room, then drop the files again.")
        )
    at = int(request.GET.get("at", "0")) if request.GET.get("at", "0").isdecimal() else 0
    with target.open("ab") as file:
        if file.tell() == at:
            file.write(body)
        there = file.tell()
    return JsonResponse({"there": there})


@require_POST
@needs("managing.import")
def whole(request: Visitor, batch: str) -> HttpResponse:
    """All of a batch has arrived: look at what it is."""
    community = offers.some_community(request.community)
    for each in exports(place(community, batch, "x").parent):
        offers.take_in(community, each, name=called(each), ours=True)
    return HttpResponse(status=204)


def exports(batch: Path) -> list[Path]:
    """What a batch holds: each folder, each archive, and loose files of one kind together."""
    if not batch.is_dir():
        return []
    loose = [file for file in sorted(batch.iterdir()) if file.suffix.lower() in TOGETHER and file.is_file()]
    kinds = Counter(file.suffix.lower() for file in loose)
    for file in loose:
        if kinds[kind := file.suffix.lower()] > 1:
            home = batch / f"files{kind}"
            home.mkdir(exist_ok=True)
            file.rename(home / file.name)
    return sorted(batch.iterdir())


def called(export: Path) -> str:
    """What a steward would call it: its name, or how many loose files there were."""
    if export.is_dir() and export.name.startswith("files."):
        held = sorted(export.iterdir())
        return gettext("%(count)s files: %(first)s, …") % {"count": len(held), "first": held[0].name}
    return export.name


urlpatterns = [
    path("uploads/<str:batch>", piece, name="upload_piece"),
    path("uploads/<str:batch>/whole", whole, name="upload_whole"),
]

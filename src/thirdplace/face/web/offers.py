"""Taking an export from a steward: what it is, what must be asked, when its reading begins, how far that is."""

import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings as django_settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext

from thirdplace import settings
from thirdplace.face.web import tables
from thirdplace.face.web.models import Offer
from thirdplace.foundation.channels import answers
from thirdplace.foundation.channels.models import Import
from thirdplace.foundation.connectors.connector import connectors
from thirdplace.foundation.connectors.recognition import recognise
from thirdplace.foundation.errors import NotFound, ThirdplaceError
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.jobs.queue import enqueue
from thirdplace.foundation.lake.folders import spool_folder, uploads_folder
from thirdplace.foundation.members import invented
from thirdplace.foundation.members.models import Community

MEGABYTE = 1_000_000


def some_community(community: Community | None) -> Community:
    """The community at hand, or a new one that its steward has yet to name."""
    if community is not None:
        invented.refuse(community)
        return community
    return Community.objects.create(name=gettext("Your community"), slug=f"new-{secrets.token_hex(4)}")


def is_named(community: Community | None) -> bool:
    """Whether its steward has said what it is called and where: once something began to be read, that was asked."""
    if community is None:
        return False
    begun = Offer.objects.filter(community=community, begun=True).exists()
    return begun or Import.objects.filter(community=community).exists()


def take(community: Community, path: Path, *, name: str = "", ours: bool = False) -> Offer:
    """Look at an export, and keep what we take it for. What cannot be read is said, and nothing of it is kept."""
    offer = Offer(community=community, path=str(path), name=(name or path.name)[:200], ours=ours)
    try:
        if not path.exists():
            raise NotFound(
                gettext("There is nothing at %(path)s.") % {"path": path},
                gettext("Write the whole path of a file or folder on this machine."),
            )
        spool = spool_folder(community.pk)
        spool.mkdir(parents=True, exist_ok=True)
        seen = recognise(path, spool=spool, limit=settings.SPOOL_LIMIT * MEGABYTE)
        offer.connector, offer.why, offer.lacks = seen.connector.slug, seen.why, seen.lacks or ""
        offer.asks = answers.open_questions(community, seen)  # asked once a source, and a table
        offer.table = tables.kept(community, seen)
        offer.space, offer.base_url = seen.space.name[:200], (seen.space.base_url or "")[:300]
    except ThirdplaceError as error:
        offer.what, offer.remedy = error.what, error.remedy
        remove(offer)
    except OSError as error:
        offer.what = gettext("%(name)s cannot be opened (%(reason)s).") % {"name": offer.name, "reason": error.strerror}
        offer.remedy = gettext("Allow the account that runs Thirdplace to read it, then offer it again.")
    offer.save()
    return offer


def take_in(community: Community, path: Path, *, name: str = "", ours: bool = False) -> Offer:
    """Take an export, and begin to read it at once where nothing needs to be asked."""
    offer = take(community, path, name=name, ours=ours)
    if is_named(community) and not offer.asks:
        begin(offer)
    return offer


def remove(offer: Offer) -> None:
    """Take away our copy of what was dropped, and of nothing that came with it. A steward's own file is not touched."""
    home, path = uploads_folder(offer.community_id).resolve(), Path(offer.path).resolve()
    if not offer.ours or home not in path.parents:
        return
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == home or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()


def name_community(community: Community, *, name: str, zone: str) -> None:
    """Keep what the steward says it is called, and where its day is."""
    community.name, community.zone = name, zone
    if community.slug.startswith("new-"):
        slug = slugify(name)[:40] or "community"
        taken = Community.objects.exclude(pk=community.pk).filter(slug=slug).exists()
        community.slug = f"{slug}-{community.pk}" if taken else slug
    community.save(update_fields=["name", "zone", "slug"])


@transaction.atomic
def begin(offer: Offer) -> None:
    """Have it read: the wish and its job are written together."""
    if offer.begun or not offer.connector:
        return
    offer.job = enqueue(
        "import_archive",
        community=offer.community,
        path=offer.path,
        base_url=offer.base_url or None,
        zone=offer.zone or None,
        columns=None if offer.columns is None else tables.told(offer),
        remove=offer.ours,
    )
    offer.begun = True
    offer.save(update_fields=["job", "begun", "base_url", "zone", "columns"])


@dataclass(frozen=True)
class Standing:
    """How far one offer is. state: unreadable, asks, waits, reading, settling, done, failed."""

    offer: Offer
    state: str
    title: str
    reading: Import | None
    left: int | None  # seconds, when that can be said
    what: str = ""
    remedy: str = ""

    @property
    def table(self) -> tables.Shown | None:
        """Its columns, where it is asked which is what."""
        return tables.shown(self.offer) if self.state == "asks" else None


def standing(community: Community, *, wall: datetime) -> list[Standing]:
    """Every offer that was not left out, in the order they came, with a constant number of queries."""
    offers = list(Offer.objects.filter(community=community).select_related("job", "reading").order_by("pk"))
    lost = [offer.path for offer in offers if offer.begun and offer.job is None and offer.reading_id is None]
    by_path = dict(Import.objects.filter(community=community, path__in=lost).values_list("path", "pk")) if lost else {}
    numbers = {offer.pk: _number(offer) or by_path.get(offer.path) for offer in offers}
    readings = Import.objects.in_bulk([number for number in numbers.values() if number is not None])
    for offer in offers:
        if (known := numbers[offer.pk]) in readings and offer.reading_id is None:
            Offer.objects.filter(pk=offer.pk).update(reading=known)
    return [_standing(offer, readings.get(numbers[offer.pk] or 0), wall=wall) for offer in offers]


def _number(offer: Offer) -> int | None:
    """The number of its import, once that has begun."""
    told = offer.job.progress.get("import") if offer.job else None
    return offer.reading_id or (int(told) if told else None)


def _standing(offer: Offer, reading: Import | None, *, wall: datetime) -> Standing:
    """One offer, with what a person wants to know of it."""
    connector = connectors.get(offer.connector)
    title = gettext("Not something we can read")
    if connector is not None:
        title = f"{connector.title}: {offer.space}" if offer.space else connector.title
    job = offer.job
    if connector is None:
        return Standing(offer, "unreadable", title, None, None, offer.what, offer.remedy)
    if not offer.begun:
        return Standing(offer, "asks", title, None, None)
    if reading is not None and reading.state == Import.State.FAILED:
        return Standing(offer, "failed", title, reading, None, reading.what, reading.remedy)
    if job is not None and job.state in (Job.State.FAILED, Job.State.CANCELLED):
        return Standing(offer, "failed", title, reading, None, job.failure, job.remedy)
    if (job is None or job.state == Job.State.DONE) and reading is not None:
        return Standing(offer, "done", title, reading, None)
    if reading is None or reading.state == Import.State.WAITING:
        return Standing(offer, "waits", title, reading, None)
    if reading.state == Import.State.READING:
        return Standing(offer, "reading", title, reading, _left(reading, wall))
    return Standing(offer, "settling", title, reading, None)


def _left(reading: Import, wall: datetime) -> int | None:
    """Seconds left at the pace so far; None before there is a pace."""
    gone = (wall - reading.made_at).total_seconds()
    if not reading.whole or reading.done < reading.whole * 0.03 or gone < 2:
        return None
    return round(gone * (reading.whole - reading.done) / reading.done)


def data_folder() -> str:
    """Where everything is kept, for people who want to know."""
    return str(django_settings.DATA)

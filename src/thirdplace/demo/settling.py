"""The demo made whole in a data folder: written, imported like any export, and worked on by its steward."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext

from thirdplace import demo
from thirdplace.demo.story import perform_all
from thirdplace.demo.town import Town
from thirdplace.flow import refresh
from thirdplace.foundation.accounts.keeping import make_owner
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.channels import importing
from thirdplace.foundation.members.models import Community

SLUG = "hedgerow"
ADDRESSES = ("https://questions.hedgerow.example", None, "https://volunteers.hedgerow.example")


def settled(
    folder: Path,
    *,
    seed: int,
    wall: datetime,
    scale: float,
    tell: Callable[[str], None],
    steward: Account | None = None,
) -> Community:
    """The demo's community; made first where it does not stand yet."""
    known = Community.objects.filter(slug=SLUG, is_invented=True).first()
    if known is not None:
        return known
    tell(gettext("Making Hedgerow, an invented community…"))
    town = Town(seed, demo.last_day(wall), scale)
    paths = demo.write(town, folder)
    worker = steward or _owner()
    community = Community.objects.create(name=demo.NAME, slug=SLUG, zone=demo.ZONE, is_invented=True)
    for path, address in zip(paths, ADDRESSES, strict=True):
        tell(gettext("Reading %(name)s…") % {"name": path.name})
        importing.import_archive(community, path, base_url=address, progress=lambda _: None)

    def refreshed() -> None:
        tell(gettext("Working out who needs you…"))
        refresh.refresh(community, wall=wall)

    perform_all(community, worker, town, refreshed=refreshed)
    return community


def _owner() -> Account:
    owner = Account.objects.filter(is_owner=True).first() or make_owner(demo.STEWARD, None)
    owner.first_name, owner.last_name = "Marit", "Oosterveld"
    owner.save(update_fields=["first_name", "last_name"])
    return owner

"""Communities and their settings; and who asks."""

from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Field, Router, Status

from thirdplace.face.api import schemas, shapes
from thirdplace.face.api.house import NO, account, community, refuse_unless
from thirdplace.flow import refresh
from thirdplace.foundation.accounts.permissions import may
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.members import founding
from thirdplace.foundation.members.models import Community

router = Router(tags=["Communities"])


@router.get("/communities", response={200: list[schemas.Community], **NO}, operation_id="communities")
def list_communities(request: HttpRequest) -> Any:
    """The communities that the asker may look at."""
    every = Community.objects.order_by("pk")
    return [_shape(each) for each in every if may(account(request), "flow.see", community=each)]


class Founded(schemas.Sent):
    """A new community: its name, and where its day is."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    zone: Annotated[str, Field(max_length=64)]


@router.post("/communities", response={201: schemas.Community, **NO}, operation_id="found_community")
def found(request: HttpRequest, wanted: Founded) -> Any:
    """Make a community, for its first export to be read into."""
    refuse_unless(account(request), "managing.settings", Community())
    return Status(201, _shape(founding.found(name=wanted.name, zone=wanted.zone)))


class Settings(schemas.Sent):
    """What is to be changed; what is left out stays."""

    name: Annotated[str | None, Field(min_length=1, max_length=120)] = None
    zone: Annotated[str | None, Field(max_length=64)] = None
    clock_on: Annotated[schemas.OnDay | None, Field(description="The day the clock is set to; null lets it run.")] = (
        None
    )


@router.patch("/settings", response={200: schemas.Community, **NO}, operation_id="change_settings")
def change(request: HttpRequest, settings: Settings) -> Any:
    """Change a community's name, zone or clock. A zone changes what a day is: everything is counted anew."""
    where = community(request, "managing.settings")
    changed = settings.model_dump(exclude_unset=True)
    if changed.get("name") is not None:
        changed["name"] = founding.plain_name(changed["name"])
    _refuse(changed, where)
    with transaction.atomic():
        for name, value in changed.items():
            if value is not None or name == "clock_on":
                setattr(where, name, value)
        where.save(update_fields=["name", "zone", "clock_on"])
        refresh.ask(where)
    return _shape(where)


def _shape(known: Community) -> dict[str, Any]:
    return {
        "slug": known.slug,
        "name": known.name,
        "zone": known.zone,
        "clock_on": known.clock_on.isoformat() if known.clock_on else None,
        "now": shapes.moment(known.now(timezone.now())),
    }


def _refuse(changed: dict[str, Any], where: Community) -> None:
    """Refuse a zone that is none, and a clock set to a day that has not come."""
    zone = changed.get("zone") or where.zone
    if zone not in available_timezones():
        raise ThirdplaceError(
            gettext("'%(said)s' is not a time zone.") % {"said": zone}, gettext("Write one such as Europe/Amsterdam.")
        )
    clock = changed.get("clock_on")
    if clock is not None and not date(1970, 1, 1) <= clock <= timezone.now().astimezone(ZoneInfo(zone)).date():
        raise ThirdplaceError(
            gettext("The clock cannot be set to %(day)s.") % {"day": clock},
            gettext("Choose a day between 1970 and today; null lets the clock run."),
        )

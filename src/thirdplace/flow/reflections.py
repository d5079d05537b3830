"""A steward's few words when the round is done."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from thirdplace.flow.fields import Field
from thirdplace.flow.models import Reflection
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.accounts.permissions import may
from thirdplace.foundation.errors import NotAllowed, ThirdplaceError
from thirdplace.foundation.members.models import Community
from thirdplace.foundation.translation import gettext_noop

STRUCK = gettext_noop("What struck you today?")
DIFFERENTLY = gettext_noop("What would you do differently?")


def keep(
    community: Community, *, steward: Account, on: date, now: datetime, text: str = "", differently: str = ""
) -> Reflection | None:
    """Keep a day's reflection of a steward, in place of an earlier one; nothing written takes it away."""
    if not may(steward, "flow.reflect", community=community):
        raise NotAllowed(
            gettext("%(who)s may not do this here.") % {"who": steward.name},
            gettext("Ask an owner for the permission “%(permission)s”.") % {"permission": "flow.reflect"},
        )
    words = {
        name: Field(name, "text", False, label).read(said, community=community) or ""
        for name, label, said in (("text", STRUCK, text), ("differently", DIFFERENTLY, differently))
    }
    if now.astimezone(community.tz).date() < on:
        raise ThirdplaceError(gettext("That day has not come yet."), gettext("Write about today, or an earlier day."))
    which: dict[str, Any] = {"community": community, "on": on, "steward": steward}
    if not any(words.values()):
        Reflection.objects.filter(**which).delete()
        return None
    kept, _ = Reflection.objects.update_or_create(**which, defaults={**words, "written_at": now})
    return kept


def of(community: Community, on: date) -> list[Reflection]:
    """What stewards wrote about a day, oldest first."""
    return list(Reflection.objects.filter(community=community, on=on).select_related("steward").order_by("written_at"))


def latest(community: Community, *, before: date) -> Reflection | None:
    """The last reflection before a day: the round begins with it."""
    found = Reflection.objects.filter(community=community, on__lt=before).select_related("steward")
    return found.order_by("-on", "-written_at").first()

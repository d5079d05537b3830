"""Which members one wants to see: views, filters and order, as questions to the database."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from thirdplace.face.web.pages.keys import number
from thirdplace.face.web.pages.words import clean
from thirdplace.face.web.request import Request
from thirdplace.foundation.engine.models import Settled
from thirdplace.foundation.members.models import Community, Identity, Member

NEW = timedelta(days=30)  # since their first words
QUIET = timedelta(days=90)  # since their last
REGULAR = 20  # messages

TO_MARK = (~Q(staff_hint="") & Q(staff_mark=None)) | (~Q(bot_hint="") & Q(bot_mark=None, is_bot=False))
PLAIN = Q(is_staff=False, is_bot=False)


@dataclass(frozen=True)
class View:
    """A way of looking at the members: its name, who belongs, and that in words."""

    slug: str
    title: str | Promise
    who: Callable[[datetime], Q]
    lead: str | Promise


VIEWS = (
    View("everyone", gettext_lazy("Everyone"), lambda _now: Q(),
         gettext_lazy("Everybody we have met, staff and bots too.")),
    View("newcomers", gettext_lazy("Newcomers"), lambda now: PLAIN & Q(first_at__gt=now - NEW, first_at__lte=now),
         gettext_lazy("Members who spoke here for the first time within the last 30 days.")),
    View("regulars", gettext_lazy("Regulars"),
         lambda now: PLAIN & Q(spoken__gte=REGULAR, last_at__gt=now - QUIET, first_at__lte=now - NEW),
         gettext_lazy("Members with at least 20 messages who spoke within the last 90 days.")),
    View("quiet", gettext_lazy("Quiet"), lambda now: PLAIN & Q(spoken__gt=0, last_at__lte=now - QUIET),
         gettext_lazy("Members who have said nothing for 90 days. Many of them are only busy elsewhere.")),
    View("staff", gettext_lazy("Staff"), lambda _now: Q(is_staff=True),
         gettext_lazy("Those you have marked as staff. Measures leave them out unless asked.")),
    View("bots", gettext_lazy("Bots"), lambda _now: Q(is_bot=True),
         gettext_lazy("What is no person. Measures and signals leave it out.")),
    View("to-mark", gettext_lazy("To mark"), lambda _now: TO_MARK,
         gettext_lazy("The source, or the name, tells that these may be staff or bots. Only your mark counts.")),
)  # fmt: skip
ORDERS = {"seen": "last_at", "joined": "first_at", "said": "spoken", "name": "name"}


@dataclass(frozen=True)
class Wanted:
    """Which members, in which order. upwards: smallest first."""

    view: View
    words: str = ""
    source: int | None = None
    language: str = ""
    order: str = "seen"
    upwards: bool = False
    after: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether the view is filtered further."""
        return bool(self.words or self.source or self.language)

    def members(self, community: Community, now: datetime) -> QuerySet[Member]:
        """Everybody who belongs, in their order."""
        chosen = Member.objects.filter(self.view.who(now), community=community)
        if self.source is not None:
            chosen = chosen.filter(pk__in=_known_by(community, source_id=self.source))
        if self.language:
            chosen = chosen.filter(language=self.language)
        if self.words:
            chosen = chosen.filter(
                Q(name__icontains=self.words) | Q(pk__in=_known_by(community, handle__icontains=self.words))
            )
        field = F(ORDERS[self.order])
        ordered = field.asc(nulls_last=True) if self.upwards else field.desc(nulls_last=True)
        return chosen.order_by(ordered, "pk" if self.upwards else "-pk")

    def page(self, community: Community, now: datetime, limit: int) -> list[Member]:
        """One member more than a page shows, from where the last page stopped."""
        chosen = self.members(community, now)
        stop = Member.objects.filter(community=community, pk=self.after).first() if self.after is not None else None
        return list((chosen.filter(self._beyond(stop)) if stop else chosen)[: limit + 1])

    def _beyond(self, stop: Member) -> Q:
        """What comes after a member in this order; those of whom we know nothing stand last."""
        name, way = ORDERS[self.order], "gt" if self.upwards else "lt"
        value: Any = getattr(stop, name)
        later = (
            Q(**{name: value, f"pk__{way}": stop.pk}) if value is not None else Q(**{name: None, f"pk__{way}": stop.pk})
        )
        if value is None:
            return later
        return later | Q(**{f"{name}__{way}": value}) | Q(**{name: None})


def _known_by(community: Community, **how: Any) -> QuerySet[Any]:
    """Members by something of their identities."""
    return Identity.objects.filter(community=community, **how).values("member_id")


def read(request: Request) -> Wanted:
    """The filters from an address; what makes no sense is left out."""
    query = request.GET
    views = {view.slug: view for view in VIEWS}
    order = query.get("order", "")
    return Wanted(
        view=views.get(query.get("view", ""), VIEWS[0]),
        words=clean(query.get("q", ""))[:100].strip(),
        source=number(query.get("source")),
        language=query.get("language", "")[:8],
        order=order.lstrip("-") if order.lstrip("-") in ORDERS else "seen",
        upwards=order == "name" or order in {f"-{name}" for name in ORDERS if name != "name"},
        after=number(query.get("after")),
    )


def counts(community: Community, now: datetime) -> dict[str, int]:
    """How many belong to each view; counted once for each state of the members and each hour."""
    settled = Settled.objects.filter(community=community).values_list("follows_from", flat=True).first()
    state = json.dumps([settled, community.people_version, community.zone], sort_keys=True)
    return dict(_counts(community, now.replace(minute=0, second=0, microsecond=0), state))


@lru_cache(maxsize=32)
def _counts(community: Community, now: datetime, _state: str) -> dict[str, int]:
    """One query."""
    asked = {
        view.slug.replace("-", "_"): Count("pk", filter=view.who(now)) for view in VIEWS if view.slug != "everyone"
    }
    found = Member.objects.filter(community=community).aggregate(everyone=Count("pk"), **asked)
    return {name.replace("_", "-"): n for name, n in found.items()}

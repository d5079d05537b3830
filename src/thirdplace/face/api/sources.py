"""The sources of a community with their figures, for the API and the command line."""

from typing import Any

from thirdplace.face.api import shapes
from thirdplace.flow.fields import Field
from thirdplace.foundation.channels.figures import figures
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.members.models import Community
from thirdplace.foundation.translation import gettext_noop

ADDRESS = gettext_noop("Address of the originals")
FIGURES = ("channels", "threads", "identities", "activities", "messages", "reactions")


def address(typed: str | None) -> str:
    """Where originals open, as it is kept: a whole web address, or empty. Nothing else can become a link."""
    # a field is read for a community; an address is the same for all
    return str(Field("base_url", "url", False, ADDRESS).read(typed, community=Community()) or "")[:300]


def of_community(community: Community) -> list[dict[str, Any]]:
    """Each source with how much it holds: channels, threads and so on, and first_at and last_at."""
    held = {each["id"]: each for each in figures(community)}
    return [
        {
            **shapes.source(source),
            **{name: held[source.pk][name] for name in FIGURES},
            "first_at": shapes.moment(held[source.pk]["first_at"]),
            "last_at": shapes.moment(held[source.pk]["last_at"]),
        }
        for source in Source.objects.filter(community=community, pk__in=held).order_by("pk")
    ]

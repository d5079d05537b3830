"""The sources of a community with their figures, for the API and the command line."""

from typing import Any

from thirdplace.face.api import shapes
from thirdplace.foundation.channels.figures import figures
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.members.models import Community


def of_community(community: Community) -> list[dict[str, Any]]:
    """Each source with how much it holds."""
    return [
        {**shapes.source(source), **_figures(source)}
        for source in Source.objects.filter(community=community).order_by("pk")
    ]


def _figures(source: Source) -> dict[str, Any]:
    """Channels, threads, identities, activities, messages, reactions, first_at and last_at."""
    known = figures(source)
    return {
        "channels": known.channels,
        "threads": known.threads,
        "identities": known.identities,
        "activities": known.activities,
        "messages": known.messages,
        "reactions": known.reactions,
        "first_at": shapes.moment(known.first_at),
        "last_at": shapes.moment(known.last_at),
    }

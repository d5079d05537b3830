"""Invented communities: to be looked at and tried out, and never mixed with anything real."""

from django.utils.translation import gettext

from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.members.models import Community


def refuse(community: Community) -> None:
    """Nothing real is read into a community that was made up: numbers of the two would never come apart again."""
    if community.is_invented:
        raise ThirdplaceError(
            gettext("%(name)s is invented, so nothing real is read into it.") % {"name": community.name},
            gettext("Begin with your own community: it gets a place of its own."),
        )

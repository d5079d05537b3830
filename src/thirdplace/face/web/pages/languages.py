"""Languages by their names in the reader's own, and the one most spoken in a community."""

from functools import lru_cache

from django.db.models import Count
from django.utils.translation import get_language_info, gettext_noop

from thirdplace.foundation.members.models import Community, Member

gettext_noop("Dutch")  # in Swedish it has a better name than the one Django knows


def title(code: str) -> str:
    """What a language is called here: Swedish, Zweeds, svenska. Its code, where Django knows no name."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def spoken(community: Community) -> list[str]:
    """The languages members mostly write, the commonest first."""
    return list(_spoken(community.pk, community.people_version, Member.objects.filter(community=community).count()))


@lru_cache(maxsize=64)
def _spoken(community_id: int, *_state: int) -> tuple[str, ...]:
    """Asked once for each state of the members."""
    members = Member.objects.filter(community_id=community_id, is_bot=False).exclude(language="")
    counted = members.values_list("language").annotate(n=Count("pk")).order_by("-n")
    return tuple(code for code, _n in counted)

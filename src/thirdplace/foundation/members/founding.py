"""Founding a community: what it is called, its short name, where its day is."""

from zoneinfo import available_timezones

from django.utils.text import slugify

from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.members.models import Community
from thirdplace.foundation.translation import gettext

LONGEST_NAME, LONGEST_SLUG = 120, 40  # letters


def found(*, name: str, zone: str, slug: str = "") -> Community:
    """Make a community. slug: the short name wished for; one that nobody has is made from it, or from the name."""
    plain = plain_name(name)
    return Community.objects.create(name=plain, slug=free_slug(slug or plain), zone=known_zone(zone))


def plain_name(said: str) -> str:
    """A community's name as it is kept: one line, without what cannot be seen."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())[:LONGEST_NAME]
    if not plain:
        raise ThirdplaceError(gettext("A community needs a name."), gettext("Give it a name; it can be changed later."))
    return plain


def free_slug(wish: str) -> str:
    """A short name that no community has yet."""
    first = slugify(wish)[:LONGEST_SLUG].strip("-") or "community"
    made, nth = first, 1
    while Community.objects.filter(slug=made).exists():
        nth += 1
        made = f"{first}-{nth}"
    return made


def known_zone(said: str) -> str:
    """A time zone by its name, written as the world writes it; where there is none, the one that was perhaps meant."""
    known = {each.lower(): each for each in available_timezones()}
    wanted = said.strip().replace(" ", "_").lower()
    if wanted in known:
        return known[wanted]
    near = [each for lower, each in sorted(known.items()) if wanted and wanted in lower]
    raise ThirdplaceError(
        gettext("'%(said)s' is not a time zone.") % {"said": said},
        gettext("Did you mean %(near)s?") % {"near": near[0]}
        if near
        else gettext("Write one such as Europe/Amsterdam."),
    )

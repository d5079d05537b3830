"""Which source an archive belongs to."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext

from thirdplace.foundation.channels.models import Source, SourceNumber
from thirdplace.foundation.connectors.connector import Recognised
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.members.models import Community
from thirdplace.foundation.text.sound import sound


def source_of(
    community: Community, found: Recognised, *, source: Source | None, name: str | None, base_url: str | None
) -> Source:
    """The source of a recognised archive, found or made. source: the one a steward named, when the format cannot."""
    slug, space = found.connector.slug, found.space
    if source is not None and source.connector != slug:
        raise ThirdplaceError(
            gettext("This is an export of %(format)s, and %(name)s is none.")
            % {"format": found.connector.title, "name": source.name},
            gettext("Choose another source for it, or let Thirdplace find its source itself."),
        )
    native = sound(space.native)[:200]
    if source is None:
        source = Source.objects.filter(community=community, connector=slug, native=native).first()
    if source is None:
        source = _made(Source(community=community, connector=slug, native=native, name=sound(name or space.name)[:120]))
    wanted = base_url or (space.base_url if not source.base_url else None)
    if wanted and wanted != source.base_url:
        source.base_url = wanted
        source.save(update_fields=["base_url"])
    return source


def _made(source: Source) -> Source:
    """Keep a new source, under the number that it had before, if it had one."""
    of = hashlib.sha256(f"{source.connector}\x1f{source.native}".encode()).hexdigest()
    with transaction.atomic():
        had = SourceNumber.objects.filter(community=source.community, of=of).first()
        source.pk = None if had is None else had.number
        source.save(force_insert=True)
        if had is None:
            SourceNumber.objects.create(community=source.community, of=of, number=source.pk)
    return source

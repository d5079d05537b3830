"""The tables of Sources as files to keep: the sources, the channels of one, and what was read."""

from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from thirdplace.face.web.pages import sheet, words
from thirdplace.foundation.channels.models import Channel, Import, Source
from thirdplace.foundation.connectors.connector import connectors
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community

_HELD = ("channels", "threads", "identities", "activities", "messages", "reactions", "first_at", "last_at")


def of_sources(community: Community, rows: Any) -> StreamingHttpResponse:
    """Every source with what it holds."""
    heads = [
        _("Source"), _("Kind"), _("State"), _("Channels"), _("Threads"), _("Accounts"), _("Entries"), _("Messages"),
        _("Reactions"), _("First"), _("Newest"), _("Address"),
    ]  # fmt: skip
    cells = (
        [row.source.name, row.title, row.state, *(row.held.get(name) for name in _HELD), row.source.base_url]
        for row in rows
    )
    return sheet.sheet(f"{community.slug}-sources", heads, cells)


def of_channels(community: Community, of: Source, kinds: dict[str, Any]) -> StreamingHttpResponse:
    """Every channel of a source, with how much was said in it and when last."""
    heads = [_("Channel"), _("Kind"), _("Messages"), _("Newest")]
    return sheet.sheet(f"{community.slug}-{of.name}-channels", heads, _channels(community, of, kinds))


def _channels(community: Community, of: Source, kinds: dict[str, Any]) -> Iterator[list[Any]]:
    index = Index(community.pk)
    for channel in Channel.objects.filter(source=of).order_by("name", "pk").iterator(500):
        latest = index.latest(channels=(channel.number,), limit=1)
        kind = str(kinds.get(channel.kind, words.name(channel.kind)))
        newest = latest[0].happened_at.astimezone(community.tz) if latest else None
        yield [channel.name, kind, index.count(channels=(channel.number,)), newest]


def of_imports(community: Community) -> StreamingHttpResponse:
    """Everything that was read, with what was added and what was left out and why."""
    heads = [
        _("Read at"), _("File"), _("Kind"), _("State"), _("Added"), _("Already here"), _("Changed"), _("Found"),
        _("Left out"), _("Taken back at"),
    ]  # fmt: skip
    return sheet.sheet(f"{community.slug}-what-was-read", heads, _imports(community))


def _imports(community: Community) -> Iterator[list[Any]]:
    for row in Import.objects.filter(community=community).order_by("-pk").iterator(500):
        connector = connectors.get(row.connector)
        found = "; ".join(f"{name}: {n}" for name, n in sorted(row.found.items()))
        left = "; ".join(f"{each['count']} × {_(each['why'])}" for each in row.skipped)
        at = [moment.astimezone(community.tz) if moment else None for moment in (row.finished_at, row.undone_at)]
        title = connector.title if connector else row.connector
        yield [at[0], row.name, title, row.state, row.added, row.already, row.changed, found, left, at[1]]

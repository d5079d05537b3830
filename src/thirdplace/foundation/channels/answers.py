"""What only the steward can tell of an archive: the zone of its times, and which column of a table is what."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from thirdplace.foundation.channels.models import Source, TableColumns
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.table_guess import checked
from thirdplace.foundation.members.models import Community


def known_columns(community: Community, found: Recognised) -> dict[str, str] | None:
    """What was said of a table with the same columns before; None when nothing was."""
    if found.table is None:
        return None
    said = TableColumns.objects.filter(community=community, digest=found.table.digest).first()
    return None if said is None else dict(said.mapping)


def columns_of(community: Community, found: Recognised, told: Mapping[str, str] | None) -> dict[str, str] | None:
    """What each column is taken for: as told now, else as told before, else as guessed. None when it is no table.

    told: what differs from that; an empty name says that no column is this.
    """
    if found.table is None:
        return None
    before = known_columns(community, found)
    return checked(found.table.header, {**(found.table.mapping if before is None else before), **(told or {})})


def open_questions(community: Community, found: Recognised) -> list[str]:
    """What has to be asked: once for each source, and of each table once."""
    source = Source.objects.filter(
        community=community, connector=found.connector.slug, native=found.space.native
    ).first()
    answered = {"base_url": source is not None, "zone": source is not None and bool(source.zone)}
    if found.table is not None:
        answered["columns"] = known_columns(community, found) is not None
    return [each for each in found.asks if not answered.get(each, False)]


def give(
    connector: Connector, found: Recognised, source: Source, *, zone: str | None, columns: Mapping[str, str] | None
) -> None:
    """Tell the connector before it reads. A zone that nobody told is the community's, and stays so for its source."""
    community = source.community
    if "zone" in found.asks:
        wanted = zone or source.zone or community.zone
        connector.zone = ZoneInfo(wanted)
        if wanted != source.zone:
            source.zone = wanted
            source.save(update_fields=["zone"])
    connector.mapping = columns_of(community, found, columns)


def keep(connector: Connector, found: Recognised, community: Community) -> None:
    """Remember which column was what, once a table has been read so."""
    if found.table is not None and connector.mapping is not None:
        TableColumns.objects.update_or_create(
            community=community, digest=found.table.digest, defaults={"mapping": dict(connector.mapping)}
        )

"""From which day until which day something is known of a community or a source."""

from datetime import date

from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.engine.slices import Slice


def known(tables: Tables, part: Slice) -> tuple[date | None, date | None]:
    """The first and the last known day of a part of the community: a channel is known as far as its source is."""
    source = part.source
    if source is None and part.channel is not None:
        ask = f"SELECT source FROM member_day WHERE channel = {part.channel} LIMIT 1"
        source = next((number for (number,) in tables.query(ask).fetchall()), None)
    return span(tables, source)


def span(tables: Tables, source: int | None = None) -> tuple[date | None, date | None]:
    """The first and the last known day; None and None where there is nothing."""
    if source in tables.spans:
        return tables.spans[source]
    where = "" if source is None else f" WHERE source = {source}"
    spoken = "SEMI JOIN member_day USING (source)"
    here = "known_until >= begins_at AND known_until < ends_at"
    last = f"SELECT max((known_until + to_seconds(seconds))::DATE) FROM moment {spoken} JOIN offsets ON {here}{where}"
    first = f"SELECT min(happened_on) FROM member_day{where}"
    found = tables.query(f"SELECT ({first}), ({last})").fetchall()[0]
    tables.spans[source] = found if found[0] is not None else (None, None)
    return tables.spans[source]

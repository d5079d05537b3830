"""From which day until which day something is known of a community or a source."""

from datetime import date

from thirdplace.foundation.engine.look import Tables


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

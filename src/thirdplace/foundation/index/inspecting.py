"""Whether the index shows what the lake holds."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext

from thirdplace.foundation.connectors.columns import microseconds
from thirdplace.foundation.index.document import COLUMNS
from thirdplace.foundation.index.door import Index
from thirdplace.foundation.index.message import INDEXED, Message
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.query import asking
from thirdplace.foundation.lake.standing import standing

SAMPLE = 300  # messages that are compared word for word


def difference(lake: Lake) -> str | None:
    """The first thing in which index and lake differ, in words; None when they agree.

    Versions, then counts by source and kind, by channel and by month, then a sample word for word.
    """
    index = Index(lake.community_id)
    versions = (lake.version(), lake.version("changes"))
    if versions == (-1, -1) and index.version() == versions:
        return None
    if index.version() != versions:
        return gettext("it stands at version %(index)s, and the lake at %(lake)s") % {
            "index": "/".join(map(str, index.version())),
            "lake": "/".join(map(str, versions)),
        }
    for told, counted, there in _counts(lake, index):
        if counted != there:
            return gettext("of %(what)s it has %(there)d, and the lake %(counted)d") % {
                "what": told,
                "there": there,
                "counted": counted,
            }
    wrong = _otherwise(lake, index)
    if wrong:
        return gettext("of %(sample)d messages %(wrong)d read otherwise") % {"sample": SAMPLE, "wrong": wrong}
    return None


def _counts(lake: Lake, index: Index) -> Iterator[tuple[str, int, int]]:
    """What was counted, how many the lake has of it, and how many the index."""
    with asking() as connection:
        connection.execute(
            f"CREATE TEMP TABLE rows AS SELECT source, kind, channel, happened_at FROM ({_messages(lake)})"
        )
        whole = connection.execute("SELECT count(*) FROM rows").fetchall()[0][0]
        yield gettext("messages"), whole, index.count()
        for source, kind, count in connection.execute(
            "SELECT source, kind, count(*) FROM rows GROUP BY ALL"
        ).fetchall():
            yield f"{source} {kind}", count, index.count(sources=[source], kinds=[kind])
        by_channel = "SELECT channel, count(*) FROM rows WHERE channel IS NOT NULL GROUP BY ALL"
        for channel, count in connection.execute(by_channel).fetchall():
            yield str(channel), count, index.count(channels=[channel])
        by_month = "SELECT year(happened_at), month(happened_at), count(*) FROM rows GROUP BY ALL"
        for year, month, count in connection.execute(by_month).fetchall():
            begin = datetime(year, month, 1, tzinfo=UTC)
            end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
            yield f"{year}-{month:02d}", count, index.count(begin=begin, end=end)


def _otherwise(lake: Lake, index: Index) -> int:
    """How many of a sample are not in the index as they stand in the lake."""
    columns = ", ".join(
        f"epoch_us({name})" if name in ("happened_at", "edited_at") else name for name in COLUMNS if name != "import_id"
    )
    with asking() as connection:
        sql = f"SELECT {columns} FROM ({_messages(lake)}) ORDER BY hash(key) LIMIT {SAMPLE}"
        rows = connection.execute(sql).fetchall()
    there = index.messages([row[0] for row in rows])
    return sum(there.get(row[0]) is None or _said(there[row[0]]) != row for row in rows)


def _said(message: Message) -> tuple[Any, ...]:
    edited = None if message.edited_at is None else microseconds(message.edited_at)
    fields = [getattr(message, name) for name in COLUMNS if name != "import_id"]
    return (*fields[:6], microseconds(message.happened_at), edited, *fields[8:])


def _messages(lake: Lake) -> str:
    kinds = ", ".join(f"'{kind}'" for kind in sorted(INDEXED))
    return f"SELECT * FROM ({standing(lake.files(), lake.files('changes'))}) WHERE kind IN ({kinds})"

"""The columns of the lake's tables."""

import pyarrow as pa

from thirdplace.foundation.lake import light  # noqa: F401 - before the first array is made

MOMENT = pa.timestamp("us", tz="UTC")

ACTIVITIES = pa.schema(
    [
        pa.field("key", pa.int64(), nullable=False),  # item_number(source, native)
        pa.field("community_id", pa.int32(), nullable=False),
        pa.field("source", pa.int32(), nullable=False),  # Source.pk
        pa.field("import_id", pa.int32(), nullable=False),  # Import.pk that brought it
        pa.field("kind", pa.string(), nullable=False),
        pa.field("happened_at", MOMENT, nullable=False),
        pa.field("edited_at", MOMENT),
        pa.field("identity", pa.int64()),
        pa.field("channel", pa.int64()),
        pa.field("thread", pa.int64()),
        pa.field("about", pa.int64()),  # key of what it answers, reacts to, votes on, accepts
        pa.field("language", pa.string()),  # ISO 639-1, or None: we cannot tell
        pa.field("label", pa.string()),
        pa.field("title", pa.string()),
        pa.field("text", pa.string()),
        pa.field("native", pa.string(), nullable=False),
        pa.field("place", pa.string()),
        pa.field(
            "digest", pa.int64(), nullable=False
        ),  # of everything the source may change: tells "already" from "changed"
    ]
)

CHANGES = pa.schema(
    [
        *ACTIVITIES,
        pa.field("change", pa.string(), nullable=False),  # edited | deleted
        pa.field("changed_at", MOMENT, nullable=False),
    ]
)

PEOPLE = pa.schema(
    [
        pa.field("number", pa.int64(), nullable=False),  # identity_number(source, native)
        pa.field("community_id", pa.int32(), nullable=False),
        pa.field("source", pa.int32(), nullable=False),
        pa.field("import_id", pa.int32(), nullable=False),
        pa.field("told_at", MOMENT, nullable=False),  # how far the telling import reached: the newest word counts
        pa.field("native", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("handle", pa.string()),
        pa.field("bot", pa.bool_(), nullable=False),
        pa.field("staff", pa.bool_(), nullable=False),
        pa.field("deleted", pa.bool_(), nullable=False),
        pa.field("joined_at", MOMENT),
    ]
)

PLACES = pa.schema(
    [
        pa.field("number", pa.int64(), nullable=False),  # channel_number(source, native)
        pa.field("community_id", pa.int32(), nullable=False),
        pa.field("source", pa.int32(), nullable=False),
        pa.field("import_id", pa.int32(), nullable=False),
        pa.field("told_at", MOMENT, nullable=False),
        pa.field("native", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("flat", pa.bool_(), nullable=False),
    ]
)

SEEN = pa.schema(
    [
        pa.field("key", pa.int64(), nullable=False),  # a row that was there already …
        pa.field("digest", pa.int64()),  # … None: the activity itself; else that change of it
        pa.field("import_id", pa.int32(), nullable=False),  # … and that this import holds too
    ]
)

TABLES = {"activities": ACTIVITIES, "changes": CHANGES, "people": PEOPLE, "places": PLACES, "seen": SEEN}
MEASURED = (pa.types.is_integer, pa.types.is_timestamp)  # only such columns get statistics: never the smallest text


def measured(schema: pa.Schema) -> list[str]:
    """The columns whose smallest and largest value may be written beside the data."""
    return [field.name for field in schema if any(fits(field.type) for fits in MEASURED)]

"""The columns of the log."""

import pyarrow as pa

ACTIVITIES = pa.schema(
    [
        pa.field("key", pa.int64(), nullable=False),  # item_number(source, native)
        pa.field("community_id", pa.int32(), nullable=False),
        pa.field("source", pa.int32(), nullable=False),  # Source.pk
        pa.field("import_id", pa.int32(), nullable=False),  # Import.pk that brought it
        pa.field("kind", pa.string(), nullable=False),
        pa.field("happened_at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("edited_at", pa.timestamp("us", tz="UTC")),
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
        pa.field("changed_at", pa.timestamp("us", tz="UTC"), nullable=False),
    ]
)

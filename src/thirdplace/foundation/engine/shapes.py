"""The tables that expressions stand on, by name and column: the same on every engine. Moments are plain UTC."""

from functools import cache
from typing import Any

from thirdplace.foundation.connectors.base import SPOKEN, Kind

SPOKE = tuple(kind.value for kind in SPOKEN)
ANSWERS = tuple(kind for kind in SPOKE if kind not in (Kind.COMMENTED.value, Kind.ASKED.value))

ACTIVITIES = {
    "key": "int64",
    "source": "int32",
    "kind": "string",
    "happened_at": "timestamp",
    "edited_at": "timestamp",
    "identity": "int64",
    "channel": "int64",
    "thread": "int64",
    "about": "int64",
    "language": "string",
    "label": "string",
    "title": "string",
    "text": "string",
}
SHAPES: dict[str, dict[str, str]] = {
    "activities": ACTIVITIES,
    "changes": {**ACTIVITIES, "change": "string", "changed_at": "timestamp"},
    "standing": {
        "key": "int64",
        "source": "int32",
        "kind": "string",
        "happened_at": "timestamp",
        "identity": "int64",
        "channel": "int64",
        "thread": "int64",
        "about": "int64",
        "language": "string",
        "who": "int64",
        "is_bot": "boolean",
    },
    "people": {"identity": "int64", "member_id": "int64", "is_staff": "boolean", "is_bot": "boolean"},
    "offsets": {"begins_at": "timestamp", "ends_at": "timestamp", "seconds": "int64"},
    "moment": {"source": "int32", "known_until": "timestamp", "now": "timestamp"},
    "member_day": {
        "source": "int32",
        "channel": "int64",
        "identity": "int64",
        "language": "string",
        "kind": "string",
        "happened_on": "date",
        "n": "int64",
        "first_at": "timestamp",
        "last_at": "timestamp",
    },
    "openings": {
        "key": "int64",
        "source": "int32",
        "channel": "int64",
        "thread": "int64",
        "identity": "int64",
        "language": "string",
        "kind": "string",
        "happened_at": "timestamp",
        "happened_on": "date",
        "opens": "boolean",
        "replied_at": "timestamp",
        "answered_at": "timestamp",
        "said": "int64",
    },
}


@cache
def shape(name: str) -> Any:
    """A table by its name, with no engine behind it yet."""
    import ibis

    return ibis.table(SHAPES[name], name=name)


def sql(expression: Any, dialect: str = "duckdb") -> str:
    """The query of an expression."""
    import ibis

    return str(ibis.to_sql(expression, dialect=dialect))

"""From a connector's columns to Arrow."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from thirdplace.foundation.connectors.base import Person, Place
from thirdplace.foundation.connectors.columns import EPOCH, Columns
from thirdplace.foundation.lake.schema import ACTIVITIES, PEOPLE, PLACES, SEEN
from thirdplace.foundation.text.sound import sound

Rows = np.ndarray[Any, np.dtype[np.int64]]


def activities(
    columns: Columns, languages: Sequence[str | None], *, community_id: int, source: int, import_id: int
) -> pa.RecordBatch:
    """All rows of some columns, as the log has them."""
    rows = len(columns)
    said: dict[str, Any] = {
        "key": columns.key,
        "community_id": np.full(rows, community_id, np.int32),
        "source": np.full(rows, source, np.int32),
        "import_id": np.full(rows, import_id, np.int32),
        "happened_at": columns.happened_us,
        "edited_at": columns.edited_us,
        "language": languages,
    }
    arrays = [_array(said.get(field.name, getattr(columns, field.name, None)), field.type) for field in ACTIVITIES]
    return pa.RecordBatch.from_arrays(arrays, schema=ACTIVITIES)


def chosen(columns: Columns, rows: Rows) -> Columns:
    """Some rows of some columns, in their order. People and places stay behind."""
    if len(rows) == len(columns):
        return columns
    picked: dict[str, Any] = {}
    wanted = rows.tolist()
    for name in ("key", "kind", *_OTHERS):
        values = getattr(columns, name)
        picked[name] = values[rows] if isinstance(values, np.ndarray) else [values[nth] for nth in wanted]
    return Columns(**picked)


_OTHERS = (
    "happened_us", "edited_us", "identity", "channel", "thread", "about",
    "label", "title", "text", "native", "place", "digest",
)  # fmt: skip


def people(told: Mapping[int, Person], *, told_at: int, **whose: int) -> pa.RecordBatch:
    """The accounts that an import told of. told_at: microseconds since 1970."""
    joined = [each.joined_at and each.joined_at.astimezone(UTC) for each in told.values()]
    flags = {name: [getattr(each, name) for each in told.values()] for name in ("bot", "staff", "deleted")}
    texts = {name: [getattr(each, name) for each in told.values()] for name in ("native", "name", "handle")}
    return _told(PEOPLE, told, told_at, whose, {**flags, **texts, "joined_at": joined})


def places(told: Mapping[int, Place], *, told_at: int, **whose: int) -> pa.RecordBatch:
    """The channels that an import told of."""
    texts = {name: [getattr(each, name) for each in told.values()] for name in ("native", "name", "kind", "flat")}
    return _told(PLACES, told, told_at, whose, texts)


def seen(keys: Rows, digests: Rows | None, *, import_id: int) -> pa.RecordBatch:
    """Rows that an import holds too; digests None: the activities themselves, else changes of them."""
    order = np.argsort(keys, kind="stable")
    digest = pa.nulls(len(keys), pa.int64()) if digests is None else pa.array(digests[order], pa.int64())
    mine = pa.array(np.full(len(keys), import_id, np.int32))
    return pa.RecordBatch.from_arrays([pa.array(keys[order], pa.int64()), digest, mine], schema=SEEN)


def moment(us: int) -> datetime:
    """Microseconds since 1970 as an aware moment, exactly."""
    return EPOCH + timedelta(microseconds=us)


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    """Values as Arrow has them; broken text is mended only when it is met."""
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([None if value is None else sound(value) for value in values], kind)


def _told(schema: pa.Schema, told: Mapping[int, Any], told_at: int, whose: Mapping[str, int], more: Any) -> Any:
    fixed = {name: [value] * len(told) for name, value in whose.items()}
    columns = {"number": list(told), "told_at": [told_at] * len(told), **fixed, **more}
    arrays = [_array(columns[field.name], field.type) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)

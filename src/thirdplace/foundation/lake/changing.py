"""What to do with rows that say otherwise than what is known, and with the platforms' own edits and deletions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from thirdplace.foundation.lake.batches import moment
from thirdplace.foundation.lake.query import asking, parquet
from thirdplace.foundation.lake.schema import ACTIVITIES, CHANGES, PEOPLE
from thirdplace.foundation.translation import gettext_noop

OLDER = gettext_noop("Older words of something that is known; the newer ones were kept.")
OTHERWISE = gettext_noop("Other words of something that stood in the archive before; the newest were kept.")
NO_ORIGINAL = gettext_noop("An edit of something that is not here.")

_SHAPES = ", ".join(field.name for field in ACTIVITIES)

_CANDIDATES = """
CREATE TEMP TABLE candidates AS
SELECT * FROM other WHERE kind NOT IN ('edited', 'deleted')
QUALIFY row_number() OVER (PARTITION BY key ORDER BY edited_at DESC NULLS LAST, nth) = 1
"""

# How each candidate's key stands now: its newest change, else the activity; and how far that one's import reached.
_STANDING = """
CREATE TEMP TABLE standing AS
WITH reach AS (SELECT import_id, max(told_at) AS reaches_at FROM told GROUP BY import_id),
versions AS (
    SELECT key, import_id, edited_at, NULL AS changed_at FROM activities SEMI JOIN candidates USING (key)
    UNION ALL
    SELECT key, import_id, if(change = 'deleted', changed_at, edited_at), changed_at
    FROM changes SEMI JOIN candidates USING (key)
)
SELECT key, edited_at, changed_at, if(import_id = $mine, $reaches_at, reaches_at) AS reaches_at
FROM versions LEFT JOIN reach USING (import_id)
QUALIFY row_number() OVER (PARTITION BY key ORDER BY changed_at DESC NULLS LAST, edited_at DESC NULLS LAST) = 1
"""

_JUDGED = """
CREATE TEMP TABLE judged AS
SELECT c.*, s.changed_at AS before, coalesce(
    (coalesce(c.edited_at, 'epoch'), $reaches_at) > (coalesce(s.edited_at, 'epoch'), coalesce(s.reaches_at, 'epoch')),
    true) AS newer
FROM candidates c LEFT JOIN standing s USING (key)
"""

_SNAPSHOTS = f"""
SELECT {_SHAPES}, 'edited' AS change,
    greatest(coalesce(edited_at, $reaches_at), before + INTERVAL 1 MICROSECOND) AS changed_at
FROM judged WHERE newer ORDER BY nth
"""

_EVENTS = """
CREATE TEMP TABLE events AS
WITH originals AS (
    SELECT * FROM activities WHERE key IN (SELECT about FROM other WHERE kind IN ('edited', 'deleted'))
    UNION ALL BY NAME
    SELECT * EXCLUDE (change, changed_at) FROM changes
    WHERE change = 'edited' AND key IN (SELECT about FROM other WHERE kind IN ('edited', 'deleted'))
),
original AS (
    SELECT * FROM originals QUALIFY row_number() OVER (PARTITION BY key ORDER BY edited_at DESC NULLS LAST) = 1
),
last AS (
    SELECT key, change, digest FROM changes WHERE key IN (SELECT about FROM other WHERE kind = 'deleted')
    QUALIFY row_number() OVER (PARTITION BY key ORDER BY changed_at DESC, change) = 1
)
SELECT e.about AS key, e.community_id, e.source, e.import_id, coalesce(o.kind, e.kind) AS kind,
    coalesce(o.happened_at, e.happened_at) AS happened_at,
    if(e.kind = 'edited', e.happened_at, o.edited_at) AS edited_at,
    coalesce(o.identity, e.identity) AS identity, coalesce(o.channel, e.channel) AS channel,
    coalesce(o.thread, e.thread) AS thread, o.about,
    if(e.kind = 'edited', coalesce(e.language, o.language), NULL) AS language,
    if(e.kind = 'edited', coalesce(e.label, o.label), NULL) AS label,
    if(e.kind = 'edited', coalesce(e.title, o.title), NULL) AS title,
    if(e.kind = 'edited', coalesce(e.text, o.text), NULL) AS text,
    coalesce(o.native, e.native) AS native, e.place, e.digest,
    e.kind AS change, e.happened_at AS changed_at, e.nth, o.key IS NULL AS lost,
    coalesce(x.digest, last.digest) AS known
FROM other e LEFT JOIN original o ON o.key = e.about
LEFT JOIN changes x ON x.key = e.about AND x.change = e.kind AND x.changed_at = e.happened_at
LEFT JOIN last ON last.key = e.about AND last.change = 'deleted' AND e.kind = 'deleted'  -- gone is gone
WHERE e.kind IN ('edited', 'deleted')
QUALIFY row_number() OVER (PARTITION BY e.about, e.kind, e.happened_at ORDER BY e.nth) = 1
"""

_NEW_EVENTS = f"""
SELECT {_SHAPES}, change, changed_at FROM events WHERE known IS NULL AND NOT (lost AND change = 'edited') ORDER BY nth
"""


@dataclass
class Decided:
    """What becomes a change, what was one already, and what was left out and why.

    changed and again: how many of them say something of an activity that is here. A deletion of what never was here is
    kept, lest an older archive bring it; but nothing changed by it.
    """

    changes: pa.Table
    already: list[tuple[int, int]]  # key and digest
    changed: int
    again: int
    skipped: Counter[str]


def decide(
    *,
    activities: Sequence[str],
    changes: Sequence[str],
    people: Sequence[str],
    other: Sequence[str],
    import_id: int,
    reaches_us: int,
) -> Decided:
    """Judge rows by their time of editing; where there is none, by how far their archives reach.

    activities, changes, people: files of what is known, what this import brought included. other: files of the rows to
    judge. reaches_us: the newest moment in this import. An archive that reaches no further never wins.
    """
    given = {"reaches_at": moment(reaches_us)}
    with asking() as connection:
        connection.execute(f"CREATE TEMP VIEW activities AS FROM {parquet(activities, like=ACTIVITIES)}")
        connection.execute(f"CREATE TEMP VIEW changes AS FROM {parquet(changes, like=CHANGES)}")
        connection.execute(f"CREATE TEMP VIEW told AS FROM {parquet(people, like=PEOPLE)}")
        connection.execute(
            f"CREATE TEMP TABLE other AS SELECT *, row_number() OVER () AS nth FROM {parquet(other, like=())}"
        )
        connection.execute(_CANDIDATES)
        connection.execute(_STANDING, {**given, "mine": import_id})
        connection.execute(_JUDGED, given)
        connection.execute(_EVENTS)
        return _decided(connection, given)


def _decided(connection: duckdb.DuckDBPyConnection, given: dict[str, Any]) -> Decided:
    snapshots = connection.sql(_SNAPSHOTS, params=given).to_arrow_table()
    events = connection.sql(_NEW_EVENTS).to_arrow_table()
    already = connection.execute("SELECT key, known FROM events WHERE known IS NOT NULL ORDER BY nth").fetchall()
    counted = """
        SELECT (SELECT count(*) FROM judged WHERE NOT newer),
            (SELECT count(*) FROM other WHERE kind NOT IN ('edited', 'deleted')) - (SELECT count(*) FROM candidates),
            (SELECT count(*) FROM events WHERE lost AND change = 'edited' AND known IS NULL),
            (SELECT count(*) FROM events WHERE NOT lost AND known IS NULL),
            (SELECT count(*) FROM events WHERE NOT lost AND known IS NOT NULL)"""
    older, otherwise, lost, changed, again = connection.execute(counted).fetchall()[0]
    skipped = Counter({OLDER: older, OTHERWISE: otherwise, NO_ORIGINAL: lost})
    changes = pa.concat_tables([snapshots.cast(CHANGES), events.cast(CHANGES)])
    return Decided(changes, already, len(snapshots) + changed, again, +skipped)

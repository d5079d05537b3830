"""Activities as they stand: without what their platforms deleted, and with their newest words. The one door out."""

from collections.abc import Sequence

from thirdplace.foundation.lake.query import parquet
from thirdplace.foundation.lake.schema import ACTIVITIES, CHANGES


def standing(activities: Sequence[str], changes: Sequence[str], *, among: str | None = None) -> str:
    """SQL for the rows as they stand in some files. among: a table whose `key` says which rows are wanted."""
    base, changed = parquet(activities, like=ACTIVITIES), parquet(changes, like=CHANGES)
    only = f" SEMI JOIN {among} USING (key)" if among else ""
    if not changes:
        return f"SELECT * FROM {base}{only}"
    return f"""
        SELECT * FROM (SELECT * FROM {base} ANTI JOIN {changed} AS c USING (key)){only}
        UNION ALL BY NAME
        SELECT * EXCLUDE (change, changed_at) FROM (
            SELECT * FROM {changed}{only}
            QUALIFY row_number() OVER (PARTITION BY key ORDER BY changed_at DESC, change) = 1  -- of two, the deletion
        ) WHERE change = 'edited'
    """

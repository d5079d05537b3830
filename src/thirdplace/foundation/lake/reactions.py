"""What was answered without words: reactions, votes and acceptances of some messages, counted by label.

They are no part of the index, whose room is spent on words. Asked of the log itself, over the columns alone that tell,
and remembered by message until the log moves on.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from thirdplace.foundation.connectors.base import Kind
from thirdplace.foundation.lake.door import Lake
from thirdplace.foundation.lake.query import asking, listed

KINDS = (Kind.REACTED, Kind.VOTED, Kind.ACCEPTED)
REMEMBERED = 20_000  # messages of one community


@dataclass(frozen=True, slots=True)
class Reaction:
    """So many of one kind with one label: an emoji, a platform's own name for one, a kind of vote; None: none given."""

    kind: str
    label: str | None
    n: int


class _Remembered:
    """What was asked of each community's log, as long as it stands as it stood."""

    guard = Lock()
    states: dict[Path, tuple[int, int]] = {}
    found: dict[Path, dict[int, tuple[Reaction, ...]]] = {}


def reactions(lake: Lake, keys: Collection[int]) -> dict[int, tuple[Reaction, ...]]:
    """The reactions to some messages as they stand, the commonest first; () where there is none."""
    state = (lake.version(), lake.version("changes"))
    with _Remembered.guard:
        if _Remembered.states.get(lake.folder) != state or len(_Remembered.found[lake.folder]) > REMEMBERED:
            _Remembered.states[lake.folder], _Remembered.found[lake.folder] = state, {}
        known = _Remembered.found[lake.folder]
    lacking = [key for key in dict.fromkeys(keys) if key not in known]
    if lacking:
        known.update(_asked(lake, lacking, state))
    return {key: known.get(key, ()) for key in keys}


def _asked(lake: Lake, keys: Sequence[int], state: tuple[int, int]) -> dict[int, tuple[Reaction, ...]]:
    """The same, asked of the log."""
    files, changes = lake.files("activities", state[0]), lake.files("changes", state[1])
    found: dict[int, list[Reaction]] = defaultdict(list)
    if files:
        with asking() as connection:
            rows = connection.execute(_query(files, changes, keys)).fetchall()
        for about, kind, label, n in rows:
            found[about].append(Reaction(kind, label, n))
    return {key: tuple(found.get(key, ())) for key in keys}


def _query(files: Sequence[str], changes: Sequence[str], keys: Sequence[int]) -> str:
    """SQL for the counts: of rows that no change is known of, and of those whose newest change is an edit."""
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    wanted = f"about IN ({', '.join(map(str, keys))}) AND kind IN ({kinds})"
    rows = f"SELECT key, about, kind, label FROM read_parquet({listed(files)}) WHERE {wanted}"
    if changes:
        changed = f"read_parquet({listed(changes)})"
        rows = f"""
            SELECT about, kind, label FROM ({rows}) ANTI JOIN {changed} AS c USING (key)
            UNION ALL SELECT about, kind, label FROM (
                SELECT * FROM {changed} WHERE {wanted}
                QUALIFY row_number() OVER (PARTITION BY key ORDER BY changed_at DESC, change) = 1
            ) WHERE change = 'edited'"""
    return f"SELECT about, kind, label, count(*) AS n FROM ({rows}) GROUP BY ALL ORDER BY n DESC, kind, label"

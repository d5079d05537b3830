"""Judges the patience of `newcomer_waiting` on archives: how many lines, and how many others would have answered.

newcomer_waiting.py ARCHIVE…    prints two tables; DJANGO_SETTINGS_MODULE and THIRDPLACE_DATA are to be set

The later part of each archive is asked, as in regular_gone_quiet.py. The second table is what the line itself tells: of
newcomers who were answered within a day, and of those who were not, how many spoke again.
"""

import sys
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from archives import Archive  # noqa: E402

from thirdplace.foundation.engine import Tables  # noqa: E402
from thirdplace.foundation.engine.reading import wilson  # noqa: E402
from thirdplace.foundation.engine.shapes import sql  # noqa: E402
from thirdplace.practice.guiding.first_words import came_back, first_words  # noqa: E402

PATIENCES = {"an hour": 1, "six hours": 6, "a day (the signal)": 24, "three days": 72}
REST = timedelta(days=14)


def patience(name: str, archive: Archive) -> None:
    """Of newcomers with first words in the later part: who would be a line, and whom others answered afterwards."""
    begin = archive.first + (archive.last - archive.first) * 0.6
    tables = archive.tables(archive.last)
    query = sql(first_words(Tables()).select("happened_at", "replied_at"))
    rows = tables.query(
        f"SELECT happened_at, replied_at FROM ({query}) WHERE happened_at >= ? AND happened_at < ?",
        [begin.replace(tzinfo=None), (archive.last - REST).replace(tzinfo=None)],
    ).fetchall()
    for words, hours in PATIENCES.items():
        span = timedelta(hours=hours)
        lines = [(said, replied) for said, replied in rows if replied is None or replied > said + span]
        later = sum(replied is not None and replied <= said + REST for said, replied in lines)
        share = f"{len(lines) / max(len(rows), 1):.0%} | {later / max(len(lines), 1):.0%}"
        print(f"| {name} | {words} | {len(rows)} | {len(lines)} | {share} |", flush=True)


def again(name: str, archive: Archive) -> str:
    """A row of what the line tells, over the whole archive."""
    found = archive.tables(archive.last).query(sql(came_back(Tables()))).fetchall()[0]
    parts = []
    for share, n in (found[:2], found[2:]):
        low, high = wilson(share * n, n) if share is not None else (0, 1)
        parts.append(f"{n} | {'—' if share is None else f'{share:.0%} ({low:.0%} to {high:.0%})'}")
    return f"| {name} | {' | '.join(parts)} |"


def main() -> None:
    """Print both tables."""
    print("| archive | patience | newcomers | lines | of newcomers | answered by others anyway |")
    print("| --- | --- | --- | --- | --- | --- |")
    told = []
    for path in map(Path, sys.argv[1:]):
        archive, name = Archive(path), path.name.split(".")[0]
        patience(name, archive)
        told.append(again(name, archive))
    print("\n| archive | answered within a day | spoke again | not answered | spoke again |")
    print("| --- | --- | --- | --- | --- |")
    print("\n".join(told))


if __name__ == "__main__":
    main()

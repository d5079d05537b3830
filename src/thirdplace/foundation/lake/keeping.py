"""Keeping the files few and the folder clean."""

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from thirdplace.foundation.lake.files import added, new_files
from thirdplace.foundation.lake.schema import TABLES

if TYPE_CHECKING:
    from thirdplace.foundation.lake.door import Lake

FEW = 16  # small files a table may have before they are put together
SMALL = 8_000_000  # bytes


def compact(lake: "Lake", name: str) -> int:
    """Put a table's small files together when they are many, in their order; how many went. No row changes."""
    table = lake.table(name)
    small = [row["path"] for row in table.bounds() if row["size_bytes"] < SMALL]
    if len(small) <= FEW:
        return 0
    with new_files(table.folder, TABLES[name], named="together") as together:
        for path in small:
            for batch in pq.ParquetFile(table.folder / path).iter_batches():
                together.add(batch.cast(TABLES[name]))
        together.close()
        moved = [added(path, data_change=False) for path in together.paths]
        table.commit(moved, remove=small, metadata={"compacted": str(len(small))}, data_change=False)
    return len(small)


def remove_orphans(lake: "Lake", import_id: int) -> list[Path]:
    """Remove the files that a killed import wrote and no commit named."""
    gone = []
    for name in TABLES:
        table = lake.table(name)
        named = set(table.files())
        for path in table.folder.glob(f"import-{import_id}-*.parquet"):
            if str(path) not in named:
                path.unlink()
                gone.append(path)
    return gone

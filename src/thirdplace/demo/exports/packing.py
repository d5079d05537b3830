"""Zip files that are the same byte for byte each time, and times as the formats write them."""

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def pack(path: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """Write an archive of these files, in this order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return fresh.replace(path)


def moment(at: float) -> datetime:
    """A moment, aware."""
    return datetime.fromtimestamp(at, UTC)

"""What an archive is known by after it has been read: raw archives are not kept."""

import hashlib
from pathlib import Path


def digest(path: Path) -> str:
    """sha256 of a file; of a folder, of its files' names and sizes (its bytes would be read twice)."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    told = hashlib.sha256()
    for each in sorted(path.rglob("*")):
        if each.is_file():
            told.update(f"{each.relative_to(path)}\x1f{each.stat().st_size}\n".encode(errors="surrogateescape"))
    return told.hexdigest()

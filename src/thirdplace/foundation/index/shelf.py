"""The index on the disk: shards beside one another, and a manifest that names those which are the index.

A shard that the manifest names is never written again. Whoever writes makes new ones, beside those they replace, and
then replaces the manifest, which is one step: whatever a kill leaves, the manifest names whole shards that show one
version of the lake, and what it does not name is swept away by the next who writes. A reader has all of one version.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec
import tantivy

SHAPE = 3  # moves when what is kept changes: an index of another shape is made again
NAMED = "manifest.json"
AGAIN = 20  # times to read the manifest anew when what it named was replaced meanwhile


def _schema() -> Any:
    fields = tantivy.SchemaBuilder()
    fields.add_integer_field("tag", indexed=True)  # every number one filters by, signed: unsigned kills the writer
    fields.add_integer_field("at", fast=True)  # microseconds since 1970
    fields.add_text_field("text", tokenizer_name="words")
    fields.add_bytes_field("doc", stored=True)
    return fields.build()


SCHEMA = _schema()


class Part(msgspec.Struct, frozen=True):
    """A shard as the manifest names it: its folder, how many messages it has, and times between which they all are."""

    name: str
    messages: int
    oldest_us: int
    newest_us: int


class Manifest(msgspec.Struct, frozen=True):
    """The lake's versions that the index shows, and its shards; the last one may still have room."""

    activities: int = -1
    changes: int = -1
    parts: tuple[Part, ...] = ()
    shape: int = SHAPE


@dataclass(frozen=True)
class Shard:
    """A shard to be asked: a view of it, how many messages it has, and times between which they all are."""

    searcher: Any
    messages: int
    oldest_us: int
    newest_us: int

    def reaches(self, at: int, *, up: bool) -> bool:
        """Whether it may have something as new as a moment; up: as old."""
        return self.oldest_us <= at if up else self.newest_us >= at


_open: dict[Path, Any] = {}
_guard = Lock()


def manifest(folder: Path) -> Manifest | None:
    """What is the index at this moment; None when there is none, or one of another shape."""
    try:
        told = msgspec.json.decode((folder / NAMED).read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return told if told.shape == SHAPE else None


def shards(folder: Path) -> list[Shard] | None:
    """The shards of the index; None when there is none, or one that cannot be read: it is made again then.

    A shard is opened once a process: it does not change.
    """
    for _ in range(AGAIN):
        told = manifest(folder)
        if told is None:
            return None
        try:
            return list(_opened(folder, told))
        except (ValueError, FileNotFoundError):
            if manifest(folder) == told:
                return None
    return None


def _opened(folder: Path, told: Manifest) -> Iterator[Shard]:
    named = {folder / part.name for part in told.parts}
    with _guard:
        for gone in [path for path in _open if path.parent == folder and path not in named]:
            del _open[gone]
        for part in told.parts:
            path = folder / part.name
            if path not in _open:
                _open[path] = searcher(path)
            yield Shard(_open[path], part.messages, part.oldest_us, part.newest_us)


def searcher(path: Path) -> Any:
    """A view of one shard as it stands. Raises ValueError when it cannot be read."""
    index = tantivy.Index.open(str(path))
    index.config_reader("manual")
    index.reload()
    return index.searcher()


def stale(path: Path) -> float:
    """The share of a shard's documents that were deleted and whose words are still on the disk, from 0 to 1."""
    segments = msgspec.json.decode((path / "meta.json").read_bytes())["segments"]
    whole = sum(each["max_doc"] for each in segments)
    gone = sum((each["deletes"] or {"num_deleted_docs": 0})["num_deleted_docs"] for each in segments)
    return gone / whole if whole else 0.0


def finish(folder: Path, told: Manifest) -> None:
    """Make this the index: the one step with which everything that was written counts. Then sweep."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{NAMED}.new"
    with fresh.open("wb") as file:
        file.write(msgspec.json.encode(told))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / NAMED)
    sweep(folder)


def sweep(folder: Path) -> None:
    """Remove what the manifest does not name: what was replaced, and what a kill left. The caller is the one writer."""
    told = manifest(folder)
    kept = {NAMED, *(part.name for part in told.parts)} if told else set()
    for path in folder.iterdir() if folder.exists() else ():
        if path.name in kept:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

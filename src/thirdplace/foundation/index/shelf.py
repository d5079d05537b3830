"""The index on the disk: its fields, its tags, the readers of this process, and the one writer."""

import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec
import tantivy

from thirdplace.foundation.index.words import ANALYZER
from thirdplace.foundation.numbers import word_number

SHAPE = 2  # moves when the fields below change: an index of another shape is made again
HEAP = 100_000_000  # bytes the writer gathers before it writes a segment; more does not save time
PATIENCE = 50  # times a tenth of a second to wait for a writer of this process to let go


def _schema() -> Any:
    fields = tantivy.SchemaBuilder()
    fields.add_integer_field("tag", indexed=True)  # every number one filters by, signed: unsigned kills the writer
    fields.add_integer_field("at", fast=True)  # microseconds since 1970
    fields.add_text_field("text", tokenizer_name="words")
    fields.add_bytes_field("doc", stored=True)
    return fields.build()


SCHEMA = _schema()
META = word_number("meta", "")


def source_tag(source: int) -> int:
    """The tag of everything from a source."""
    return word_number("source", str(source))


def kind_tag(kind: str) -> int:
    """The tag of a kind."""
    return word_number("kind", kind)


def language_tag(language: str) -> int:
    """The tag of a language."""
    return word_number("language", language)


def import_tag(import_id: int) -> int:
    """The tag of what an import brought."""
    return word_number("import", str(import_id))


def has_tag(what: str) -> int:
    """The tag of what holds a link, or code."""
    return word_number("has", what)


@dataclass(frozen=True)
class Shard:
    """A part of the index: a view of it, how many messages it has, and the times they span."""

    searcher: Any
    messages: int
    oldest_us: int
    newest_us: int

    def reaches(self, at: int, *, up: bool) -> bool:
        """Whether it may have something as new as a moment; up: as old."""
        return self.oldest_us <= at if up else self.newest_us >= at


class Meta(msgspec.Struct):
    """How far the index is: the lake's versions that it shows, and the times it spans. A document of its own."""

    shape: int = SHAPE
    activities: int = -1
    changes: int = -1
    oldest_us: int | None = None
    newest_us: int | None = None

    def spans(self, times: Iterable[int]) -> None:
        """Widen the times to take these in."""
        for at in times:
            self.oldest_us = at if self.oldest_us is None else min(self.oldest_us, at)
            self.newest_us = at if self.newest_us is None else max(self.newest_us, at)


_open: dict[Path, Any] = {}
_guard = Lock()


def searcher(folder: Path) -> Any | None:
    """A view of the newest commit; None when there is no index, or one that cannot be read: it is made anew then.

    Opened once a process, asked for the newest commit each time.
    """
    with _guard:
        index = _open.pop(folder, None)
        if not (folder / "meta.json").exists():
            return None
        try:
            if index is None:
                index = tantivy.Index.open(str(folder))
                index.config_reader("manual")
            index.reload()
        except ValueError:
            return None
        _open[folder] = index
        return index.searcher()


def meta_of(found: Any | None) -> Meta | None:
    """How far a searcher's index is; None when it is not one of ours, of this shape."""
    if found is None:
        return None
    hits = found.search(tantivy.Query.term_query(SCHEMA, "tag", META), limit=1).hits
    if not hits:
        return None
    meta = msgspec.msgpack.decode(found.doc(hits[0][1])["doc"][0], type=Meta)
    return meta if meta.shape == SHAPE else None


def stale(folder: Path) -> float:
    """The share of documents that were deleted and whose words are still on the disk, from 0 to 1."""
    try:
        segments = msgspec.json.decode((folder / "meta.json").read_bytes())["segments"]
    except FileNotFoundError:
        return 0.0
    whole = sum(each["max_doc"] for each in segments)
    gone = sum((each["deletes"] or {"num_deleted_docs": 0})["num_deleted_docs"] for each in segments)
    return gone / whole if whole else 0.0


@contextmanager
def writer(folder: Path, *, anew: bool = False) -> Iterator[Any]:
    """The one writer; the caller holds the writer lock. What is not committed is as if it had never been.

    Opened after whatever a kill left, so that the leavings are swept away. anew: begin from nothing, beside the index
    that pages go on reading meanwhile, and take its place at the end.
    """
    place = folder.with_name(f"{folder.name}.new") if anew else folder
    if anew:
        shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    fresh = not (place / "meta.json").exists()
    index = tantivy.Index(SCHEMA, path=str(place)) if fresh else tantivy.Index.open(str(place))
    index.register_tokenizer("words", ANALYZER)
    opened = _writer(index)
    try:
        yield opened
        opened.garbage_collect_files()
    finally:
        opened.wait_merging_threads()
    if anew:
        _take_place(place, folder)


def _take_place(new: Path, folder: Path) -> None:
    """Put a new index where the old one is. A kill in between leaves none, which is made anew."""
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def finish(opened: Any, meta: Meta) -> None:
    """Commit, and with it how far the index is now."""
    opened.delete_documents_by_term("tag", META)
    told = {"tag": [META], "doc": msgspec.msgpack.encode(meta)}
    opened.add_document(tantivy.Document.from_dict(told, SCHEMA))
    opened.commit()


def _writer(index: Any) -> Any:
    for left in range(PATIENCE, -1, -1):
        try:
            return index.writer(HEAP, num_threads=1)
        except ValueError as error:
            if "LockBusy" not in str(error) or not left:
                raise
            time.sleep(0.1)
    raise AssertionError("unreachable")

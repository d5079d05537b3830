"""Writing shards that no manifest names yet. Who writes holds the writer lock."""

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import tantivy

from thirdplace.foundation.index.shelf import SCHEMA, Part, searcher
from thirdplace.foundation.index.words import ANALYZER

ROOM = 2_000_000  # messages of a shard: one that has them is closed, and erasing rewrites no more than that
HEAP = 100_000_000  # bytes the writer gathers before it writes a segment; more does not save time
PATIENCE = 50  # times a tenth of a second to wait for a writer of this process to let go
_AT_ONCE = 1000  # tags that are looked for together


class Drafts:
    """The index as it will be: shards as they were, or new ones in their place, and the last that has room."""

    def __init__(self, folder: Path, parts: Sequence[Part]) -> None:
        self._folder = folder
        self._all = [_Draft(folder, part) for part in parts]

    def add(self, document: Any, at: int) -> None:
        """Take in a message; at: its time in microseconds."""
        if not self._all or self._all[-1].messages >= ROOM:
            if self._all:
                self._all[-1].rest()
            self._all.append(_Draft(self._folder, None))
        self._all[-1].add(document, at)

    def erase(self, tags: Sequence[int]) -> None:
        """Take out what has one of these tags and was there until now."""
        for draft in self._all:
            draft.erase(tags)
        for draft in self._all[:-1]:
            draft.rest()

    def close(self) -> tuple[Part, ...]:
        """What the manifest is to name; what is empty goes."""
        parts = [draft.close() for draft in self._all]
        return tuple(part for part in parts if part.messages)

    def abandon(self) -> None:
        """Let go of everything, and leave nothing of it."""
        for draft in self._all:
            draft.abandon()


@contextmanager
def drafting(folder: Path, parts: Sequence[Part]) -> Iterator[Drafts]:
    """Drafts that are abandoned unless the block comes to its end."""
    drafts = Drafts(folder, parts)
    try:
        yield drafts
    except BaseException:
        drafts.abandon()
        raise


class _Draft:
    """One shard: as it was until it is first written; then a new one, made of the same files."""

    def __init__(self, folder: Path, part: Part | None) -> None:
        self._folder, self._part = folder, part
        self._path: Path | None = None  # the new one's folder
        self._writer: Any = None
        self.messages = part.messages if part else 0
        self._oldest, self._newest = (part.oldest_us, part.newest_us) if part else (1 << 62, -(1 << 62))

    def add(self, document: Any, at: int) -> None:
        """Take in a message."""
        self._opened().add_document(document)
        self.messages += 1
        self._oldest, self._newest = min(self._oldest, at), max(self._newest, at)

    def erase(self, tags: Sequence[int]) -> None:
        """Take out what has one of these tags; where none has, nothing is touched."""
        if tags and self._writer is None:
            tags = self._there(tags)
        for tag in tags:
            self._opened().delete_documents_by_term("tag", tag)

    def rest(self) -> None:
        """Commit, and let go of the writer and its memory."""
        if self._writer is None:
            return
        opened, self._writer = self._writer, None
        try:
            opened.commit()
            opened.garbage_collect_files()
        finally:
            opened.wait_merging_threads()
        self.messages = searcher(self._written).num_docs

    def close(self) -> Part:
        """The shard as the manifest is to name it."""
        self.rest()
        if self._path is None and self._part is not None:
            return self._part
        return Part(self._written.name, self.messages, self._oldest, self._newest)

    def abandon(self) -> None:
        """Let go of it and remove it."""
        if self._writer is not None:
            opened, self._writer = self._writer, None
            try:
                opened.rollback()
            finally:
                opened.wait_merging_threads()
        if self._path is not None:
            shutil.rmtree(self._path, ignore_errors=True)

    @property
    def _written(self) -> Path:
        if self._path is None:
            raise AssertionError("nothing was written")
        return self._path

    def _there(self, tags: Sequence[int]) -> list[int]:
        """Those of some tags that are on something here."""
        if self._path is None and self._part is None:
            return []
        found = searcher(self._path or self._folder / (self._part.name if self._part else ""))
        kept: list[int] = []
        for begin in range(0, len(tags), _AT_ONCE):
            some = list(tags[begin : begin + _AT_ONCE])
            if found.search(tantivy.Query.term_set_query(SCHEMA, "tag", some), limit=1).count:
                kept += some
        return kept

    def _opened(self) -> Any:
        if self._writer is None:
            if self._path is None:
                self._path = self._folder / uuid4().hex[:12]
                self._path.mkdir(parents=True)
                if self._part is not None:
                    _linked(self._folder / self._part.name, self._path)
            fresh = not (self._path / "meta.json").exists()
            index = tantivy.Index(SCHEMA, path=str(self._path)) if fresh else tantivy.Index.open(str(self._path))
            index.register_tokenizer("words", ANALYZER)
            self._writer = _writer(index)
        return self._writer


def _linked(old: Path, new: Path) -> None:
    """The same shard once more: tantivy never writes to a file again, so both may have it; its lists are copied."""
    for path in old.iterdir():
        if path.name.endswith(".lock"):
            continue
        if path.suffix == ".json":
            shutil.copyfile(path, new / path.name)
            continue
        try:
            os.link(path, new / path.name)
        except OSError:  # a file system that knows no links
            shutil.copyfile(path, new / path.name)


def _writer(index: Any) -> Any:
    for left in range(PATIENCE, -1, -1):
        try:
            return index.writer(HEAP, num_threads=1)
        except ValueError as error:
            if "LockBusy" not in str(error) or not left:
                raise
            time.sleep(0.1)
    raise AssertionError("unreachable")

"""What the index keeps of a row of the lake: its tags, the words its author said, and the message itself."""

from collections.abc import Iterable
from typing import Any

import tantivy

from thirdplace.foundation.connectors.base import SPOKEN
from thirdplace.foundation.index.message import packed
from thirdplace.foundation.index.shelf import SCHEMA
from thirdplace.foundation.index.tags import has_tag, import_tag, kind_tag, language_tag, source_tag
from thirdplace.foundation.index.words import prepared
from thirdplace.foundation.text.quotes import without_quotes

COLUMNS = (
    "key", "source", "channel", "thread", "identity", "kind", "happened_at", "edited_at",
    "about", "language", "title", "text", "native", "place", "import_id",
)  # fmt: skip
_SPOKEN = frozenset(kind.value for kind in SPOKEN)
_LINK, _CODE = has_tag("link"), has_tag("code")


class Documents:
    """Makes documents; tags that are made from words are made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], list[int]] = {}

    def of(self, row: tuple[Any, ...]) -> Any:
        """The document of a row: COLUMNS, times in microseconds."""
        text, has = searched(row[5], row[10], row[11])
        fields = {"tag": [*self._tags(row), *has], "at": row[6], "text": text, "doc": packed(row)}
        return tantivy.Document.from_dict(fields, SCHEMA)

    def _tags(self, row: tuple[Any, ...]) -> list[int]:
        which = (row[1], row[5], row[9], row[14])
        words = self._made.get(which)
        if words is None:
            words = self._made[which] = list(_words(*which))
        return [*words, row[0], *(number for number in row[2:5] if number is not None)]


def _words(source: int, kind: str, language: str | None, import_id: int) -> Iterable[int]:
    yield source_tag(source)
    yield kind_tag(kind)
    yield import_tag(import_id)
    if language is not None:
        yield language_tag(language)


def searched(kind: str, title: str | None, text: str | None) -> tuple[str, list[int]]:
    """What of a message is searched, without what it quotes, and the tags of what it has."""
    if kind not in _SPOKEN:
        return "", []
    said = text or ""
    if ">" in said:
        said = without_quotes(said)
    has = [_LINK] if "://" in said and ("http://" in said or "https://" in said) else []
    if "`" in said and said.count("`") > 1:
        has.append(_CODE)
    if title:
        said = f"{title}\n{said}"
    return prepared(said), has

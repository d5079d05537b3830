"""Which messages are wanted, as a query of one shard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import tantivy

from thirdplace.foundation.connectors.base import SPOKEN
from thirdplace.foundation.connectors.columns import microseconds
from thirdplace.foundation.index.message import INDEXED
from thirdplace.foundation.index.shelf import SCHEMA
from thirdplace.foundation.index.tags import has_tag, kind_tag, language_tag, source_tag
from thirdplace.foundation.index.typed import Clause, Typed, typed

SPOKE = {kind.value for kind in SPOKEN}
EARLIEST, LATEST = -(1 << 62), (1 << 62)


@dataclass(frozen=True)
class Wanted:
    """Which messages. Within a filter any of its values fits; all filters must fit. An empty one leaves all in."""

    sources: Sequence[int] = ()
    channels: Sequence[int] = ()
    identities: Sequence[int] = ()
    kinds: Sequence[str] = ()
    languages: Sequence[str] = ()
    threads: Sequence[int] = ()
    words: str = ""  # as a person types them
    near: bool = False  # whether words may be misspelt a little
    has: Sequence[str] = ()  # of link and code: each must be there
    begin: datetime | None = None
    end: datetime | None = None  # not included

    @property
    def asked(self) -> Typed:
        """What was typed, read."""
        return typed(self.words, near=self.near)

    @property
    def tags(self) -> list[list[int]]:
        """The numbers of each filter that is set."""
        filters = (
            [source_tag(each) for each in self.sources],
            list(self.channels),
            list(self.identities),
            [] if self.all_spoken else [kind_tag(each) for each in self.kinds],
            [language_tag(each) for each in self.languages],
            list(self.threads),
            *([has_tag(each)] for each in self.has),
        )
        return [each for each in filters if each]

    @property
    def all_spoken(self) -> bool:
        """Whether every kind that is spoken will do: it is quicker to leave out the few that are not."""
        return set(self.kinds) >= SPOKE

    @property
    def bounds(self) -> tuple[int, int]:
        """The times asked for, both included."""
        low = EARLIEST if self.begin is None else microseconds(self.begin)
        high = LATEST if self.end is None else microseconds(self.end) - 1
        return low, high


def query(wanted: Wanted, low: int, high: int, *, loose: bool = False) -> Any:
    """The messages that are wanted, from `low` to `high`, both included. loose: see `said`."""
    asked = wanted.asked
    parts = [tagged(each) for each in wanted.tags]
    parts += [said(each, loose=loose) for each in asked.wanted]
    if (low, high) != (EARLIEST, LATEST) or not parts:  # the times also leave out what is no message
        parts.append(tantivy.Query.range_query(SCHEMA, "at", tantivy.FieldType.Integer, low, high))
    without = [said(each, loose=loose) for each in asked.clauses if each.excluded]
    if wanted.all_spoken and not asked.wanted:  # only what was spoken has words
        without += [tagged([kind_tag(kind)]) for kind in sorted(INDEXED - set(wanted.kinds))]
    if len(parts) == 1 and not without:
        return parts[0]
    joined = [(tantivy.Occur.Must, part) for part in parts]
    return tantivy.Query.boolean_query(joined + [(tantivy.Occur.MustNot, part) for part in without])


def tagged(values: list[int]) -> Any:
    """What has one of some numbers."""
    if len(values) == 1:
        return tantivy.Query.term_query(SCHEMA, "tag", values[0])
    return tantivy.Query.term_set_query(SCHEMA, "tag", values)


def said(clause: Clause, *, loose: bool = False) -> Any:
    """What has the words of a clause. loose: a phrase with a beginning of a word in it may stand scattered."""
    slots = clause.slots
    if len(slots) > 1 and not any(begins for _at, _word, begins in slots):
        return tantivy.Query.phrase_query(SCHEMA, "text", [(at, word) for at, word, _begins in slots])
    if len(slots) > 1 and not loose:
        row = [(at, f"{word}.*" if begins else word) for at, word, begins in slots]
        return tantivy.Query.regex_phrase_query(SCHEMA, "text", row)
    found = [_word(word, begins=begins, near=clause.near) for _at, word, begins in slots]
    return found[0] if len(found) == 1 else tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in found])


def _word(word: str, *, begins: bool, near: int) -> Any:
    """One word; spelt right it weighs more than spelt nearly so."""
    if begins:
        return tantivy.Query.regex_query(SCHEMA, "text", f"{word}.*")
    exact = tantivy.Query.term_query(SCHEMA, "text", word)
    if not near:
        return exact
    alike = tantivy.Query.fuzzy_term_query(SCHEMA, "text", word, distance=near)
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, exact), (tantivy.Occur.Should, alike)])

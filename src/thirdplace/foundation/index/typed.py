"""What a person types into a search: words, "phrases", -words that must not be there, beginnings of words*."""

import re
from dataclasses import dataclass
from functools import lru_cache

from thirdplace.foundation.index.words import RUN, pairs, pieces

LONGEST, MOST = 2000, 32  # letters that are read, and things that are asked for: no person types more
NEAR, VERY_NEAR = 4, 8  # letters from which one may be wrong, and from which two may
_ASKED = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)

Slot = tuple[int, str, bool]  # where in the phrase, the word, and whether it is only how it begins


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that must be there, or must not: a word, or some in a row."""

    pieces: tuple[str, ...]
    begins: bool = False  # the last piece is how a word begins
    near: int = 0  # letters that may be wrong
    excluded: bool = False

    @property
    def slots(self) -> list[Slot]:
        """The words as the index has them, and where they stand in the row."""
        found: list[Slot] = []
        at = 0
        for piece in self.pieces:
            if not RUN.match(piece):
                found.append((at, piece, False))
                at += 1
                continue
            kept = pairs(piece)
            found += [(at + nth, pair, False) for nth, pair in enumerate(kept[:-1])] or [(at, piece, True)]
            at += len(kept)
        if self.begins and found:
            found[-1] = (*found[-1][:2], True)
        return found

    @property
    def mark(self) -> str:
        """The clause as one term to mark in a text; see marking."""
        said = " ".join(self.pieces)
        return f"{said}*" if self.begins else f"{said}~{self.near}" if self.near else said


@dataclass(frozen=True, slots=True)
class Typed:
    """What was asked for. nothing: something was, of which no letter is one of a word."""

    clauses: tuple[Clause, ...]
    nothing: bool

    @property
    def wanted(self) -> list[Clause]:
        """What must be there."""
        return [each for each in self.clauses if not each.excluded]

    @property
    def terms(self) -> list[str]:
        """What is to be marked in what was found."""
        return list(dict.fromkeys(each.mark for each in self.wanted))


@lru_cache(maxsize=256)
def typed(words: str, *, near: bool = False) -> Typed:
    """Read what was typed. Whatever it is, it means something."""
    words = words[:LONGEST].encode("utf-8", "replace").decode().translate(_QUOTES)
    asked = [(bool(minus), phrase, word) for minus, phrase, word in _ASKED.findall(words)]
    clauses = [clause for each in asked[:MOST] if (clause := _clause(*each, near=near)) is not None]
    return Typed(tuple(dict.fromkeys(clauses)), nothing=bool(words.strip()) and not clauses)


def _clause(excluded: bool, phrase: str, word: str, *, near: bool) -> Clause | None:
    said = tuple(pieces(phrase or word)[:MOST])
    if not said:
        return None
    begins = not phrase and word.endswith("*") and not RUN.match(said[-1])
    wrong = 0
    if near and not phrase and not excluded and not begins and len(said) == 1 and not RUN.match(said[0]):
        wrong = 2 if len(said[0]) >= VERY_NEAR else 1 if len(said[0]) >= NEAR else 0
    return Clause(said, begins, wrong, excluded)

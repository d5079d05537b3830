"""A small grammar: sentences with slots, choices and numbers, so that invented people seldom say a thing twice.

`{a|b}` one of several, `[a]` perhaps, `{place}` a slot, `{~place}` a fresh draw, `{3-12}` a number, `{2.0-9.0}` one
with a decimal, `{#2-9}` a number in words, `{gap=3-40}` a number that the conversation remembers as `{gap}`.
"""

import re
from collections.abc import Callable
from random import Random
from typing import Any

Node = Any
Fill = Callable[[str], str]

_NUMBER = re.compile(r"(?:(?P<name>[a-z_]+)=)?(?P<words>#?)(?P<low>\d+(?:\.\d+)?)-(?P<high>\d+(?:\.\d+)?)$")
_SLOT = re.compile(r"~?[A-Za-z][a-z_]*$")


class Lacking(LookupError):
    """A template asks for a fact that this conversation does not have."""


class Template:
    """One line of the grammar, parsed when it is first needed."""

    __slots__ = ("answer", "key", "misses", "nodes", "seasons", "source", "uses", "variant")

    def __init__(self, source: str, key: str = "") -> None:
        self.source = source
        self.key = key
        self.answer: Template | None = None  # what the one who is asked this says to it
        self.variant = ""  # the kind of its case to which it belongs; "": to all
        self.seasons: tuple[str, ...] = ()
        self.nodes: list[Node] | None = None
        self.misses = 0
        self.uses = 0.0  # how often it was written; short ones wear less

    def render(self, rng: Random, fill: Fill, number: Callable[[str, str], str], language: str = "en") -> str:
        """The line with every choice made. fill: gives a slot's words; number: writes and remembers a number."""
        if self.nodes is None:
            self.nodes, end = _parse(self.source, 0, "")
            if end != len(self.source):
                raise ValueError(f"Unbalanced template: {self.source}")
        return "".join(_write(self.nodes, rng, fill, number, [], _WORDS[language]))


def _parse(text: str, at: int, until: str) -> tuple[list[Node], int]:
    """Nodes from a position up to one of the closing marks."""
    nodes: list[Node] = []
    plain: list[str] = []
    while at < len(text) and text[at] not in until:
        mark = text[at]
        if mark in "{[":
            if plain:
                nodes.append("".join(plain))
                plain = []
            node, at = _group(text, at + 1) if mark == "{" else _perhaps(text, at + 1)
            nodes.append(node)
        else:
            plain.append(mark)
            at += 1
    if plain:
        nodes.append("".join(plain))
    return nodes, at


def _perhaps(text: str, at: int) -> tuple[Node, int]:
    """A part in square brackets."""
    nodes, at = _parse(text, at, "]")
    return ("perhaps", nodes), at + 1


def _group(text: str, at: int) -> tuple[Node, int]:
    """What stands in braces: a number, a slot, or choices."""
    choices: list[list[Node]] = []
    while True:
        nodes, at = _parse(text, at, "|}")
        choices.append(nodes)
        if at >= len(text):
            raise ValueError(f"Unclosed brace: {text}")
        at += 1
        if text[at - 1] == "}":
            break
    if len(choices) > 1:
        return ("choice", choices), at
    inner = choices[0][0] if choices[0] and isinstance(choices[0][0], str) else ""
    if found := _NUMBER.match(inner):
        return ("number", found["name"] or "", found["words"], found["low"], found["high"]), at
    if _SLOT.match(inner):
        return ("slot", inner), at
    raise ValueError(f"'{inner}' is no slot, in: {text}")


def _write(
    nodes: list[Node], rng: Random, fill: Fill, number: Callable[[str, str], str], out: list[str], words: list[str]
) -> list[str]:
    for node in nodes:
        if isinstance(node, str):
            out.append(node)
        elif node[0] == "slot":
            out.append(fill(node[1]))
        elif node[0] == "choice":
            _write(node[1][int(rng.random() * len(node[1]))], rng, fill, number, out, words)
        elif node[0] == "perhaps":
            if rng.random() < 0.5:
                _write(node[1], rng, fill, number, out, words)
        else:
            out.append(number(node[1], _draw(rng, words if node[2] else [], node[3], node[4])))
    return out


_WORDS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    "nl": ["nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"],
    "sv": ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"],
}


def _draw(rng: Random, words: list[str], low: str, high: str) -> str:
    """A number between two, as figures or in words."""
    if "." in low:
        return f"{rng.uniform(float(low), float(high)):.1f}"
    bottom, top = int(low), int(high)
    value = bottom + int(rng.random() * (top - bottom + 1))
    if top > 400 and value > 100:
        value = value // 10 * 10
    return words[value] if value < len(words) else str(value)

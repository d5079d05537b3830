"""Signals: each notices one thing that may need a steward, and says when it falls silent."""

import inspect
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from thirdplace.flow.questions import SLUGS
from thirdplace.foundation.card import Card, card_of
from thirdplace.foundation.engine import Tables
from thirdplace.foundation.engine.expr import Table
from thirdplace.foundation.engine.queries import remembered
from thirdplace.foundation.engine.shapes import sql
from thirdplace.foundation.registry import Registry, WrongDefinition, file_of
from thirdplace.foundation.translation import gettext_noop

LINES = (gettext_noop("Why"), gettext_noop("Evidence"), gettext_noop("Rests"))
OWN = ("subject", "member_id", "channel", "began_at", "weight")
Subject = Literal["message", "member"]
_FACT = re.compile(r"%\((\w+)\)s")
SURE = 1.96  # standard errors: further apart than this, two shares differ by chance once in twenty times


@dataclass(frozen=True)
class Noticed:
    """Something that a signal noticed. subject: a message's key or a member's number, as the signal says.

    weight orders the lines of a question, heaviest first. facts: the numbers of "why it is here", each with its n.
    """

    subject: int
    member_id: int | None
    channel: int | None
    began_at: datetime
    weight: float
    facts: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Signal:
    """What is noticed, which question of the round it answers, and what it suggests to do.

    line: the sentence of its line. why: the sentence of why it is here; unsure: the same, where a number is not known.
    alike: the same, where the two shares that it compares may differ by chance.
    """

    slug: str
    suggests: str
    question: str
    minutes: int
    subject: Subject
    line: str
    why: str
    unsure: str
    alike: str
    card: Card
    define: Callable[[Tables], Table]
    module: str

    def sql(self) -> str:
        """The query of what it notices, as it runs."""
        return remembered(f"signal {self.slug}", lambda: sql(self.define(Tables())), module=self.module)

    def findings(self, tables: Tables) -> list[Noticed]:
        """What there is to notice at a moment, heaviest first."""
        found = tables.query(f"SELECT * FROM ({self.sql()}) ORDER BY weight DESC, began_at, subject")
        names = [column[0] for column in found.description or ()]
        return [_noticed(dict(zip(names, row, strict=True))) for row in found.fetchall()]

    def subjects(self, tables: Tables) -> list[int]:
        """Whom or what it notices."""
        return [each.subject for each in self.findings(tables)]

    def why_of(self, facts: dict[str, Any]) -> str:
        """The sentence of why it is here that these facts can fill."""
        known = all(facts.get(name) is not None for name in _FACT.findall(self.why) if name != "who")
        if not known:
            return self.unsure or self.why
        return self.alike if self.alike and _alike(facts) else self.why


def _alike(facts: dict[str, Any]) -> bool:
    """Whether the two shares among some facts, each with its n, lie no further apart than chance puts them."""
    pairs = [(value, facts[f"{name[:-6]}_n"]) for name, value in facts.items() if name.endswith("_share")]
    if len(pairs) != 2 or not all(n for _, n in pairs):
        return False
    (one, _), (other, _) = pairs
    return bool(abs(one - other) <= SURE * math.sqrt(sum(share * (1 - share) / n for share, n in pairs)))


signals: Registry[Signal] = Registry("signal", "signals")


def signal(
    *,
    suggests: str,
    question: str,
    minutes: int,
    subject: Subject,
    line: str,
    why: str,
    unsure: str = "",
    alike: str = "",
) -> Callable[[Callable[[Tables], Table]], Signal]:
    """Define a signal by its rows: subject, member_id, channel, began_at, weight; the rest are facts."""

    def define(function: Callable[[Tables], Table]) -> Signal:
        file, slug = file_of(function), function.__name__
        if question not in SLUGS:
            raise WrongDefinition(
                f"{slug} answers the question '{question}'.", f"The round asks: {', '.join(SLUGS)}.", file
            )
        card = card_of(function, LINES)
        made = Signal(
            slug, suggests, question, minutes, subject, line, why, unsure, alike, card, function, function.__module__
        )
        return signals.register(slug, made, file=inspect.getfile(function))

    return define


def _noticed(row: dict[str, Any]) -> Noticed:
    facts = {name: _fact(value) for name, value in row.items() if name not in OWN}
    began = row["began_at"].replace(tzinfo=UTC)
    return Noticed(row["subject"], row["member_id"], row["channel"], began, float(row["weight"]), facts)


def _fact(value: Any) -> Any:
    """A number as JSON has it; a moment as text."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat()
    return round(value, 6) if isinstance(value, float) else value

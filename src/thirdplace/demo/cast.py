"""The people of Hedgerow: who they are, where they write, what they care for, how they say it."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from thirdplace.demo.almanac import DAYS
from thirdplace.demo.grammar import Template
from thirdplace.demo.voice import Voice

VOICES = Path(__file__).parent / "voices"
_SEASON = re.compile(r"((?:winter|spring|summer|autumn)(?:\+\w+)*): ")
SOURCES = ("questions", "discord", "desk")


@dataclass(frozen=True)
class Account:
    """A person in one place."""

    handle: str
    name: str


@dataclass(eq=False)
class Person:
    """Somebody invented. Days are counted from the first; `leaves` is the last day they write."""

    key: str
    name: str
    home: str
    region: str
    zone: str
    languages: tuple[str, ...] = ("en",)
    role: str = ""  # "staff", "bot", or nothing
    main: str = "discord"
    accounts: dict[str, Account] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    device: str = "Kestrel 9"
    voice: Voice = field(default_factory=Voice)
    every: float = 0.0  # days between days on which they write; 0: only in stories
    per_day: float = 1.0
    joins: int = 0
    leaves: int = DAYS - 1
    rests: tuple[tuple[int, int], ...] = ()
    story: bool = False  # speaks only in stories
    crowd: bool = False
    present: frozenset[int] = frozenset()
    met: dict[str, float] = field(default_factory=dict)  # places where they have spoken, and since when
    gone: frozenset[str] = frozenset()  # places where the account was deleted since

    @property
    def first(self) -> str:
        """How others call them."""
        return FIRST_NAMES.get(self.key, self.name.split()[0])

    def speaks(self, language: str) -> bool:
        """Whether they write in a language."""
        return language in self.languages

    def here(self, day: int) -> bool:
        """Whether they take part at all on a day."""
        if not self.joins <= day <= self.leaves:
            return False
        return not any(begin <= day < end for begin, end in self.rests)


FIRST_NAMES = {
    "chau": "Châu",
    "trailking": "Kip",
    "thuha": "Thu Hà",
    "sunny": "Sunny",
    "trijn": "Trijn",
    "wen": "Jiayi",
}


def named(rng: Random, earliest: dict[str, int]) -> list[Person]:
    """Everybody who has a page in `voices/`. earliest: the first day each is needed in a story."""
    people = []
    for path in sorted(VOICES.glob("*.toml")):
        if path.stem != "crowd":
            people += [_person(given, rng, earliest) for given in _load(path)["person"]]
    return people


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _person(given: dict[str, Any], rng: Random, earliest: dict[str, int]) -> Person:
    joins = DAYS - 1 - given["joins"] if "joins" in given else int(rng.random() ** 1.6 * 190)
    if given.get("role") == "staff":
        joins = 0
    person = Person(
        given["key"],
        given["name"],
        given["home"],
        given["region"],
        given["zone"],
        tuple(given.get("languages", ("en",))),
        given.get("role", ""),
        given.get("main", "questions" if "questions" in given else "discord"),
        _accounts(given),
        tuple(given.get("subjects", ())),
        given["device"],
        _voice(given),
        given.get("every", 0.0),
        given.get("per_day", 1.0),
        min(joins, earliest.get(given["key"], DAYS)),
        DAYS - 1 - given.get("leaves", 0),
        tuple((DAYS - 1 - begin, DAYS - 1 - end) for begin, end in given.get("rests", ())),
        given.get("story", False),
    )
    person.present = frozenset(rhythm(person, rng))
    return person


def _accounts(given: dict[str, Any]) -> dict[str, Account]:
    accounts = {}
    if "questions" in given:
        accounts["questions"] = Account(given["questions"], given["questions"])
    for place in ("discord", "desk"):
        if place in given:
            accounts[place] = Account(*given[place])
    return accounts


def _voice(given: dict[str, Any]) -> Voice:
    own = given.get("languages", ["en"])[0]
    asides = {language: given[f"asides_{language}"] for language in ("nl", "sv") if f"asides_{language}" in given}
    if "asides" in given:
        asides["en"] = given["asides"]
    formal = given.get("formal", False) or own != "en"
    return Voice(
        given.get("lower", False),
        given.get("nodot", False),
        given.get("plain", False),
        not formal,
        given.get("length", 1.0),
        given.get("bang", 0.0),
        given.get("emoji", []),
        given.get("opens", []),
        given.get("closes", []),
        {language: [_aside(line) for line in lines] for language, lines in asides.items()},
    )


def _aside(line: str) -> Template:
    """A remark about one's own days; `winter: ` before it says when it fits."""
    found = _SEASON.match(line)
    aside = Template(line[found.end() :] if found else line, "aside")
    aside.seasons = tuple(found[1].split("+")) if found else ()
    return aside


def rhythm(person: Person, rng: Random) -> set[int]:
    """The days on which somebody writes: evenly spaced, more or less, as habits are."""
    days: set[int] = set()
    if not person.every:
        return days
    at = person.joins + rng.random() * person.every
    while at <= person.leaves:
        days.add(int(at))
        at += max(0.8, rng.gammavariate(5.0, person.every / 5.0))
    lately = person.leaves if person.leaves < DAYS - 1 else DAYS - 2 - int(rng.random() * 2)
    days = {day for day in days if person.here(day) and day <= lately}
    if person.here(lately):
        days.add(lately)
    return days

"""The stories told by hand: read from `stories/*.txt`, with their days counted back from the end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from thirdplace.demo.almanac import DAYS, ZONE, Almanac
from thirdplace.demo.cast import Person
from thirdplace.demo.company import Company
from thirdplace.demo.talk import Conversation, Message

STORIES = Path(__file__).parent / "stories"
_WHEN = re.compile(
    r"(?:-(?P<days>\d+) (?P<hour>\d\d):(?P<minute>\d\d)|\+(?P<more>\d+)(?P<unit>[hd]?))"
    r" (?P<who>\w+)(?: (?P<kind>answer|accepted|hidden))?: "
)
_MONTH = re.compile(r"\{m:(\d+)\}")
_ANSWERS = ("answer", "accepted")
_UNITS = {"": 60, "h": 3600, "d": 86400}
_LANGUAGES = {"nederlands": "nl", "low-countries": "nl", "svenska": "sv"}


@dataclass
class Line:
    """One line of a story. begins: days before the end and seconds of the day, or None for so long after the last."""

    who: str
    kind: str
    text: str
    begins: tuple[int, int] | None
    later: int
    cheers: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class Scene:
    """One conversation of a story."""

    source: str
    channel: str
    title: str
    tags: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)


@cache
def scenes() -> tuple[Scene, ...]:
    """Every conversation told by hand."""
    found: list[Scene] = []
    for path in sorted(STORIES.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.startswith("@ "):
                found.append(_scene(line[2:]))
            elif line and not line.startswith("#"):
                told = _line(line)
                if told is None or not found:
                    raise ValueError(f"{path.name}, line {number} is no line of a story: {line}")
                found[-1].lines.append(told)
    return tuple(found)


def _scene(heading: str) -> Scene:
    where, _, title = heading.partition(" | ")
    source, _, place = where.partition(" ")
    tags = tuple(place.split(",")) if source == "questions" else ()
    return Scene(source, "questions" if tags else place, title.strip(), tags)


def _line(text: str) -> Line | None:
    found = _WHEN.match(text)
    if not found:
        return None
    words, _, cheers = text[found.end() :].partition(" ::")
    begins = None
    if found["days"]:
        begins = (int(found["days"]), int(found["hour"]) * 3600 + int(found["minute"]) * 60)
    later = int(found["more"] or 0) * _UNITS[found["unit"] or ""]
    marks = [(mark.rstrip("0123456789"), int(re.sub(r"\D", "", mark) or 1)) for mark in cheers.split()]
    return Line(found["who"], found["kind"] or "", words.strip(), begins, later, marks)


def earliest() -> dict[str, int]:
    """The first day on which each person is needed."""
    days: dict[str, int] = {}
    for scene in scenes():
        day = 0
        for line in scene.lines:
            day = DAYS - 1 - line.begins[0] if line.begins else day
            days[line.who] = min(days.get(line.who, DAYS), day)
    return days


def tell(company: Company, almanac: Almanac, rng: Random) -> Iterator[Conversation]:
    """Each scene as a conversation of this community."""
    for scene in scenes():
        moments = list(_moments(scene, almanac, rng))
        title = scene.title
        talk = Conversation(
            scene.source,
            scene.channel,
            _LANGUAGES.get(scene.channel, "en"),
            almanac.day(moments[0]),
            title,
            scene.tags,
            told=True,
        )
        for line, at in zip(scene.lines, moments, strict=True):
            who = company.by_key[line.who]
            if scene.source not in who.accounts:
                raise ValueError(f"{who.name} has no account in {scene.source}, but speaks there: {line.text}")
            talk.say(_message(talk, line, who, at, company, rng))
        yield talk


def with_months(text: str, almanac: Almanac) -> str:
    """A text with the months it names: `{m:72}` is the one of 72 days before the end."""
    return _MONTH.sub(lambda found: almanac.month(DAYS - 1 - int(found[1]), "en"), text)


def _moments(scene: Scene, almanac: Almanac, rng: Random) -> Iterator[float]:
    at = 0.0
    for line in scene.lines:
        if line.begins:
            at = almanac.at(DAYS - 1 - line.begins[0], line.begins[1] / 3600, ZONE)
        else:
            at += line.later
        yield at + rng.random() * 50


def _message(talk: Conversation, line: Line, who: Person, at: float, company: Company, rng: Random) -> Message:
    first = not talk.messages
    act, kind = (
        ("ask", "asked") if first else ("answer", "answered") if line.kind in _ANSWERS else ("told", "commented")
    )
    if talk.source != "questions":
        kind = "said"
    text = with_months(line.text, company.almanac)
    message = Message(who, at, text, act, kind, talk.title if first else "", accepted=line.kind == "accepted")
    message.hidden = line.kind == "hidden"
    message.about = None if first else talk.messages[0]
    about = [
        person for person, _ in company.about(talk.day, talk.source, "en") if person is not who and not person.crowd
    ]
    for emoji, count in line.cheers:
        message.reactions.append((emoji, rng.sample(about, min(count, len(about)))))
    return message

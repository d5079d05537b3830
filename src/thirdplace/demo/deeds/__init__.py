"""What the steward of the story did: marks, notes, thanks, welcomes and answers, as data; `story` carries them out."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from thirdplace.demo.almanac import DAYS, ZONE
from thirdplace.demo.stories import with_months
from thirdplace.demo.talk import Conversation, Message
from thirdplace.demo.town import Town

_WHY_WELCOME = (
    "First words here, and nobody had said anything yet.",
    "New, and alone in the room.",
    "They sounded unsure whether to write at all.",
    "First question of a newcomer.",
    "A first hello deserves a person.",
)
_WHY_ANSWER = (
    "It had waited since the morning.",
    "Nobody was awake who knows this, so I asked two by name.",
    "Asked twice, and missed twice.",
    "I know who knows.",
    "It stood below everybody's fold.",
)
MOST = {"welcome_newcomer": 34, "answer_message": 26}


@dataclass(frozen=True)
class Planned:
    """One deed to be done. place and number: the source and its own id of the account or message it is about."""

    action: str
    place: str
    number: str
    at: float  # seconds since 1970
    why: str = ""
    text: str = ""
    undo_after: int = 0  # minutes after which it is taken back
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Thought:
    """A few words when a day was done."""

    before: int
    at: float
    text: str
    differently: str


def written(name: str) -> list[dict[str, Any]]:
    """What is written down in one of the files here: deeds, or reflections."""
    told = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
    return [each for kind in told.values() for each in kind]


def of(town: Town) -> list[Planned]:
    """Everything the steward did in this town, oldest first. The archives must have been written: they give the ids."""
    done = [deed for given in written("plan") for deed in _told(town, given)] + _spoken(town)
    return sorted(done, key=lambda deed: deed.at)


def thoughts(town: Town) -> list[Thought]:
    """What the steward wrote when days were done."""
    return [
        Thought(given["before"], _at(town, given), given["text"], given.get("differently", ""))
        for given in written("reflections")
    ]


def _at(town: Town, given: dict[str, Any]) -> float:
    hour, _, minute = given["at"].partition(":")
    return town.almanac.at(DAYS - 1 - given["before"], int(hour) + int(minute) / 60, ZONE)


def _told(town: Town, given: dict[str, Any]) -> list[Planned]:
    """A deed of the plan, once for each account it names; those who have no account in a small town are left out."""
    more: dict[str, Any] = {key: given[key] for key in ("signal", "because", "until_after") if key in given}
    return [
        Planned(
            given["action"],
            place,
            town.numbers[place][given["who"]],
            _at(town, given) + 40 * nth,
            given.get("why", ""),
            with_months(given.get("text", ""), town.almanac),
            given.get("undo_after", 0),
            more,
        )
        for nth, place in enumerate(given["places"])
        if given["who"] in town.numbers[place]
    ]


def _spoken(town: Town) -> list[Planned]:
    """Where Marit was the first to speak to somebody, she welcomed or answered: some of these, spread over time."""
    found: dict[str, list[tuple[Conversation, Message]]] = {slug: [] for slug in MOST}
    begun: set[tuple[str, str]] = set()  # who has spoken where; the talks come in order
    for talk in town.talks:
        others = [message for message in talk.messages[1:] if message.author is not talk.opener.author]
        first = (talk.source, talk.opener.author.key) not in begun
        begun |= {(talk.source, message.author.key) for message in talk.messages}
        if talk.opener.author.role or not others or others[0].author.key != "marit":
            continue
        if first or talk.opener.act in ("ask", "hello"):
            found["welcome_newcomer" if first else "answer_message"].append((talk, others[0]))
    chosen = []
    for slug, most in MOST.items():
        step = max(1.0, len(found[slug]) / most)
        for nth in range(min(most, len(found[slug]))):
            talk, reply = found[slug][int(nth * step)]
            reasons = _WHY_WELCOME if slug == "welcome_newcomer" else _WHY_ANSWER
            why = reasons[nth % len(reasons)]
            chosen.append(
                Planned(slug, talk.source, talk.opener.native, max(talk.opener.at + 30, reply.at - 75), why, reply.text)
            )
    return chosen

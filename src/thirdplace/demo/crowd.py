"""The many: people put together from names and homes, who come in waves and mostly stay a little while."""

import tomllib
import unicodedata
from random import Random
from typing import Any

from thirdplace.demo.almanac import DAYS, Almanac
from thirdplace.demo.cast import VOICES, Account, Person
from thirdplace.demo.voice import Voice

_ENGLISH = """
gpx crossings stiles private access tiles offline battery elevation editor photos small school winter translate
naming livestock light mud dogs signs lanes home summer spring food maps boots weather names tools trees night luck
"""
_SUBJECTS = {
    "en": _ENGLISH.split(),
    "nl": ["nlgpx", "nlklap", "nlkaart", "nlbuiten", "nlklets", "gpx", "stiles", "offline", "weather", "mud"],
    "sv": ["svgpx", "svbatteri", "svvad", "svute", "svprat", "offline", "winter", "light", "battery"],
}
_DEVICES = (
    "Fennec 3|Otter 64|Peregrine Mini|Fennec 2|Wayfare 7|Tern S2|Plover|Larkspur 4|Kestrel 9|Moorhen 5|Kestrel Mini"
)


def gather(rng: Random, almanac: Almanac, count: int) -> list[Person]:
    """So many people, with the days they join by the waves of arrivals."""
    cultures = tomllib.loads((VOICES / "crowd.toml").read_text("utf-8"))["culture"]
    likely = [almanac.arrivals(day) for day in range(DAYS - 2)]
    joins = sorted(rng.choices(range(DAYS - 2), likely, k=count))
    names: set[str] = set()
    return [_somebody(number, day, rng, cultures, names) for number, day in enumerate(joins)]


def stranger(number: int, place: str, rng: Random, taken: set[str]) -> Person:
    """One more, who writes English, has one account and comes when they are sent for."""
    cultures = tomllib.loads((VOICES / "crowd.toml").read_text("utf-8"))["culture"]
    person = _somebody(number, 0, rng, [given for given in cultures if "languages" not in given], taken)
    person.main, person.accounts = place, {place: _account(place, person.name, number, rng)}
    person.present, person.joins, person.leaves = frozenset(), DAYS, DAYS - 1
    return person


def _somebody(number: int, joins: int, rng: Random, cultures: list[dict[str, Any]], names: set[str]) -> Person:
    culture = rng.choices(cultures, [given["share"] for given in cultures])[0]
    name = ""
    while not name or name in names:
        name = f"{rng.choice(culture['firsts'].split())} {rng.choice(culture['lasts'].split())}"
    names.add(name)
    home, _, zone = rng.choice(culture["homes"]).partition("|")
    languages = tuple(culture.get("languages", ("en",)))
    main = rng.choices(("questions", "discord", "desk"), (46, 50, 4))[0]
    person = Person(
        f"crowd{number}",
        name,
        home,
        culture["region"],
        zone,
        languages,
        main=main,
        accounts=_accounts(name, main, number, rng),
        subjects=tuple(rng.sample(_SUBJECTS[languages[0]], 4)),
        device=rng.choice(_DEVICES.split("|")),
        voice=_voice(languages[0], rng),
        joins=joins,
        crowd=True,
    )
    person.present = frozenset(_stay(person, rng))
    person.leaves = max(person.present)
    return person


def _accounts(name: str, main: str, number: int, rng: Random) -> dict[str, Account]:
    accounts = {main: _account(main, name, number, rng)}
    second = {"questions": "discord", "discord": "questions", "desk": "discord"}[main]
    if rng.random() < 0.17:
        accounts[second] = _account(second, name, number, rng)
    return accounts


def plain(name: str) -> str:
    """A name in small letters without accents or spaces, as handles are."""
    letters = unicodedata.normalize("NFKD", name.lower().replace("đ", "d").replace("ø", "o").replace("ı", "i"))
    return "".join(mark for mark in letters if mark.isascii() and mark.isalnum())


def _account(place: str, name: str, number: int, rng: Random) -> Account:
    first, _, last = name.partition(" ")
    if place == "questions":
        shown = rng.choice([name, name, name, f"{first} {last[0]}.", plain(name), f"{plain(first)}{10 + number % 80}"])
        return Account(shown, shown)
    handle = rng.choice(
        [plain(first) + plain(last)[:4], f"{plain(first)}.{plain(last)}", f"{plain(last)}{10 + number % 80}"]
    )
    if place == "desk":
        return Account(f"{plain(first)}.{plain(last)}", rng.choice([name, first]))
    return Account(handle, rng.choice([first, name, name, f"{first} {last[0]}."]))


def _voice(language: str, rng: Random) -> Voice:
    kind = rng.random()
    return Voice(
        lower=kind < 0.16,
        nodot=kind < 0.26,
        short=language == "en" and rng.random() < 0.6,
        length=rng.choice((0.6, 0.8, 1.0, 1.0, 1.3)),
        bang=0.3 if 0.3 < kind < 0.45 else 0.0,
        emoji=[rng.choice("🙂🌿🥾🌧🗺🍂🚲☀")] if kind > 0.85 else [],
    )


def _stay(person: Person, rng: Random) -> set[int]:
    """The days on which one of the many writes: once or twice, for some weeks, or for good."""
    days = {person.joins}
    kind = rng.random()
    if kind < 0.33:
        days |= {person.joins + int(rng.expovariate(0.25)) for _ in range(int(rng.random() * 3))}
    elif kind < 0.8:
        reach = rng.uniform(20, 150)
        days |= {person.joins + int(rng.random() ** 1.5 * reach) for _ in range(2 + int(rng.random() * 7))}
    else:
        at, every, ends = float(person.joins), rng.uniform(6, 13), person.joins + rng.uniform(120, 520)
        while at < min(ends, DAYS - 1):
            days.add(int(at))
            at += max(1.0, rng.gammavariate(3.0, every / 3.0))
    return {day for day in days if day < DAYS - 1}

"""Who is there: choosing who speaks, by the day, the hour where they live, their languages and what they care for."""

from random import Random

from thirdplace.demo.almanac import DAYS, Almanac
from thirdplace.demo.cast import Person
from thirdplace.demo.talk import Conversation

_HOURS = (
    *(0.03, 0.02, 0.01, 0.01, 0.02, 0.08, 0.3, 0.75, 1.0, 0.95, 0.85, 0.8),
    *(1.0, 0.9, 0.75, 0.75, 0.85, 0.95, 0.95, 1.2, 1.4, 1.25, 0.7, 0.22),
)
CRAFTS = ("tileswork", "small", "boards", "tiles", "accesswork")  # about these only those speak who do them


class Company:
    """All people, and the few of them that are about on each day."""

    def __init__(self, people: list[Person], almanac: Almanac) -> None:
        self.people = people
        self.almanac = almanac
        self.by_key = {person.key: person for person in people}
        self.busy: dict[tuple[int, str], set[str]] = {}  # (day, place) → who wrote
        self.asked: dict[str, list[int]] = {}  # whom the team asked by name, on which days
        self._about: dict[tuple[int, str, str], list[tuple[Person, float]]] = {}

    def about(self, day: int, source: str, language: str) -> list[tuple[Person, float]]:
        """Those who may speak in a place on a day, each with a weight: those whose day it is above all."""
        key = (day, source, language)
        if key not in self._about:
            self._about[key] = [
                (person, self._weight(person, day, source))
                for person in self.people
                if source in person.accounts
                and language in person.languages
                and not person.story
                and person.role == ""
                and person.here(day)
                and (not person.crowd or (day in person.present and (source in person.met or person.main == source)))
            ]
        return self._about[key]

    def _weight(self, person: Person, day: int, source: str) -> float:
        if person.crowd:
            return 5.0
        weight = 5.0 * min(1.0, person.every / 3.5) if day in person.present else 0.3 if person.every else 0.1
        return weight if source == person.main else weight * 0.16

    def hour(self, person: Person, day: int, rng: Random) -> float:
        """A moment of a day at which somebody would write, by their own clock."""
        hour = rng.choices(range(24), _HOURS)[0] + rng.random()
        return self.almanac.at(day, hour, person.zone)

    def awake(self, person: Person, at: float) -> float:
        """How likely somebody is up and about at a moment."""
        return _HOURS[int(self.almanac.hour(at, person.zone)) % 24]

    def awake_after(self, person: Person, at: float, rng: Random) -> float:
        """The same moment, or the next morning where they live, if it is night there."""
        hour = self.almanac.hour(at, person.zone)
        if hour < 6.5:
            at += (6.5 - hour + rng.random() * 2.5) * 3600
        elif hour > 23.5:
            at += (24 - hour + 6.5 + rng.random() * 2.5) * 3600
        return at

    def responder(self, talk: Conversation, at: float, without: list[Person], rng: Random) -> Person | None:
        """Somebody who would answer here and now: awake, caring for the subject, not among those who spoke."""
        day = min(max(self.almanac.day(at), 0), DAYS - 1)
        chosen, weights = [], []
        for person, weight in self.about(day, talk.source, talk.language):
            if person in without or (person.crowd and person.met.get(talk.source, at) >= at):
                continue
            if not person.here(day):
                continue
            if talk.subject in CRAFTS and not person.crowd and talk.subject not in person.subjects:
                weight *= 0.04
            weight *= self.awake(person, at) * (7.0 if talk.subject in person.subjects else 1.0)
            if weight > 0:
                chosen.append(person)
                weights.append(weight)
        return rng.choices(chosen, weights)[0] if chosen else None

    def opener(self, day: int, source: str, language: str, subjects: frozenset[str], rng: Random) -> Person | None:
        """Somebody who would begin a talk about one of these subjects."""
        about = [
            (person, weight * (6.0 if subjects & set(person.subjects) else 1.0))
            for person, weight in self.about(day, source, language)
            if not person.crowd or source in person.met
        ]
        if not about:
            return None
        return rng.choices([person for person, _ in about], [weight for _, weight in about])[0]

    def staff(self, source: str, at: float, rng: Random) -> Person | None:
        """A steward who would be at work there: Marit mostly."""
        people = [person for person in self.people if person.role == "staff" and source in person.accounts]
        weights = [self.awake(person, at) * {"marit": 3.0, "tunde": 1.6}.get(person.key, 1.0) for person in people]
        return rng.choices(people, weights)[0] if people else None

    def two_for(self, talk: Conversation, without: Person, at: float, rng: Random) -> list[Person]:
        """Two who know the subject and have not been asked more than once in the last fortnight."""
        day = self.almanac.day(at)
        fit = [
            person
            for person, _ in self.about(min(day, DAYS - 1), talk.source, talk.language)
            if not person.crowd
            and person is not without
            and sum(1 for asked in self.asked.get(person.key, []) if asked > day - 15) < 2
        ]
        rng.shuffle(fit)
        two = sorted(fit, key=lambda person: talk.subject not in person.subjects)[:2]
        for person in two:
            self.asked.setdefault(person.key, []).append(day)
        return two

    def mark(self, person: Person, at: float, source: str) -> None:
        """Remember that somebody wrote."""
        self.busy.setdefault((self.almanac.day(at), source), set()).add(person.key)

"""Eighteen months of Hedgerow, day by day: who comes, what is asked, shown, arranged and said."""

import math
from datetime import date
from random import Random

from thirdplace.demo import stories
from thirdplace.demo.almanac import ASKED_BY_NAME, BETA, DAYS, Almanac
from thirdplace.demo.bots import automata, reports
from thirdplace.demo.cast import Person, named
from thirdplace.demo.company import Company
from thirdplace.demo.crowd import gather, stranger
from thirdplace.demo.filling import Filling
from thirdplace.demo.finishing import finish
from thirdplace.demo.helping import Helping
from thirdplace.demo.meeting import Meeting
from thirdplace.demo.pen import Pen
from thirdplace.demo.phrasebook import Subject
from thirdplace.demo.talk import Conversation

CROWD = 275
# What begins on a day of ordinary bustle: source, kind, language, how often
RATES = (
    ("questions", "help", "en", 0.44),
    ("discord", "help", "en", 0.1),
    ("discord", "share", "en", 0.15),
    ("discord", "talk", "en", 0.11),
    ("discord", "share", "nl", 0.03),
    ("discord", "talk", "nl", 0.04),
    ("discord", "help", "nl", 0.02),
    ("discord", "share", "sv", 0.02),
    ("discord", "talk", "sv", 0.03),
    ("discord", "help", "sv", 0.015),
    ("desk", "hosting", "en", 0.1),
    ("desk", "hosting", "nl", 0.02),
)
UNANSWERED = {  # days before the end → a question nobody answers: where, and whether a newcomer asks it
    28: ("questions", False),
    19: ("questions", False),
    11: ("questions", False),
    5: ("discord", True),
    2: ("questions", True),
}
CHANNELS = {
    "saturday": "hosts",
    "mapnight": "map-night",
    "schools": "schools",
    "letter": "letter",
    "tileswork": "tiles-and-code",
    "accesswork": "accessible-paths",
    "nlwerk": "low-countries",
}
HOURS = {"night": (0.3, 3.6), "light": (14.2, 17.4)}  # when alone such things are said, where one lives
_TOOLS = ("tools", "boards", "offline", "battery")


class Town:
    """The whole community, made from a seed and a last day."""

    def __init__(self, seed: int, ends_on: date, scale: float = 1.0) -> None:
        self.almanac = Almanac(ends_on)
        self.rng = Random(f"hedgerow {seed} {ends_on} {scale}")  # noqa: S311 - a story, not a secret
        self.scale = scale
        people = named(self.rng, stories.earliest())
        people += gather(self.rng, self.almanac, round(CROWD * scale)) + automata()
        names = {person.name for person in people}
        self.strangers = {
            before: stranger(9000 + before, place, self.rng, names)
            for before, (place, newcomer) in UNANSWERED.items()
            if newcomer
        }
        people += self.strangers.values()
        self.company = Company(people, self.almanac)
        self.pen = Pen(self.almanac, self.rng)
        self.helping = Helping(self.pen, self.company)
        self.meeting = Meeting(self.pen, self.company)
        self.talks: list[Conversation] = []
        self.numbers: dict[str, dict[str, str]] = {}  # place → person → the place's own id, told when it is written
        self.live()

    def live(self) -> None:
        """Let every day happen."""
        for talk in stories.tell(self.company, self.almanac, self.rng):
            for text in [talk.title, *(message.text for message in talk.messages)]:
                self.pen.remember(text)
            self._keep(talk)
        self.talks.sort(key=lambda talk: talk.opener.at)
        filling = Filling(self)
        for day in range(DAYS):
            self._arrive(day)
            self._begin(day)
            if self.scale > 0.4 or day % 7 == 0 or day > DAYS - 40:
                filling.fill(day)
        self._delete_accounts()
        self.talks += reports(self.company, self.almanac, self.pen, self.rng, self.scale)
        finish(self)

    def _delete_accounts(self) -> None:
        """A few who left long ago have taken their account with them."""
        for place, count in (("questions", 3), ("discord", 2), ("desk", 1)):
            people = [person for person in self.company.people if person.crowd and place in person.met]
            left = [person for person in people if person.leaves < DAYS - 150 and len(person.met) == 1]
            for person in self.rng.sample(left, min(count, len(left))):
                person.gone = frozenset({place})

    def _keep(self, talk: Conversation | None) -> Conversation | None:
        if talk is not None and talk.messages:
            self.talks.append(talk)
            for message in talk.messages:
                self.company.mark(message.author, message.at, talk.source)
        return talk

    def _arrive(self, day: int) -> None:
        """First words of those who join on this day, or try a second place."""
        for person in self.company.people:
            if not person.crowd or day not in person.present:
                continue
            if not person.met:
                self._first_words(person, person.main, day)
                self._decide(person, day)
            elif len(person.accounts) > len(person.met) and day < DAYS - 22 and self.rng.random() < 0.5:
                place = next(place for place in person.accounts if place not in person.met)
                self._first_words(person, place, day)

    def _decide(self, person: Person, day: int) -> None:
        """Whether somebody comes back after their first words: rather if anyone said something within the day."""
        first = next((talk for talk in reversed(self.talks[-40:]) if talk.opener.author is person), None)
        if first is None:
            return
        until = first.opener.at + 86400
        answered = any(message.author is not person and message.at < until for message in first.messages)
        if self.rng.random() < (0.05 if answered else 0.8):
            person.present = frozenset({day})
            person.leaves = day

    def _first_words(self, person: Person, place: str, day: int) -> None:
        language = person.languages[0] if place == "discord" else "en"
        late = self.almanac.before(day) <= 34
        at = self.company.hour(person, day, self.rng)
        if place == "desk" or (place == "discord" and self.rng.random() < 0.66):
            channel = "welcome" if place == "discord" else "general"
            talk = self._conversation(place, channel, language, day, person, self._only("hello", language))
            self._keep(self.meeting.hello(talk, talk.book, person, at, alone=False))  # type: ignore[arg-type]
            if late and len(talk.messages) == 1:
                self.meeting.must_greet(talk, talk.book)  # type: ignore[arg-type]
            return
        self._question(person, place, language, day, at)

    def _only(self, kind: str, language: str) -> Subject:
        return self.pen.subjects(language, kind)[0]

    def _question(self, who: Person, place: str, language: str, day: int, at: float, *, hopeless: bool = False) -> None:
        channel = {"nl": "nederlands", "sv": "svenska"}.get(language, "ask-here")
        for _ in range(4):
            case = self._subject("help", language, day, who)
            talk = self._conversation(place, "questions" if place == "questions" else channel, language, day, who, case)
            if self._keep(self.helping.ask(talk, case, who, at, hopeless=hopeless)):
                talk.told = hopeless
                return

    def _conversation(
        self, place: str, channel: str, language: str, day: int, who: Person, book: Subject
    ) -> Conversation:
        return Conversation(place, channel, language, day, subject=book.name, book=book, region=who.region)

    def _subject(self, kind: str, language: str, day: int, who: Person) -> Subject:
        """What somebody would bring up: their own subjects above all, and what the season and the releases allow."""
        season, before = self.almanac.season(day), self.almanac.before(day)
        fit = [
            subject
            for subject in self.pen.subjects(language, kind)
            if (not subject.seasons or season in subject.seasons)
            and (not subject.months or self.almanac.date(day).month in subject.months)
            and subject.fits(who.region)
            and (not subject.after or before <= BETA)
        ]
        own = 8.0 if kind != "help" or who.crowd else 0.1  # who answers a thing well does not ask it
        weights = [
            subject.weight * (own if subject.name in who.subjects else 1.0) * self._rise(subject, before)
            for subject in fit
        ]
        return self.rng.choices(fit, weights)[0]

    def _rise(self, subject: Subject, before: int) -> float:
        """Offline maps are hardly asked about before the beta, and by many after the launch."""
        if subject.name not in ("offline", "nlkaart"):
            return 1.0
        return 5.0 if before <= 5 else 2.5 if before <= BETA else 0.15

    def _begin(self, day: int) -> None:
        """What begins on a day besides first words."""
        bustle = self.almanac.bustle(day) ** 1.6 * self.scale
        for place, kind, language, rate in RATES:
            likely = rate * (1.5 if kind == "help" and self.almanac.before(day) <= ASKED_BY_NAME else 1.0)
            for _ in range(self._count(likely * bustle)):
                self.begin(place, kind, language, day)
        if self.almanac.before(day) in UNANSWERED:
            self._unanswered(day, UNANSWERED[self.almanac.before(day)][0])

    def _count(self, mean: float) -> int:
        """A number of the Poisson kind."""
        limit, count, product = math.exp(-mean), 0, self.rng.random()
        while product > limit:
            count += 1
            product *= self.rng.random()
        return count

    def _unanswered(self, day: int, place: str) -> None:
        """A question that stays alone: by a newcomer where one was sent for, else by one of the many."""
        who = self.strangers.get(self.almanac.before(day))
        if who is None:
            people = [person for person in self.company.people if person.crowd and place in person.met]
            fit = [person for person in people if person.joins > day - 150 and person.leaves > day - 90]
            who = self.rng.choice(fit or people)
        who.joins = min(who.joins, day)
        self._question(who, place, "en", day, self.company.hour(who, day, self.rng), hopeless=True)

    def begin(self, place: str, kind: str, language: str, day: int, who: Person | None = None) -> Conversation | None:
        """Begin one conversation of a kind, by somebody who is about."""
        who = who or self.company.opener(day, place, language, frozenset(), self.rng)
        if who is None:
            return None
        at = self._after_first(who, place, self.company.hour(who, day, self.rng))
        if kind == "help":
            self._question(who, place, language, day, at)
            return None
        subject = self._subject(kind, language, day, who)
        if subject.name in HOURS:
            hour = self.rng.uniform(*HOURS[subject.name])
            at = self._after_first(who, place, self.almanac.at(day, hour, who.zone))
        talk = self._conversation(place, self._channel(place, kind, subject), language, day, who, subject)
        hour = self.almanac.hour(at, who.zone)
        talk.facts["now"] = f"{int(hour)}:{int(hour % 1 * 60):02d}"
        act = {"share": self.meeting.share, "talk": self.meeting.chat, "hosting": self.meeting.arrange}[kind]
        if kind == "hosting" and place == "discord":
            talk.title = subject.name
        return self._keep(act(talk, subject, who, at))

    def _after_first(self, who: Person, place: str, at: float) -> float:
        """That moment, or half an hour after a newcomer's first words."""
        return max(at, who.met.get(place, 0.0) + 1800) if who.crowd else at

    def _channel(self, place: str, kind: str, subject: Subject) -> str:
        if place == "desk":
            return CHANNELS.get(subject.name, "general")
        if subject.language != "en":
            return {"nl": "nederlands", "sv": "svenska"}[subject.language]
        if subject.name == "offline":
            return "offline-maps"
        if subject.name in _TOOLS:
            return "gps-and-devices"
        return "show-your-map" if kind == "share" else "general"

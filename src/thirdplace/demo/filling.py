"""Habits: on a day that is theirs, people with a rhythm say something, even when nobody asked."""

from typing import TYPE_CHECKING

from thirdplace.demo.cast import Person
from thirdplace.demo.company import CRAFTS
from thirdplace.demo.grammar import Template
from thirdplace.demo.talk import Conversation, Message

if TYPE_CHECKING:
    from thirdplace.demo.town import Town

_FITTING = {
    "share": ("relate", "praise", "curious", "quip"),
    "talk": ("add", "quip", "differ"),
    "hosting": ("join", "offer", "cant"),
    "help": ("also",),
}


class Filling:
    """Looks after the rhythm of regulars, day by day."""

    def __init__(self, town: "Town") -> None:
        self.town = town
        self.rng = town.rng
        self.pen = town.pen

    def fill(self, day: int) -> None:
        """Everybody whose day it is, and who has said nothing yet, says something."""
        company = self.town.company
        for person in company.people:
            if person.crowd or day not in person.present or person.story or not person.here(day):
                continue
            wrote = company.busy.get((day, person.main), set())
            if person.key not in wrote or self.rng.random() < person.per_day - 1.0:
                self._speak(person, day)

    def _speak(self, person: Person, day: int) -> None:
        if self.rng.random() < (0.9 if person.main == "questions" else 0.72):
            for talk in self._recent(person, day):
                if self._join(person, talk, day):
                    return
        if person.main != "questions" or self.rng.random() < 0.4:
            self._start(person, day)

    def _recent(self, person: Person, day: int) -> list[Conversation]:
        """What was said lately where this person is at home, what they care for first."""
        reach = {"questions": 15, "desk": 5}.get(person.main, 2)
        found = []
        for talk in reversed(self.town.talks[-120:]):
            if talk.source != person.main or talk.told or talk.book is None or not 0 <= day - talk.day <= reach:
                continue
            if not person.speaks(talk.language) or talk.book.kind not in _FITTING or len(talk.messages) > 12:
                continue
            if talk.subject in CRAFTS and talk.subject not in person.subjects:
                continue
            if any(message.author is person for message in talk.messages):
                continue
            found.append(talk)
        found.sort(key=lambda talk: (talk.subject not in person.subjects, len(talk.messages)))
        return found[:6]

    def _join(self, person: Person, talk: Conversation, day: int) -> bool:
        at = self.town.company.hour(person, day, self.rng)
        opener = talk.opener
        book = talk.book
        if book is None or at < opener.at + 600:
            return False
        answers = talk.source == "questions" and sum(message.act == "answer" for message in talk.messages) < 3
        act = "answer" if answers and self.rng.random() < 0.5 else self._act(person, talk)
        parts: list[tuple[list[Template], float]] = [(book.lines.get(act, []), 1.0)]
        if act == "answer":
            parts.append((book.lines.get("why", []), 0.35))
        manner = 0.1 if act == "also" else 0.8
        written = self.pen.write(parts, person, opener.author, talk, manner=manner)
        if written is None:
            return False
        kind = "said" if talk.source != "questions" else "answered" if act == "answer" else "commented"
        message = talk.say(Message(person, at, written[0], act, kind, about=opener))
        self.town.company.mark(person, at, talk.source)
        if written[1].answer and opener.author.here(day):
            told = self.pen.write([([written[1].answer], 1.0)], opener.author, person, talk)
            if told:
                later = at + self.rng.uniform(3, 40) * 60
                talk.say(Message(opener.author, later, told[0], "told", "said", about=message))
        return True

    def _act(self, person: Person, talk: Conversation) -> str:
        acts = _FITTING[talk.book.kind] if talk.book else ("praise",)
        if talk.book and not talk.book.fits(person.region):
            acts = tuple(act for act in acts if act not in ("relate", "also"))
        return self.rng.choice(acts) if acts else "answer"

    def _start(self, person: Person, day: int) -> None:
        language = self.rng.choice(person.languages) if person.main != "questions" else "en"
        kinds = {"questions": ("help",), "desk": ("hosting",)}.get(person.main, ("share", "talk", "share"))
        language = language if person.main != "desk" or language == "nl" else "en"
        if language == "en" and "en" not in person.languages:
            language = person.languages[0]
        self.town.begin(person.main, self.rng.choice(kinds), language, day, person)

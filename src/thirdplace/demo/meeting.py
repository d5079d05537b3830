"""Talk that asks for nothing: showing, chatting, saying hello; and gatherings that somebody has to arrange."""

from random import Random

from thirdplace.demo.almanac import ASKED_BY_NAME
from thirdplace.demo.cast import Person
from thirdplace.demo.company import Company
from thirdplace.demo.grammar import Template
from thirdplace.demo.pen import Pen
from thirdplace.demo.phrasebook import Subject
from thirdplace.demo.talk import Conversation, Message

MINUTE = 60.0
Parts = list[tuple[list[Template], float]]


class Meeting:
    """Writes conversations that live from one remark to the next."""

    def __init__(self, pen: Pen, company: Company) -> None:
        self.pen = pen
        self.company = company
        self.rng: Random = pen.rng

    def _gap(self, talk: Conversation) -> float:
        """Until the next remark: minutes in a channel, hours in a thread of the desk."""
        if talk.source == "desk":
            brisk = 0.45 if self.pen.almanac.before(talk.day) <= ASKED_BY_NAME else 1.2
            return max(60.0, self.rng.lognormvariate(3.6, 1.2) * MINUTE * brisk)
        if talk.title:
            return max(40.0, self.rng.lognormvariate(2.6, 1.3) * MINUTE)
        return min(24.0, max(0.5, self.rng.lognormvariate(1.1, 0.8))) * MINUTE

    def _said(
        self, talk: Conversation, who: Person, to: Person | None, parts: Parts, at: float, act: str
    ) -> Message | None:
        written = self.pen.write(parts, who, to, talk)
        if written is None:
            return None
        message = talk.say(Message(who, at, written[0], act))
        if written[1].answer and to:
            self._told(talk, message, to, written[1].answer)
        return message

    def _told(self, talk: Conversation, asked: Message, to: Person, answer: Template) -> None:
        """The one who was asked says what they know."""
        written = self.pen.write([([answer], 1.0)], to, asked.author, talk, manner=0.7)
        if written:
            talk.say(Message(to, asked.at + self._gap(talk), written[0], "told", about=asked))

    def _next(self, talk: Conversation, without: list[Person]) -> Person | None:
        return self.company.responder(talk, talk.messages[-1].at, without, self.rng)

    def share(self, talk: Conversation, subject: Subject, who: Person, at: float) -> Conversation | None:
        """Somebody shows something; others look, and remember their own."""
        lines = subject.lines
        parts: Parts = [(lines["share"], 1.0), (lines.get("saw", []), 0.45), (lines.get("remark", []), 0.4)]
        opener = self._said(talk, who, None, parts, at, "share")
        if opener is None:
            return None
        for _ in range(self._turns(talk)):
            someone = self._next(talk, [talk.messages[-1].author, who])
            if someone:
                self._react(talk, subject, someone, who)
        return talk

    def _turns(self, talk: Conversation) -> int:
        late = self.pen.almanac.before(talk.day) <= ASKED_BY_NAME
        alone = 0.1 if late else 0.24 if talk.source == "discord" else 0.12
        newcomer = talk.opener.author.met[talk.source] == talk.opener.at
        if self.rng.random() < alone and not newcomer:
            return 0
        return 1 + int(self.rng.expovariate(0.5))

    def _react(self, talk: Conversation, subject: Subject, someone: Person, who: Person) -> Message | None:
        lines, generic, rng = subject.lines, self.pen.generic, self.rng
        at = talk.messages[-1].at + self._gap(talk)
        own = 34 if subject.fits(someone.region) else 0
        act = rng.choices(("praise", "relate", "curious", "quip", "short"), (16, own, 24, 9, 17))[0]
        if act == "short":
            return self._said(talk, someone, who, [(generic(talk, "praise"), 1.0)], at, "praise")
        parts: Parts = [(lines.get(act, []), 1.0)]
        if act == "praise" and own:
            parts.append((lines.get("relate", []), 0.35))
        if act == "relate" and rng.random() < 0.2:
            parts.insert(0, (generic(talk, "yes"), 1.0))
        said = self._said(talk, someone, who, parts, at, act)
        return said or self._said(talk, someone, who, [(generic(talk, "praise"), 1.0)], at, "praise")

    def chat(self, talk: Conversation, subject: Subject, who: Person, at: float) -> Conversation | None:
        """Somebody says something for company, and gets it."""
        lines, generic, rng = subject.lines, self.pen.generic, self.rng
        talk.variant = rng.choice(subject.variants("say") or [""])
        if self._said(talk, who, None, [(lines["say"], 1.0)], at, "say") is None:
            return None
        spoken = [who]
        for _ in range(self._turns(talk)):
            someone = self._next(talk, [talk.messages[-1].author] if len(spoken) > 3 else spoken)
            if someone is None:
                break
            to = talk.messages[-1].author
            act = rng.choices(("add", "differ", "quip", "yes", "laugh"), (58, 9, 10, 11, 12))[0]
            parts = [(generic(talk, act), 1.0)] if act in ("yes", "laugh") else [(lines.get(act, []), 1.0)]
            self._said(talk, someone, to, parts, talk.messages[-1].at + self._gap(talk), act)
            spoken.append(someone)
        if rng.random() < 0.2 and len(talk.messages) > 2:
            self._said(
                talk, who, None, [(generic(talk, "laugh", "yes"), 1.0)], talk.messages[-1].at + self._gap(talk), "laugh"
            )
        return talk

    def hello(
        self, talk: Conversation, subject: Subject, who: Person, at: float, *, alone: bool = False
    ) -> Conversation | None:
        """A newcomer's first words, and whoever is about says welcome."""
        lines, rng = subject.lines, self.rng
        parts: Parts = [(lines["hello"], 1.0), (lines["who"], 0.95), (lines["wish"], 0.6)]
        opener = self._said(talk, who, None, parts, at, "hello")
        if opener is None:
            return None
        if alone:
            return talk
        helper = self._greeter(talk, at)
        if helper is None:
            return talk
        welcome: Parts = [(lines["welcome"], 1.0), (lines["start"], 0.75)]
        self._said(talk, helper, who, welcome, opener.at + self._gap(talk) * 0.7, "welcome")
        if rng.random() < 0.5 and (other := self._next(talk, [helper, who])):
            more = lines["near"] if rng.random() < 0.6 else lines["welcome"]
            self._said(talk, other, who, [(more, 1.0)], talk.messages[-1].at + self._gap(talk), "welcome")
        if rng.random() < 0.55 and len(talk.messages) > 1:
            self._said(talk, who, helper, [(lines["back"], 1.0)], talk.messages[-1].at + self._gap(talk), "back")
        return talk

    def _greeter(self, talk: Conversation, at: float) -> Person | None:
        if talk.language == "en" and self.rng.random() < 0.38:
            leila = self.company.by_key["leila"]
            if self.company.awake(leila, at) > 0.3 and leila.here(talk.day) and talk.source in leila.accounts:
                return leila
        if self.rng.random() < 0.5:
            staff = self.company.staff(talk.source, at, self.rng)
            if staff and staff.speaks(talk.language) and self.company.awake(staff, at) > 0.25:
                return staff
        return self.company.responder(talk, at, [talk.messages[0].author], self.rng)

    def arrange(self, talk: Conversation, subject: Subject, who: Person, at: float) -> Conversation | None:
        """Somebody needs hands; hands come, or say why not; then it is settled."""
        lines, rng = subject.lines, self.rng
        talk.variant = rng.choice(subject.variants("call") or [""])
        if self._said(talk, who, None, [(lines["call"], 1.0)], at, "call") is None:
            return None
        spoken = [who]
        for _ in range(1 + int(rng.expovariate(0.42))):
            someone = self._next(talk, spoken)
            if someone is None:
                break
            act = rng.choices(("join", "cant", "offer"), (50, 20, 30))[0]
            self._said(talk, someone, who, [(lines[act], 1.0)], talk.messages[-1].at + self._gap(talk), act)
            spoken.append(someone)
        if len(spoken) > 1 and rng.random() < 0.6:
            self._said(talk, who, spoken[1], [(lines["settle"], 1.0)], talk.messages[-1].at + self._gap(talk), "settle")
        if rng.random() < 0.2 and len(spoken) > 2:
            after = talk.messages[-1].at + rng.uniform(1, 4) * 86400
            if who.here(self.pen.almanac.day(after)):
                self._said(talk, who, None, [(lines["after"], 1.0)], after, "after")
        return talk

    def must_greet(self, talk: Conversation, subject: Subject) -> None:
        """Nobody was about: one of the team says welcome within the half hour."""
        who = talk.opener.author
        staff = [person for person in self.company.people if person.role == "staff" and person.speaks(talk.language)]
        helper = staff[0] if staff else self.company.by_key["leila"]
        parts: Parts = [(subject.lines["welcome"], 1.0), (subject.lines["start"], 0.8)]
        self._said(talk, helper, who, parts, talk.opener.at + self._gap(talk), "welcome")

"""Questions and what comes of them: on the question site, in the chat's threads and in Dutch and Swedish."""

from dataclasses import dataclass
from random import Random

from thirdplace.demo.almanac import ASKED_BY_NAME, Almanac
from thirdplace.demo.cast import Person
from thirdplace.demo.company import Company
from thirdplace.demo.grammar import Template
from thirdplace.demo.pen import Pen
from thirdplace.demo.phrasebook import Subject
from thirdplace.demo.talk import Conversation, Message

HOUR = 3600.0


@dataclass
class Prospect:
    """What is to become of a question: whether it is answered, and after how many hours something is said."""

    answered: bool
    hours: float
    nudged: bool = False


def prospect(almanac: Almanac, day: int, newcomer: bool, source: str, rng: Random) -> Prospect:
    """By the days before or after the team began to ask by name, by season and by place."""
    before = almanac.before(day)
    late = before <= ASKED_BY_NAME
    likely, median = (0.96, 1.7) if late else (0.84, 6.5)
    if newcomer:
        likely, median = (likely, median * 1.1) if late else (likely - 0.08, median * 1.3)
    if almanac.season(day) == "summer" and not late:
        likely, median = likely - 0.05, median * 1.5
    if source == "discord":
        likely, median = likely - 0.02, median * 0.4
    hours = median * rng.lognormvariate(0.0, 1.35)
    if before <= 32:
        likely, hours = 1.0, min(hours, 14.0)
    return Prospect(rng.random() < likely, max(0.1, hours), late and rng.random() < 0.5)


class Helping:
    """Writes a question with its answers, remarks and thanks."""

    def __init__(self, pen: Pen, company: Company) -> None:
        self.pen = pen
        self.company = company
        self.rng = pen.rng
        self.nudges: list[tuple[Conversation, Message, list[Person]]] = []

    def ask(
        self, talk: Conversation, case: Subject, asker: Person, at: float, *, hopeless: bool = False
    ) -> Conversation | None:
        """A question at a moment, and all that follows; None when nothing new can be said about it."""
        newcomer = talk.source not in asker.met
        lines = case.lines
        talk.variant = self.rng.choice(case.variants("ask") or [""])
        title = self.pen.line(lines["title"], asker, None, talk)
        hedge = self.pen.generic(talk, "hedge") if newcomer else []
        parts = [
            (lines["ask"], 1.0),
            (lines.get("more", []), 0.45),
            (self.pen.generic(talk, "close"), 0.3),
            (hedge, 0.45),
        ]
        body = self.pen.write(parts, asker, None, talk, manner=0.0)
        if title is None or body is None or not self.pen.remember(title[0]):
            return None
        talk.title = title[0]
        talk.tags = case.tags
        opener = talk.say(Message(asker, at, body[0], "ask", _kind(talk, "asked"), title[0]))
        fate = prospect(self.pen.almanac, talk.day, newcomer, talk.source, self.rng)
        if fate.answered and not hopeless:
            self._follow(talk, case, opener, fate)
        return talk

    def _follow(self, talk: Conversation, case: Subject, opener: Message, fate: Prospect) -> None:
        lines, rng = case.lines, self.rng
        at = opener.at + fate.hours * HOUR
        if fate.nudged and fate.hours > 1.0:
            self._nudge(talk, opener, opener.at + fate.hours * HOUR * rng.uniform(0.3, 0.7), at)
        if lines.get("clarify") and rng.random() < (0.26 if talk.source == "questions" else 0.4):
            at = self._clarify(talk, lines["clarify"], opener, at) or at
        answers = [self._answer(talk, lines, opener, at)]
        if rng.random() < 0.32:
            answers.append(self._answer(talk, lines, opener, at + self._pause(talk, 9.0)))
        if lines.get("also") and rng.random() < 0.3:
            self._word(talk, lines["also"], opener, at + self._pause(talk, 6.0), "also")
        given = [answer for answer in answers if answer]
        if not given and self.pen.almanac.before(talk.day) <= 35:
            given = [answer for answer in [self._vouched(talk, lines, opener, at)] if answer]
        if given:
            self._end(talk, lines, opener, given)
        elif all(message.author is opener.author for message in talk.messages):
            self._word(talk, self.pen.generic(talk, "look"), opener, at, "look")

    def _pause(self, talk: Conversation, hours: float) -> float:
        scale = 1.0 if talk.source == "questions" else 0.12
        return max(90.0, hours * scale * self.rng.lognormvariate(0.0, 0.8) * HOUR)

    def _nudge(self, talk: Conversation, opener: Message, at: float, until: float) -> None:
        """The team asks two members by name, once it is awake, and only where nobody has answered by then."""
        staff = self.company.staff(talk.source, at, self.rng)
        at = self.company.awake_after(staff, at, self.rng) if staff else until
        if at >= until:
            return
        two = self.company.two_for(talk, opener.author, at, self.rng)
        if staff is None or len(two) < 2 or talk.language != "en":
            return
        talk.facts.update(a=two[0].first, b=two[1].first, you_asker=opener.author.first)
        written = self.pen.write([(self.pen.generic(talk, "nudge"), 1.0)], staff, opener.author, talk, manner=0.3)
        if written:
            message = talk.say(Message(staff, at, written[0], "nudge", _kind(talk, "commented"), about=opener))
            message.mentions = two
            self.nudges.append((talk, message, two))

    def _clarify(self, talk: Conversation, lines: list[Template], opener: Message, at: float) -> float | None:
        helper = self.company.responder(talk, at, [opener.author], self.rng)
        if helper is None:
            return None
        written = self.pen.write([(lines, 1.0)], helper, opener.author, talk, manner=0.0)
        if written is None:
            return None
        asked = talk.say(Message(helper, at, written[0], "clarify", _kind(talk, "commented"), about=opener))
        brisk = 0.4 if self.pen.almanac.before(talk.day) <= ASKED_BY_NAME else 1.0
        at += self._pause(talk, 4.0 * brisk)
        told = [written[1].answer] if written[1].answer else self.pen.generic(talk, "posted")
        reply = self.pen.write([(told, 1.0)], opener.author, helper, talk, manner=0.0)
        if reply:
            talk.say(Message(opener.author, at, reply[0], "detail", _kind(talk, "commented"), about=asked))
        return at + self._pause(talk, 3.0 * brisk)

    def _answer(
        self, talk: Conversation, lines: dict[str, list[Template]], opener: Message, at: float
    ) -> Message | None:
        spoken = [message.author for message in talk.messages if message.act in ("ask", "answer")]
        helper = self.company.responder(talk, at, spoken, self.rng)
        if helper is None:
            return None
        parts = [(lines["answer"], 1.0), (lines.get("why", []), 0.4), (self.pen.generic(talk, "ending"), 0.12)]
        if self.rng.random() < 0.08:
            parts.insert(0, (self.pen.generic(talk, "opener"), 1.0))
        written = self.pen.write(parts, helper, opener.author, talk, manner=0.8)
        if written is None:
            return None
        at = self.company.awake_after(helper, at, self.rng)
        return talk.say(Message(helper, at, written[0], "answer", _kind(talk, "answered"), about=opener))

    def _vouched(
        self, talk: Conversation, lines: dict[str, list[Template]], opener: Message, at: float
    ) -> Message | None:
        """An answer by whoever of the house is free: lately no question is left alone but those meant to be."""
        free = [person for person in self.company.people if person.key in ("ingrid", "jiri", "wen", "hana", "marit")]
        free = [person for person in free if talk.source in person.accounts and person is not opener.author]
        helper = self.rng.choice(free)
        for parts in (
            [(lines["answer"], 1.0)],
            [(lines.get("why", []), 1.0)],
            [(self.pen.generic(talk, "steward"), 1.0)],
        ):
            if written := self.pen.write(parts, helper, opener.author, talk, manner=0.3):
                return talk.say(Message(helper, at, written[0], "answer", _kind(talk, "answered"), about=opener))
        return None

    def _word(self, talk: Conversation, lines: list[Template], about: Message, at: float, act: str) -> Message | None:
        spoken = [message.author for message in talk.messages]
        who = self.company.responder(talk, at, spoken, self.rng)
        if who and act == "also" and talk.book and not talk.book.fits(who.region):
            return None  # nobody has the same who lives where it cannot be
        written = self.pen.write([(lines, 1.0)], who, about.author, talk, manner=0.15) if who else None
        if who is None or written is None:
            return None
        return talk.say(Message(who, at, written[0], act, _kind(talk, "commented"), about=about))

    def _end(
        self, talk: Conversation, lines: dict[str, list[Template]], opener: Message, answers: list[Message]
    ) -> None:
        """What the asker says when it worked, and whether they mark the answer."""
        rng, asker = self.rng, opener.author
        best = answers[0] if rng.random() < 0.75 else answers[-1]
        at = self.company.awake_after(asker, best.at + self._pause(talk, 8.0), rng)
        report = lines.get("result", []) if rng.random() < 0.45 else self.pen.generic(talk, "thanks")
        best.accepted = rng.random() < 0.68
        if rng.random() > 0.8 or not asker.here(self.pen.almanac.day(at)):
            return
        parts = [(report, 1.0), (self.pen.generic(talk, "thanks"), 0.3 if report is lines.get("result") else 0.0)]
        written = self.pen.write(parts, asker, best.author, talk, manner=0.0)
        if written:
            thanks = talk.say(Message(asker, at, written[0], "result", _kind(talk, "commented"), about=best))
            if talk.source != "questions" and rng.random() < 0.35:
                glad = self.pen.write([(self.pen.generic(talk, "gladly"), 1.0)], best.author, asker, talk, manner=0.3)
                if glad:
                    later = at + self._pause(talk, 2.0)
                    talk.say(Message(best.author, later, glad[0], "gladly", "said", about=thanks))


def _kind(talk: Conversation, kind: str) -> str:
    return kind if talk.source == "questions" else "said"

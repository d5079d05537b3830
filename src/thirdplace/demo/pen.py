"""Writing what somebody says: a line of the book, its slots filled, in their voice, never the same sentence twice."""

import re
from random import Random

from thirdplace.demo.almanac import Almanac
from thirdplace.demo.cast import Person
from thirdplace.demo.grammar import Lacking, Template
from thirdplace.demo.phrasebook import LANGUAGES, Book, Subject, open_book
from thirdplace.demo.talk import Conversation
from thirdplace.demo.voice import after_open, capital, in_voice, tidy

LONG = 6  # a sentence of more words than this is said once
ENOUGH = 6  # times somebody makes the same kind of remark about their own days
OFTEN = 17  # times one line of the book is used at most, however differently it comes out
_BREAK = re.compile(r"[.?!\n]+")
_MARKS = re.compile(r"[^\w\s]")
_LOOSE = frozenset(
    ["when", "weather", "clock", "food", "gear", "bird", "quality", "weekday"]
    + ["city", "lately", "browser", "menu", "month", "handheld", "watch"]
)  # drawn anew each time; of the rest a conversation remembers the first
_NEEDED = ("ask", "title", "answer")  # without these nothing is asked or answered
_PERSONAL = frozenset(("kin", "local"))
_REGIONS = {
    "gb": "the wet hills",
    "lc": "the Low Countries",
    "nord": "the north",
    "mid": "the middle of Europe",
    "med": "the south",
    "nam": "the other side of the pond",
    "and": "the Andes",
    "mex": "the dry south",
    "waf": "West Africa",
    "eaf": "the lakes",
    "sas": "the ghats",
    "sea": "the delta",
    "eas": "the far east",
    "pac": "the far side",
}


def long_sentences(text: str) -> list[str]:
    """The sentences of a text that may not come again, in small letters and without marks."""
    found = []
    for sentence in _BREAK.split(text.lower()):
        if len(sentence.split()) > LONG:
            found.append(" ".join(_MARKS.sub(" ", sentence).split()))
    return found


class Pen:
    """Writes for everybody, and remembers every long sentence that was said."""

    def __init__(self, almanac: Almanac, rng: Random) -> None:
        self.almanac = almanac
        self.rng = rng
        self.books: dict[str, Book] = {language: open_book(language) for language in LANGUAGES}
        self.said: set[str] = set()

    def remember(self, text: str) -> bool:
        """Whether a text is new in all its long sentences; if so, they are taken from now on."""
        sentences = long_sentences(text)
        if len(set(sentences)) < len(sentences) or any(sentence in self.said for sentence in sentences):
            return False
        self.said.update(sentences)
        return True

    def line(
        self, lines: list[Template], who: Person, to: Person | None, talk: Conversation, *, again: bool = False
    ) -> tuple[str, Template] | None:
        """One fresh line out of several, or None when all are used up or ask for what is not known."""
        if not lines:
            return None
        for _ in range(min(7, 2 + len(lines) * 2)):
            template = self._pick(lines, talk)
            if template is None:
                return None
            facts = dict(talk.facts)
            try:
                text = self._render(template, who, to, talk)
            except Lacking:
                talk.facts = facts
                continue
            if again or not any(sentence in self.said for sentence in long_sentences(text)):
                template.misses = 0
                template.uses += 1 if len(template.source.split()) > LONG else 0.6 if template.answer else 0
                talk.used.add(id(template))
                return text, template
            talk.facts = facts
            template.misses += 1
            if template.misses > 3:
                lines.remove(template)
        return None

    def _pick(self, lines: list[Template], talk: Conversation) -> Template | None:
        """One of the lines that lie longest, that fits, and that does not stand in this conversation yet."""
        season = self.almanac.season(talk.day)
        fit = [
            template
            for template in lines
            if (not template.variant or (talk.variant and talk.variant in template.variant))
            and (not template.seasons or season in template.seasons)
            and id(template) not in talk.used
            and template.uses < (OFTEN if template.key not in _NEEDED else 2 * OFTEN)
        ]
        if not fit:
            return None
        template = fit[int(self.rng.random() * max(1, (len(fit) + 1) // 2))]
        lines.remove(template)
        lines.append(template)
        return template

    def _render(self, template: Template, who: Person, to: Person | None, talk: Conversation) -> str:
        def fill(slot: str) -> str:
            return self._fill(slot, who, to, talk)

        def number(name: str, value: str) -> str:
            return talk.facts.setdefault(name, value) if name else value

        return tidy(template.render(self.rng, fill, number, talk.language), talk.language)

    def _fill(self, slot: str, who: Person, to: Person | None, talk: Conversation) -> str:
        fresh = slot.startswith("~")
        name = slot.lstrip("~")
        if name[0].isupper():
            return capital(self._fill(("~" if fresh else "") + name.lower(), who, to, talk))
        plain = self._known(name, who, to, talk)
        if plain is not None:
            return plain
        key = f"{name}:{who.key}" if name in _PERSONAL else name
        if key in talk.facts and not fresh:
            return talk.facts[key]
        loose = name in _LOOSE
        value = self._draw(name, who, to, talk, talk.facts.get(f"last {name}" if loose else key, ""))
        if loose:
            talk.facts[f"last {name}"] = value
        elif not fresh:
            talk.facts[key] = value
        return value

    def _known(self, name: str, who: Person, to: Person | None, talk: Conversation) -> str | None:
        if name == "you":
            if to is None:
                raise Lacking(name)
            return to.first
        if name == "month":
            return self.almanac.month(talk.day, talk.language)
        if name == "version":
            return self.almanac.version(talk.day)
        if name == "region_word":
            return _REGIONS[who.region]
        if name == "device" and "device" not in talk.facts:
            talk.facts["device"] = who.device
        return {
            "name": who.first,
            "home": who.home,
            "my_device": who.device,
            "subject": _SUBJECT_WORDS.get(talk.subject, "paths"),
        }.get(name)

    def _draw(self, name: str, who: Person, to: Person | None, talk: Conversation, avoid: str) -> str:
        lexicon = self.books[talk.language].lexicon
        region = "lc" if talk.language == "nl" else "nord" if talk.language == "sv" else who.region
        for key in (f"{name}.{region}", f"{name}.{self.almanac.season(talk.day)}", name):
            if key in lexicon:
                break
        else:
            raise Lacking(name)
        for _ in range(4):
            template = lexicon[key][int(self.rng.random() * len(lexicon[key]))]
            value = template.render(
                self.rng, lambda slot: self._fill(slot, who, to, talk), lambda _, value: value, talk.language
            )
            if value != avoid:
                break
        return value

    def write(
        self,
        parts: list[tuple[list[Template], float]],
        who: Person,
        to: Person | None,
        talk: Conversation,
        *,
        manner: float = 1.0,
    ) -> tuple[str, Template] | None:
        """A whole message: what is certain, the rest by its chance, in the writer's voice; and the first's template.

        manner: how much of their own habits they let through; less where they write for the record.
        """
        for _ in range(4):
            talk_facts = dict(talk.facts)
            found = self._compose(parts, who, to, talk, manner)
            if found and self.remember(found[0]):
                return found
            talk.facts = talk_facts
        return None

    def _compose(
        self,
        parts: list[tuple[list[Template], float]],
        who: Person,
        to: Person | None,
        talk: Conversation,
        manner: float,
    ) -> tuple[str, Template] | None:
        pieces: list[str] = []
        first: Template | None = None
        for nth, (lines, chance) in enumerate(parts):
            if chance < 1.0 and self.rng.random() > chance * min(1.4, who.voice.length):
                continue
            found = self.line(lines, who, to, talk)
            if found is None:
                if nth == 0 or chance >= 1.0:
                    return None
                continue
            first = first or found[1]
            pieces.append(found[0])
        if not pieces or first is None:
            return None
        return self._voiced(pieces, who, talk, manner), first

    def _voiced(self, pieces: list[str], who: Person, talk: Conversation, manner: float) -> str:
        voice, rng, small = who.voice, self.rng, self.books[talk.language].small
        own = talk.language == who.languages[0]
        if len(pieces[0].split()) <= LONG and len(pieces) == 1:
            manner = 0.0  # a short word needs no frame
        if own and voice.opens and rng.random() < 0.12 * manner:
            pieces[0] = after_open(rng.choice(voice.opens), pieces[0], small)
        asides = voice.asides.get(talk.language)
        if asides and rng.random() < 0.11 * manner * voice.length:
            aside = self.line(asides, who, None, talk)
            if aside:
                if aside[1].uses >= ENOUGH:
                    asides.remove(aside[1])
                pieces.append(aside[0] if aside[0][-1] in ".!?" else aside[0] + ".")
        elif own and voice.closes and rng.random() < 0.08 * manner:
            pieces.append(rng.choice(voice.closes))
        text = in_voice(" ".join(pieces), voice, small, rng, talk.language)
        if voice.emoji and rng.random() < 0.16 * manner:
            text = f"{text} {rng.choice(voice.emoji)}"
        return text

    def generic(self, talk: Conversation, *keys: str) -> list[Template]:
        """The language's lines that fit anywhere."""
        lines = self.books[talk.language].generic().lines
        return next((lines[key] for key in keys if lines.get(key)), [])

    def subjects(self, language: str, kind: str) -> list[Subject]:
        """The subjects of one kind."""
        return [subject for subject in self.books[language].subjects if subject.kind == kind]


_SUBJECT_WORDS = {
    "gpx": "tracks",
    "crossings": "rivers",
    "stiles": "stiles",
    "private": "gates and chains",
    "access": "paths on wheels",
    "tiles": "the grey squares",
    "offline": "offline maps",
    "battery": "batteries",
    "elevation": "heights",
    "school": "mapping with children",
    "winter": "winter paths",
    "translate": "words",
}

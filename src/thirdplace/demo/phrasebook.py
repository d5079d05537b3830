"""The books of phrases: read from `words/<language>/*.txt`, by subject and by what a line does in a conversation."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from thirdplace.demo.grammar import Template

WORDS = Path(__file__).parent / "words"
LANGUAGES = ("en", "nl", "sv")
_KINDS = {"help": "help", "share": "share", "talk": "talk", "hosting": "hosting", "arriving": "hello"}


@dataclass
class Subject:
    """A thing people talk about: its lines by what they do, and when and where it comes up."""

    name: str
    kind: str
    language: str
    case: str = ""
    weight: float = 1.0
    tags: tuple[str, ...] = ()
    seasons: tuple[str, ...] = ()
    after: str = ""
    months: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()  # where one can say such things from experience; none: anywhere
    lines: dict[str, list[Template]] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Whether its heading said nothing but a name."""
        return self.weight == 1.0 and not (self.tags or self.seasons or self.after or self.months or self.regions)

    def take(self, other: "Subject") -> None:
        """Have what another heading of the same subject says."""
        self.weight, self.tags, self.seasons = other.weight, other.tags, other.seasons
        self.after, self.months, self.regions = other.after, other.months, other.regions

    def fits(self, region: str) -> bool:
        """Whether somebody from there would say such things."""
        return not self.regions or region in self.regions

    def variants(self, key: str) -> list[str]:
        """The kinds of this case, where its lines tell several apart."""
        return sorted({letter for template in self.lines.get(key, []) for letter in template.variant})


@dataclass
class Book:
    """All phrases of one language."""

    subjects: list[Subject] = field(default_factory=list)
    lexicon: dict[str, list[Template]] = field(default_factory=dict)
    small: frozenset[str] = frozenset()  # words that stand somewhere without a capital

    def generic(self) -> Subject:
        """What fits in any conversation."""
        return next(subject for subject in self.subjects if subject.kind == "generic")


@cache
def _texts(language: str) -> tuple[tuple[str, str], ...]:
    return tuple((path.stem, path.read_text("utf-8")) for path in sorted((WORDS / language).glob("*.txt")))


def open_book(language: str) -> Book:
    """A fresh copy of a language's phrases: writers use lines up, so nobody shares one."""
    book = Book()
    for stem, text in _texts(language):
        if stem == "lexicon":
            _read_lexicon(book, text)
        else:
            _read_subjects(book, text, stem.partition("_")[0], language)
    for subject in book.subjects:
        for asked, told in zip(subject.lines.get("clarify", []), subject.lines.get("detail", []), strict=False):
            asked.answer = told
    book.small = _small(language)
    return book


@cache
def _small(language: str) -> frozenset[str]:
    """Words that are no names: those that stand somewhere in small letters, and those that only begin a line."""
    phrases = "\n".join(text for stem, text in _texts(language) if stem != "lexicon")
    names = set(re.findall(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Ý][\w'’]*", phrases))
    names |= {
        word for stem, text in _texts(language) if stem == "lexicon" for word in re.findall(r"[A-ZÀ-Ý][\w'’]*", text)
    }
    first = {
        word.lower() for word in re.findall(r"(?m)^\w[\w.@+]*: (?:\{)?([A-ZÀ-Ý][\w'’]*)", phrases) if word not in names
    }
    return frozenset(first | set(re.findall(r"(?<![\w“])[a-zà-ÿ][a-zà-ÿ'’]*", phrases)))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _read_lexicon(book: Book, text: str) -> None:
    for line in _lines(text):
        key, _, values = line.partition(": ")
        book.lexicon.setdefault(key, []).extend(Template(value.strip(), key) for value in values.split(" | "))


def _read_subjects(book: Book, text: str, stem: str, language: str) -> None:
    subject: Subject | None = None
    for line in _lines(text):
        if line.startswith("= "):
            subject = _heading(line[2:].split(), stem, language)
            same = (subject.name, subject.kind, subject.case)
            earlier = [known for known in book.subjects if (known.name, known.kind, known.case) == same]
            if earlier and not subject.plain:
                earlier[0].take(subject)
            if earlier:
                subject = earlier[0]
            else:
                book.subjects.append(subject)
            continue
        key, _, words = line.partition(": ")
        if subject is None or not words:
            raise ValueError(f"A line of words/{language}/{stem} stands outside a subject or has no key: {line}")
        asked, _, answered = words.partition(" => ")
        key, _, season = key.partition("@")
        key, _, variant = key.partition(".")
        template = Template(asked, key)
        template.variant, template.seasons = variant, tuple(season.split("+")) if season else ()
        if answered:
            template.answer = Template(answered, "told")
        subject.lines.setdefault(key, []).append(template)


def _heading(words: list[str], stem: str, language: str) -> Subject:
    given = dict(word.split("=", 1) for word in words if "=" in word)
    plain = [word for word in words if "=" not in word]
    kind = _KINDS.get(stem, stem)
    case = ""
    for word in plain[1:]:
        if word in ("help", "share", "talk", "hello", "hosting", "generic"):
            kind = word
        else:
            case = word
    return Subject(
        plain[0],
        kind,
        language,
        case,
        float(given.get("weight", "1")),
        tuple(given.get("tags", "").split(",")) if "tags" in given else (),
        tuple(given.get("season", "").split(",")) if given.get("season", "all") != "all" else (),
        given.get("after", ""),
        tuple(int(month) for month in given["months"].split(",")) if "months" in given else (),
        tuple(given["regions"].split(",")) if "regions" in given else (),
    )

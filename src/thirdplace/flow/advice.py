"""Advice: what usually helps, in prose, one file each and one translation beside it."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import ModuleType

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from thirdplace.flow import definitions
from thirdplace.foundation.card import Card
from thirdplace.foundation.registry import Registry, WrongDefinition
from thirdplace.foundation.translation import gettext_noop

LABELS = {
    "en": ("Usually helps", "Rarely helps", "How sure are we"),
    "nl": ("Meestal helpt", "Zelden helpt", "Hoe zeker zijn we"),
    "sv": ("Brukar hjälpa", "Hjälper sällan", "Hur säkra är vi"),
}
_LABEL = re.compile(r"\*\*([^*:]+):\*\*\s*")
_INLINE = re.compile(r"\*\*(.+?)\*\*|`([a-z_]+)`")


@dataclass(frozen=True)
class Advice:
    """A piece of advice in one language. body: its paragraphs before the three lines that every piece ends with."""

    slug: str
    language: str
    title: str
    body: tuple[str, ...]
    usually: str
    rarely: str
    sure: str
    labels: tuple[str, str, str]

    def html(self, words: str) -> SafeString:
        """One of its texts as HTML: **bold**, and the name of an action as its verb. Nothing else is markup."""
        return mark_safe(_INLINE.sub(_inline, escape(words)))  # noqa: S308 - escaped first

    def plain(self, words: str) -> str:
        """One of its texts for the command line."""
        return _INLINE.sub(lambda found: found[1] or _verb(found[2]), words)


@dataclass(frozen=True)
class Written:
    """A piece of advice in all the languages that it was written in; English is always one of them."""

    slug: str
    texts: dict[str, Advice]

    def text(self, language: str | None = None) -> Advice:
        """The piece in a language, the reader's when none is named; else in English."""
        wanted = (language or get_language() or "en").split("-")[0]
        return self.texts.get(wanted) or self.texts["en"]

    @property
    def title(self) -> str:
        """What it is about, in the reader's language."""
        return self.text().title

    @property
    def card(self) -> Card:
        """What usually helps, as other definitions show their cards: its first paragraph, and its three lines."""
        text = self.text()
        lines = dict(zip(text.labels, (text.usually, text.rarely, text.sure), strict=True))
        return Card(
            text.plain(text.body[0] if text.body else text.usually),
            {name: text.plain(each) for name, each in lines.items()},
        )

    @property
    def suggests(self) -> set[str]:
        """The names of the actions that stand in it, in any language."""
        words = (each for text in self.texts.values() for each in (*text.body, text.usually, text.rarely, text.sure))
        return {found[2] for each in words for found in _INLINE.finditer(each) if found[2]}


pieces: Registry[Written] = Registry(gettext_noop("advice"), "pieces of advice")


def advice(slug: str, *, language: str | None = None) -> Advice | None:
    """The advice of this name in the reader's language, else in English; None when nobody has written any."""
    definitions.load()
    found = pieces.get(slug)
    return found.text(language) if found else None


def slugs() -> list[str]:
    """The names of all pieces, in order."""
    definitions.load()
    return list(pieces)


def require(slug: str) -> Advice:
    """The advice of this name, or a word that there is none."""
    definitions.load()
    return pieces[slug].text()


def find(package: ModuleType) -> None:
    """Register every piece in a package, found by walking its folders. Refused when one of them is no advice."""
    roots = package.__path__ if hasattr(package, "__path__") else [str(Path(package.__file__ or "").parent)]
    for root in roots:
        for path, piece in _below(Path(root)):
            if piece.slug in pieces and pieces.file(piece.slug) == str(path):
                pieces.forget(piece.slug)  # the same file, read again
            pieces.register(piece.slug, piece, file=str(path))


def _below(root: Path) -> Iterator[tuple[Path, Written]]:
    """Every piece in a folder, with its English file: `name.md`, and its translations beside it."""
    paths = sorted(root.rglob("advice/*.md"), key=lambda path: (path.parent, path.name.split(".")[0], path.name))
    for (folder, slug), files in groupby(paths, key=lambda path: (path.parent, path.name.split(".")[0])):
        texts = {text.language: text for text in map(read, files)}
        if "en" not in texts:
            raise WrongDefinition(
                f"The advice {slug} is not there in English.", f"Write {slug}.md beside it.", str(folder / f"{slug}.md")
            )
        yield folder / f"{slug}.md", Written(slug, texts)


def read(path: Path) -> Advice:
    """A piece from its file: `name.md` is English, `name.nl.md` Dutch. Refused when one of its lines is missing."""
    slug, _, language = path.name.removesuffix(".md").partition(".")
    language = language or "en"
    if language not in LABELS:
        raise WrongDefinition(
            f"The advice {path.name} is in a language that we do not speak.",
            f"Name it {slug}.md, or after one of: {', '.join(LABELS)}.", str(path),
        )  # fmt: skip
    labels = LABELS[language]
    title, _, rest = path.read_text(encoding="utf-8").strip().partition("\n")
    if not title.startswith("# "):
        raise WrongDefinition(f"The advice {path.name} has no title.", "Begin it with '# ' and the title.", str(path))
    body, said = _parts(rest, labels, path)
    for label in labels:
        if not said.get(label):
            near = difflib.get_close_matches(label, set(said) - set(labels), n=1)
            mend = f"Write '{label}' where it says '{near[0]}'." if near else f"Add a line '**{label}:** …'."
            raise WrongDefinition(f"The advice {path.name} lacks '{label}'.", mend, str(path))
    usually, rarely, sure = (said[label] for label in labels)
    return Advice(slug, language, title[2:].strip(), tuple(body), usually, rarely, sure, labels)


def _parts(rest: str, labels: tuple[str, str, str], path: Path) -> tuple[list[str], dict[str, str]]:
    """Its paragraphs, and what stands behind each label, those too that no piece has."""
    said: dict[str, str] = {}
    body: list[str] = []
    for paragraph in re.split(r"\n\s*\n", rest.strip()):
        words = " ".join(paragraph.split())
        found = _LABEL.split(words)
        if len(found) < 3 or found[0]:
            body += [words] if words else []
            continue
        if not set(found[1::2]) & set(labels):
            body.append(words)
        for label, text in zip(found[1::2], found[2::2], strict=True):
            if label in said and label in labels:
                raise WrongDefinition(f"The advice {path.name} says '{label}' twice.", "Keep one of them.", str(path))
            said[label] = text.strip()
    return body, said


def _inline(found: re.Match[str]) -> str:
    return f"<strong>{found[1]}</strong>" if found[1] else f"<b>{escape(_verb(found[2]))}</b>"


def _verb(slug: str) -> str:
    """The name of an action as people read it; as written when there is none of that name."""
    from thirdplace.flow.actions import actions

    known = actions.get(slug)
    return known.verb if known else slug

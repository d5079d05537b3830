"""Advice: what usually helps, in prose, one file each and one translation beside it."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from thirdplace.flow import definitions
from thirdplace.foundation.errors import NotFound
from thirdplace.foundation.registry import WrongDefinition

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


def advice(slug: str, *, language: str | None = None) -> Advice | None:
    """The advice of this name in the reader's language, else in English; None when nobody has written any."""
    wanted = (language or get_language() or "en").split("-")[0]
    found = _all()
    return found.get((slug, wanted)) or found.get((slug, "en"))


def slugs() -> list[str]:
    """The names of all pieces, in order."""
    return sorted({slug for slug, _ in _all()})


def require(slug: str) -> Advice:
    """The advice of this name, or a word that there is none."""
    if (found := advice(slug)) is None:
        there = ", ".join(slugs())
        raise NotFound(
            gettext("There is no advice called '%(slug)s'.") % {"slug": slug},
            gettext("There are: %(names)s.") % {"names": there},
        )
    return found


def _all() -> dict[tuple[str, str], Advice]:
    """Every piece by name and language, found by walking the rooms and the packages that settings name."""
    definitions.load()
    made: dict[tuple[str, str], Advice] = {}
    for package in [import_module("thirdplace.practice"), *definitions.packages()]:
        for piece in of_package(package):
            made.setdefault((piece.slug, piece.language), piece)
    return made


def of_package(package: ModuleType) -> list[Advice]:
    """Every piece in a package. Refused when one of them is no advice."""
    roots = package.__path__ if hasattr(package, "__path__") else [str(Path(package.__file__ or "").parent)]
    return [piece for root in roots for piece in _below(str(root))]


@cache
def _below(root: str) -> tuple[Advice, ...]:
    return tuple(read(path) for path in sorted(Path(root).rglob("advice/*.md")))


def read(path: Path) -> Advice:
    """A piece from its file: `name.md` is English, `name.nl.md` Dutch. Refused when one of its lines is missing."""
    slug, _, language = path.name.removesuffix(".md").partition(".")
    language = language or "en"
    labels = LABELS.get(language, LABELS["en"])
    title, _, rest = path.read_text(encoding="utf-8").strip().partition("\n")
    if not title.startswith("# "):
        raise WrongDefinition(f"The advice {path.name} has no title.", "Begin it with '# ' and the title.", str(path))
    said: dict[str, str] = {}
    body: list[str] = []
    for paragraph in re.split(r"\n\s*\n", rest.strip()):
        words = " ".join(paragraph.split())
        pieces = _LABEL.split(words)
        if len(pieces) > 1 and not pieces[0] and pieces[1] in labels:
            said.update((label, text.strip()) for label, text in zip(pieces[1::2], pieces[2::2], strict=True))
        elif words:
            body.append(words)
    for label in labels:
        if not said.get(label):
            raise WrongDefinition(
                f"The advice {path.name} lacks '{label}'.", f"Add a line '**{label}:** …'.", str(path)
            )
    usually, rarely, sure = (said[label] for label in labels)
    return Advice(slug, language, title[2:].strip(), tuple(body), usually, rarely, sure, labels)


def _inline(found: re.Match[str]) -> str:
    return f"<strong>{found[1]}</strong>" if found[1] else f"<b>{escape(_verb(found[2]))}</b>"


def _verb(slug: str) -> str:
    """The name of an action as people read it; as written when there is none of that name."""
    from thirdplace.flow.actions import actions

    known = actions.get(slug)
    return known.verb if known else slug

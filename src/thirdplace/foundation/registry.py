"""Definitions by name: found by walking folders, never by editing a list."""

import difflib
import importlib
import inspect
import pkgutil
from collections.abc import ItemsView, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeVar

from thirdplace.foundation.errors import NotFound
from thirdplace.foundation.translation import gettext

T = TypeVar("T")


class WrongDefinition(Exception):
    """A definition that cannot be used. Ours stops the start; another package's is set aside. Names file and mend."""

    def __init__(self, what: str, mend: str, file: str) -> None:
        super().__init__(f"{what} {mend} ({file})")
        self.what = what
        self.mend = mend
        self.file = file


def file_of(thing: Any) -> str:
    """The file that defines a class or function; its module's name where there is no file."""
    try:
        return inspect.getfile(inspect.unwrap(thing) if callable(thing) else type(thing))
    except (TypeError, OSError):
        return str(getattr(thing, "__module__", "an unknown file"))


class Registry(Generic[T]):
    """All definitions of one sort, in the order of their slugs.

    one and many: the sort's name in plain English, such as "measure" and "measures".
    """

    def __init__(self, one: str, many: str) -> None:
        self.one = one
        self.many = many
        self._things: dict[str, T] = {}
        self._files: dict[str, str] = {}

    def register(self, slug: str, thing: T, *, file: str | None = None) -> T:
        """Add a definition. A second one of the same name is refused, with both files named."""
        file = file or file_of(thing)
        if not slug.isidentifier():
            raise WrongDefinition(
                f"'{slug}' cannot be the name of a {self.one}.", "Use letters, digits and underscores.", file
            )
        if slug in self._things and not self._is_made_again(slug, thing, file):
            raise WrongDefinition(
                f"Two {self.many} are called '{slug}': {self._files[slug]} and {file}.", "Rename one of them.", file
            )
        self._things[slug] = thing
        self._files[slug] = file
        return thing

    def _is_made_again(self, slug: str, thing: T, file: str) -> bool:
        """Whether a module was only loaded a second time."""
        before = getattr(self._things[slug], "__qualname__", None)
        return file == self._files[slug] and before is not None and before == getattr(thing, "__qualname__", None)

    def forget(self, slug: str) -> None:
        """Take a definition out again: for a package that was set aside, and for tests."""
        self._things.pop(slug, None)
        self._files.pop(slug, None)

    def file(self, slug: str) -> str:
        """The file that defines it."""
        self[slug]
        return self._files[slug]

    def __getitem__(self, slug: str) -> T:
        if slug in self._things:
            return self._things[slug]
        near = self.nearest(slug)
        what = gettext("There is no %(sort)s called '%(slug)s'.") % {"sort": gettext(self.one), "slug": slug}
        if near:
            raise NotFound(what, gettext("Did you mean '%(near)s'?") % {"near": near})
        there = ", ".join(self) or gettext("none at all")
        raise NotFound(what, gettext("There are: %(names)s.") % {"names": there})

    def nearest(self, slug: str) -> str | None:
        """The name that somebody who wrote this one may have meant."""
        plain = slug.strip().lower().replace("-", "_").replace(" ", "_")
        near = difflib.get_close_matches(plain, self._things, n=1, cutoff=0.6)
        return near[0] if near else None

    def get(self, slug: str) -> T | None:
        """The definition, or None."""
        return self._things.get(slug)

    def values(self) -> list[T]:
        """All definitions, in the order of their slugs."""
        return [self._things[slug] for slug in self]

    def items(self) -> ItemsView[str, T]:
        """Slugs and definitions, in the order of their slugs."""
        return {slug: self._things[slug] for slug in self}.items()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._things))

    def __contains__(self, slug: object) -> bool:
        return slug in self._things

    def __len__(self) -> int:
        return len(self._things)


def walk(package: str | ModuleType) -> list[ModuleType]:
    """Import every module below a package, in the order of names: so what they define is registered."""
    root = importlib.import_module(package) if isinstance(package, str) else package
    found = [root]
    for path in sorted(getattr(root, "__path__", ())):
        for module in sorted(pkgutil.iter_modules([str(Path(path))]), key=lambda each: each.name):
            found.extend(walk(f"{root.__name__}.{module.name}"))
    return found

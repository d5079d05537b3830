"""Where pages stand in the house. Each page module declares itself; nothing keeps a list of pages."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
TOP, FOOT, UNLISTED = "top", "foot", "unlisted"


@dataclass(frozen=True)
class Area:
    """One of the eight areas of work."""

    slug: str
    title: Words
    icon: str


AREAS = (
    Area("analyse", _("Analyse"), "activity"),
    Area("advise", _("Advise"), "lightbulb"),
    Area("create", _("Create"), "pen-line"),
    Area("organise", _("Organise"), "calendar-days"),
    Area("guide", _("Guide"), "sprout"),
    Area("manage", _("Manage"), "clipboard-list"),
    Area("communicate", _("Communicate"), "messages-square"),
    Area("moderate", _("Moderate"), "shield-check"),
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page that can be gone to.

    url: the name of its address, without arguments. area: TOP, FOOT, UNLISTED (palette only) or the slug of one of
    AREAS. order: its place among its neighbours. covers: names of other addresses during which this page is the present
    one. count: what waits there for a person, shown grey; None shows nothing. tab: stands in the phone's bottom bar.
    """

    url: str
    title: Words
    area: str
    icon: str = ""
    order: int = 50
    covers: tuple[str, ...] = field(default=())
    count: Callable[[HttpRequest], int | None] | None = None
    tab: bool = False


_pages: dict[str, Page] = {}


def page(**given: object) -> Page:
    """Declare a page; call it once in the page's own module, with the fields of Page."""
    made = Page(**given)  # type: ignore[arg-type]
    if made.area not in {TOP, FOOT, UNLISTED, *(area.slug for area in AREAS)}:
        raise ValueError(f"The page '{made.url}' says area '{made.area}'. Name one of the areas in face/web/places.py.")
    known = _pages.setdefault(made.url, made)
    if known != made:
        raise ValueError(f"Two pages are called '{made.url}'. Rename the address of one of them.")
    return made


def pages(area: str | None = None) -> list[Page]:
    """The declared pages of an area, or all, in their order."""
    listed = [one for one in _pages.values() if area is None or one.area == area]
    return sorted(listed, key=lambda one: (one.order, one.url))


def tabs() -> list[Page]:
    """The pages of the phone's bottom bar: the top of the house, then the areas, then what opens the rest."""
    ranks = {TOP: 0, **{area.slug: nth + 1 for nth, area in enumerate(AREAS)}}
    return sorted((one for one in _pages.values() if one.tab), key=lambda one: (ranks.get(one.area, 99), one.order))


def modules(package: str) -> Iterator[ModuleType]:
    """Import every module of a package, and so let its pages declare themselves; nothing when there is no package."""
    if importlib.util.find_spec(package) is None:
        return
    home = importlib.import_module(package)
    for found in sorted(pkgutil.iter_modules(home.__path__), key=lambda module: module.name):
        yield importlib.import_module(f"{package}.{found.name}")


def addresses(package: str) -> list[URLPattern | URLResolver]:
    """The `urlpatterns` of every module of a package."""
    return [pattern for module in modules(package) for pattern in getattr(module, "urlpatterns", [])]

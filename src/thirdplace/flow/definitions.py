"""Loading every definition: ours by walking the rooms, other packages' when settings name them."""

import importlib
import threading
import traceback
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from django.utils.translation import gettext

from thirdplace import settings
from thirdplace.foundation.connectors.connector import connectors
from thirdplace.foundation.jobs.slots import refuse_other_packages
from thirdplace.foundation.registry import Registry, WrongDefinition, walk

GROUP = "thirdplace.definitions"
OURS = ("thirdplace.foundation.connectors", "thirdplace.practice", "thirdplace.flow.tasks")


@dataclass(frozen=True)
class Broken:
    """A package whose definitions were set aside, why, and the mend."""

    package: str
    what: str
    remedy: str


class _Loaded:
    """What has been loaded in this process."""

    lock = threading.RLock()
    whole = False
    broken: dict[str, Broken] = {}  # noqa: RUF012 - one for the process
    packages: list[ModuleType] = []  # noqa: RUF012


def load() -> None:
    """Find all definitions, once in a process. Ours, when wrong, stop the start; another package's is set aside.

    Refused where a worker is at work with other packages.
    """
    with _Loaded.lock:
        if _Loaded.whole:
            return
        refuse_other_packages(settings.DATA / "run")
        for package in OURS:
            load_ours(package)
        _find_advice(importlib.import_module("thirdplace.practice"))
        _check_names()
        for name in settings.PLUGINS:
            add(name)
        _Loaded.whole = True


def broken() -> list[Broken]:
    """The packages that were set aside, and those of which a measure failed at work, by name."""
    from thirdplace.foundation.engine.measuring import failed, measures

    told = {owner(measures.file(slug)): error for slug, error in failed.items() if slug in measures}
    found = {name: _as_broken(name, error) for name, error in told.items()} | _Loaded.broken
    return [found[name] for name in sorted(found)]


def packages() -> list[ModuleType]:
    """Other packages whose definitions run here."""
    return list(_Loaded.packages)


def owner(file: str) -> str:
    """The package that a definition's file belongs to; "" for Thirdplace's own."""
    for package in _Loaded.packages:
        root = Path(package.__file__ or "").parent if hasattr(package, "__path__") else Path(package.__file__ or "")
        if Path(file).is_relative_to(root):
            return package.__name__.partition(".")[0]
    return ""


def set_aside(package: str, error: BaseException) -> None:
    """Report that another package's definition failed at work; the others go on."""
    _Loaded.broken[package] = _as_broken(package, error)


def forgive(package: str) -> None:
    """Take back the report of a package that failed at work: it has been mended, or is asked once more."""
    _Loaded.broken.pop(package, None)


def registries() -> "list[Registry[Any]]":
    """Every registry that a definition can enter."""
    from thirdplace.flow.actions import actions
    from thirdplace.flow.advice import pieces
    from thirdplace.flow.reports import reports
    from thirdplace.flow.signals import signals
    from thirdplace.foundation.engine import measures
    from thirdplace.foundation.engine.pictures import pictures
    from thirdplace.foundation.jobs.tasks import tasks

    return [connectors, measures, pictures, signals, pieces, actions, reports, tasks]


def load_ours(package: str) -> None:
    """Walk a package of Thirdplace itself; what is wrong with it stops here, naming the file and the mend."""
    try:
        walk(package)
    except WrongDefinition:
        raise
    except Exception as error:
        at = [each.filename for each in traceback.extract_tb(error.__traceback__) if not each.filename.startswith("<")]
        file = getattr(error, "filename", None) or (at[-1] if at else package)
        raise WrongDefinition(
            f"A definition cannot be loaded: {type(error).__name__}: {error}.",
            "Mend that file; nothing starts before.",
            file,
        ) from error


def add(name: str) -> bool:
    """Let another package's definitions run, all of them or none; whether they do. One that is broken is reported."""
    before = [set(registry) for registry in registries()]
    try:
        found = [_module(point) for point in _entry_points(name)] or [importlib.import_module(name)]
        for module in found:
            walk(module)
            _find_advice(module)
        _check_names()
    except Exception as error:  # noqa: BLE001 - whatever it raises, the house stands and says so
        _forget_since(before)
        _Loaded.broken[name] = _as_broken(name, error)
        return False
    _Loaded.packages.extend(found)
    return True


def take_out(name: str) -> None:
    """Forget a package and what it defined: when it was uninstalled while we ran, and for tests."""
    for registry in registries():
        for slug in [slug for slug in registry if owner(registry.file(slug)) == name]:
            registry.forget(slug)
    _Loaded.packages[:] = [each for each in _Loaded.packages if each.__name__.partition(".")[0] != name]
    _Loaded.broken.pop(name, None)


def _find_advice(module: ModuleType) -> None:
    """Register a package's advice now, so that what is wrong with it is said before a page shows it."""
    from thirdplace.flow import advice

    advice.find(module)


def _forget_since(before: list[set[str]]) -> None:
    for registry, had in zip(registries(), before, strict=True):
        for slug in set(registry) - had:
            registry.forget(slug)


def _entry_points(name: str) -> list[EntryPoint]:
    """The entry points of a package, by the name of its distribution or of its module."""
    plain = name.replace("-", "_").lower()
    return [
        point
        for point in entry_points(group=GROUP)
        if plain in {(point.dist.name if point.dist else "").replace("-", "_").lower(), point.module.partition(".")[0]}
    ]


def _module(point: EntryPoint) -> ModuleType:
    loaded = point.load()
    return loaded if isinstance(loaded, ModuleType) else importlib.import_module(point.module)


def _as_broken(name: str, error: BaseException) -> Broken:
    if isinstance(error, WrongDefinition):
        return Broken(name, error.what, f"{error.mend} ({error.file})")
    if isinstance(error, ModuleNotFoundError) and error.name == name:
        what = gettext("No package called “%(name)s” is installed.") % {"name": name}
        return Broken(name, what, gettext("Install it, or take it out of THIRDPLACE_PLUGINS."))
    what = gettext("The definitions of “%(name)s” do not run: %(error)s.") % {
        "name": name,
        "error": f"{type(error).__name__}: {error}".rstrip("."),
    }
    return Broken(name, what, gettext("Tell its makers, or take it out of THIRDPLACE_PLUGINS."))


def _check_names() -> None:
    """Refuse names that lead nowhere: what signals and advice suggest, what actions expect, what reports tell of."""
    from thirdplace.flow.actions import actions
    from thirdplace.flow.advice import pieces
    from thirdplace.flow.reports import reports
    from thirdplace.flow.signals import signals
    from thirdplace.foundation.engine import measures

    for signal in signals.values():
        if signal.suggests not in actions:
            raise _leads_nowhere(
                signal.slug, "suggests the action", signal.suggests, actions, signals.file(signal.slug)
            )
    for piece in pieces.values():
        for name in sorted(piece.suggests - set(actions)):
            raise _leads_nowhere(piece.slug, "suggests the action", name, actions, pieces.file(piece.slug))
    for report in reports.values():
        for name in sorted(set(report.tells) - set(measures)):
            raise _leads_nowhere(report.slug, "tells of the measure", name, measures, reports.file(report.slug))
    for action in actions.values():
        file = actions.file(action.slug)
        if action.undo is not None and action.undo not in actions:
            raise _leads_nowhere(action.slug, "is undone by the action", action.undo, actions, file)
        if action.expects is not None and action.expects.measure not in measures:
            raise _leads_nowhere(
                action.slug, "expects something of the measure", action.expects.measure, measures, file
            )


def _leads_nowhere(slug: str, how: str, name: str, registry: Registry[Any], file: str) -> WrongDefinition:
    near = registry.nearest(name)
    mend = f"Did you mean '{near}'?" if near else f"There are: {', '.join(registry)}."
    return WrongDefinition(f"{slug} {how} '{name}', which is not there.", mend, file)

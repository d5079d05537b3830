"""Queries of definitions, compiled once for each state of the code: a process that only asks never loads Ibis.

Ours come compiled (`queries.json`, made by scripts/compile_queries.py); whatever is not in it, or was changed since, is
compiled when it is first asked and kept in the data folder.
"""

import hashlib
import json
import sys
import threading
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from thirdplace import settings

SHIPPED = Path(__file__).with_name("queries.json")
WRITERS = ("conversations", "days", "expr", "look", "rollups", "shapes", "standing")  # what any query is written with
_lock = threading.Lock()
_known: dict[tuple[str, str], str] = {}


def remembered(name: str, make: Callable[[], str], *, module: str) -> str:
    """A query by its name; made when it is not known for the code as it is. module: what defines it."""
    mark = mark_of(module)
    if (mark, name) not in _known:
        _take(_read(SHIPPED))
        _take(_read(_path(mark)))
    if (mark, name) not in _known:
        _known[mark, name] = make()
        _write(mark)
    return _known[mark, name]


@cache
def mark_of(module: str) -> str:
    """Names the code that a definition stands on: what queries are written with, and its own package or room."""
    digest = hashlib.sha256(f"{version('ibis-framework')} {version('sqlglot')}".encode())
    here = Path(__file__).parent
    for path in [*(here / f"{name}.py" for name in WRITERS), *sorted(_files(module))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def keep(mark_and_query: dict[str, tuple[str, str]], path: Path) -> None:
    """Write queries and their marks, by name, in the place of what was there: all of them or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{uuid4().hex}")
    new.write_text(json.dumps(mark_and_query, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    new.replace(path)


def known(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """What has been asked so far of some names, with its mark. (As a list: other threads add to it meanwhile.)"""
    wanted = set(names)
    return {name: (mark, query) for (mark, name), query in list(_known.items()) if name in wanted}


def _files(module: str) -> Iterable[Path]:
    """The code of the package that a module belongs to; of ours, the measures, pictures and signals of its room."""
    parts = module.split(".")
    if parts[:2] == ["thirdplace", "practice"]:
        room = Path(sys.modules[".".join(parts[:3])].__path__[0])
        return [path for folder in (".", "measures", "pictures", "signals") for path in (room / folder).glob("*.py")]
    if parts[0] == "thirdplace":
        return []
    package = sys.modules.get(parts[0])
    folders = list(getattr(package, "__path__", []))
    if folders:
        return [path for folder in folders for path in Path(folder).rglob("*.py")]
    file = getattr(package, "__file__", None)
    return [Path(file)] if file else []


def _path(mark: str) -> Path:
    return settings.DATA / "queries" / f"{mark}.json"


def _read(path: Path) -> dict[str, tuple[str, str]]:
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
        return {name: (mark, query) for name, (mark, query) in there.items()}
    except (FileNotFoundError, ValueError, AttributeError):
        return {}


def _take(queries: dict[str, tuple[str, str]]) -> None:
    for name, (mark, query) in queries.items():
        _known.setdefault((mark, name), query)


def _write(mark: str) -> None:
    with _lock:
        _take(_read(_path(mark)))
        keep({name: (of, query) for (of, name), query in list(_known.items()) if of == mark}, _path(mark))

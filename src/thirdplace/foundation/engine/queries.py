"""Queries of definitions, compiled once for each state of the code: a process that only asks never loads Ibis."""

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

_here = Path(__file__).parent
_lock = threading.Lock()
_known: dict[tuple[str, str], str] = {}


def remembered(name: str, make: Callable[[], str], *, module: str) -> str:
    """A query by its name; made when it is not known for the code as it is. module: what defines it."""
    mark = mark_of(module)
    if (mark, name) not in _known:
        _read(mark)
    if (mark, name) not in _known:
        _known[mark, name] = make()
        _write(mark)
    return _known[mark, name]


@cache
def mark_of(module: str) -> str:
    """Names the code that a definition stands on: the engine's, and its own package's."""
    digest = hashlib.sha256(f"{version('ibis-framework')} {version('sqlglot')} {sys.version}".encode())
    for path in sorted({*_here.rglob("*.py"), *_files(module)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files(module: str) -> Iterable[Path]:
    """The code of the package that a module belongs to; of ours, that of its storey."""
    parts = module.split(".")
    top = ".".join(parts[:2]) if parts[0] == "thirdplace" else parts[0]
    package = sys.modules.get(top)
    folders = list(getattr(package, "__path__", []))
    if folders:
        return [path for folder in folders for path in Path(folder).rglob("*.py")]
    file = getattr(package, "__file__", None)
    return [Path(file)] if file else []


def _path(mark: str) -> Path:
    return settings.DATA / "queries" / f"{mark}.json"


def _read(mark: str) -> None:
    try:
        there = json.loads(_path(mark).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return
    for name, query in there.items():
        _known.setdefault((mark, name), query)


def _write(mark: str) -> None:
    """Keep what is known of this code, in the place of what was kept: all of it or nothing."""
    with _lock:
        _read(mark)
        path = _path(mark)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{uuid4().hex}")
        new.write_text(json.dumps({name: query for (of, name), query in _known.items() if of == mark}))
        new.replace(path)

"""What `demo` does: make Hedgerow once in a folder of its own, import it like any export, and serve it."""

import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import NoReturn

import thirdplace
from thirdplace.face.cli.asked import Asked, note
from thirdplace.face.cli.inert import inert
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.translation import gettext

STALE = 7  # days after which a demo's last day is worth a word
MARK = "demo.json"  # says that a folder is a demo's: begun, or made whole with this seed by this version


def folder(asked: Asked) -> Path:
    """The demo's folder: the one asked for, or one in this account's cache."""
    if asked.data is not None:
        return asked.data.expanduser().absolute()
    if named := os.environ.get("THIRDPLACE_DATA"):
        return Path(named).expanduser().absolute()
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "thirdplace" / "demo"


def make(asked: Asked, where: Path, *, seed: int, fresh: bool) -> None:
    """Make the demo in a folder, unless it stands there already."""
    wanted = {"seed": seed, "version": thirdplace.__version__, "whole": True}
    known = _mark(where)
    if known is not None and not fresh and wanted.items() <= known.items():
        _say_age(known)
        return
    if known is None and where.exists() and any(where.iterdir()):
        raise ThirdplaceError(
            gettext("%(folder)s holds something else than the demo.") % {"folder": where},
            gettext("Choose an empty folder with --data, or leave it out."),
        )
    from thirdplace.face.cli.serving import only_one

    where.mkdir(parents=True, exist_ok=True)
    with only_one(where):
        for each in where.iterdir():
            if each.name not in ("run", MARK):
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        _write(where, {**wanted, "whole": False})
        _fill(asked, where, seed=seed)
        _write(where, {**wanted, "made_at": time.time()})


def serve(asked: Asked, *, port: int | None, opens: bool) -> NoReturn:
    """Become `serve`, in a fresh process: what making the demo took is given back."""
    words = ["serve", "--data", str(asked.data)]
    words += ["--port", str(port)] if port else []
    words += ["--open"] if opens else []
    words += ["--json"] if asked.as_json else []
    os.environ["THIRDPLACE_DEMO"] = "1"
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "thirdplace", *words])  # noqa: S606 - ourselves


def _fill(asked: Asked, where: Path, *, seed: int) -> None:
    """Write the exports, read them like anybody's, and do what the steward of the story did."""
    began = time.monotonic()
    asked.begin(mend=False)
    from django.utils import timezone

    from thirdplace import demo

    demo.settle(where / "exports", seed=seed, wall=timezone.now(), tell=lambda words: note(inert(words)))
    note(gettext("Ready after %(seconds)s s.") % {"seconds": f"{time.monotonic() - began:.1f}"})


def _say_age(known: dict[str, object]) -> None:
    """A demo ends on the day it was made: say so when that is long ago."""
    days = (time.time() - float(str(known.get("made_at", time.time())))) / 86_400
    if days >= STALE:
        told = {"days": round(days)}
        note(gettext("This demo ends %(days)s days ago, when it was made. --fresh makes it anew.") % told)


def _mark(where: Path) -> dict[str, object] | None:
    try:
        known = json.loads((where / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return known if isinstance(known, dict) else None


def _write(where: Path, mark: dict[str, object]) -> None:
    fresh = where / f"{MARK}.new"
    fresh.write_text(json.dumps(mark), encoding="utf-8")
    fresh.replace(where / MARK)

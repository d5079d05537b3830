"""Reading settings from the environment, with a clear word when one is wrong."""

import os
import re
from pathlib import Path

from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.translation import gettext

_ODD = re.compile(r"[\[\]\\*?]|%[0-9A-Fa-f]{2}")  # read as something else on the way to the lake's files


def _raw(name: str) -> str | None:
    """The variable, or the contents of the file that `<name>_FILE` points at; None when neither is set."""
    if name in os.environ:
        return os.environ[name]
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
            raise ThirdplaceError(
                f"{name}_FILE is '{path}', which cannot be read ({why}).",
                "Point it at a readable file, or leave it out.",
            ) from error
    return None


def text(name: str, *, default: str, help: str) -> str:  # noqa: ARG001, A002 - the help is read by the docs
    """A setting that is words."""
    raw = _raw(name)
    return default if raw is None else raw


def folder(name: str, *, default: str, help: str) -> Path:  # noqa: ARG001, A002
    """A setting that is a folder; it need not exist yet."""
    raw = _raw(name)
    return Path(default if raw is None or not raw else raw).expanduser().absolute()


def number(name: str, *, default: int, help: str) -> int:  # noqa: ARG001, A002
    """A setting that is a whole number, none below zero."""
    raw = _raw(name)
    if raw is None:
        return default
    try:
        told = int(raw)
        if told >= 0:
            return told
        raise ValueError
    except ValueError:
        raise ThirdplaceError(f"{name} is '{raw}'.", f"Write a whole number, such as {default}.") from None


def words(name: str, *, default: tuple[str, ...] = (), help: str) -> tuple[str, ...]:  # noqa: ARG001, A002
    """A setting that is a list of words, separated by commas."""
    raw = _raw(name)
    return default if raw is None else tuple(word.strip() for word in raw.split(",") if word.strip())


def refuse_odd(folder: Path) -> None:
    """Refuse a data folder at an address that the lake's engines read as a pattern or an escape."""
    for path in (folder, folder.resolve()):
        if _ODD.search(str(path)):
            raise ThirdplaceError(
                gettext("The lake cannot be kept in %(folder)s: there is a sign in its name that files are asked by.")
                % {"folder": path},
                gettext("Choose a folder whose path has no bracket, star, question mark, backslash or percent sign."),
            )

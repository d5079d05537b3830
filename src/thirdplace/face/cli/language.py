"""The language of the terminal: LANGUAGE, LC_ALL, LC_MESSAGES or LANG, from our own catalogues, without Django."""

import gettext
import os
from pathlib import Path

from thirdplace.foundation.translation import speak_with

LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"
DOMAIN = "django"  # one set of catalogues serves the pages and the terminal

CLICK = (  # what the library that reads our commands says of itself
    "Usage:", "Options", "Commands", "Aborted!", "Error: {message}", "Invalid value: {message}", "default: {default}",
    "Invalid value for {param_hint}: {message}", "Missing argument", "Missing command.", "Missing option",
    "No such option {name!r}.", "Option {name!r} does not take a value.", "Show the version and exit.",
    "Show this message and exit.", "Try '{command} {option}' for help.", "Choose from:\n\t{choices}",
    "{value!r} is not a valid {number_type}.", "{value} is not in the range {range}.",
)  # fmt: skip


def language() -> str:
    """The language asked for, of those we have: en, nl or sv."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wish in os.environ.get(name, "").split(":"):
            code = wish.partition(".")[0].partition("@")[0].replace("_", "-").lower()
            if (short := code.partition("-")[0]) in _known():
                return short
            if code in ("c", "posix") or code.startswith("en"):
                return "en"
    return "en"


def _known() -> set[str]:
    return {folder.name for folder in LOCALE.glob("*") if (folder / "LC_MESSAGES" / f"{DOMAIN}.mo").exists()}


def speak() -> None:
    """Speak it: our own sentences, and click's, which asks the standard library."""
    wanted = language()
    os.environ["LANGUAGE"] = wanted  # what the standard library looks at first
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    speak_with(gettext.translation(DOMAIN, str(LOCALE), [wanted], fallback=True).gettext)

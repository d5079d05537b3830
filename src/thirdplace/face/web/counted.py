"""What an archive was found to hold, in words: the plain names of the formats, as connectors count them."""

from collections.abc import Callable, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

NAMES: dict[str, Callable[[int], str]] = {
    "messages": lambda n: ngettext("%(n)s message", "%(n)s messages", n),
    "rows": lambda n: ngettext("%(n)s message", "%(n)s messages", n),
    "posts": lambda n: ngettext("%(n)s post", "%(n)s posts", n),
    "topics": lambda n: ngettext("%(n)s topic", "%(n)s topics", n),
    "questions": lambda n: ngettext("%(n)s question", "%(n)s questions", n),
    "answers": lambda n: ngettext("%(n)s answer", "%(n)s answers", n),
    "comments": lambda n: ngettext("%(n)s comment", "%(n)s comments", n),
    "threads": lambda n: ngettext("%(n)s thread", "%(n)s threads", n),
    "replies": lambda n: ngettext("%(n)s reply", "%(n)s replies", n),
    "channels": lambda n: ngettext("%(n)s channel", "%(n)s channels", n),
    "authors": lambda n: ngettext("%(n)s person", "%(n)s people", n),
    "users": lambda n: ngettext("%(n)s person", "%(n)s people", n),
    "reactions": lambda n: ngettext("%(n)s reaction", "%(n)s reactions", n),
    "identities": lambda n: ngettext("%(n)s account", "%(n)s accounts", n),
    "votes": lambda n: ngettext("%(n)s vote", "%(n)s votes", n),
    "badges": lambda n: ngettext("%(n)s badge", "%(n)s badges", n),
    "accepted": lambda n: ngettext("%(n)s accepted answer", "%(n)s accepted answers", n),
    "bots": lambda n: ngettext("%(n)s bot", "%(n)s bots", n),
    "files": lambda n: ngettext("%(n)s file", "%(n)s files", n),
}


def number(n: int) -> str:
    """A whole number with its thousands apart."""
    return number_format(n, force_grouping=True)


def found(counts: Mapping[str, int], *, most: int = 4) -> str:
    """The first few of what was found, as people say it; what has no plain name is left out."""
    known = [(words, counts[name]) for name, words in NAMES.items() if counts.get(name)]
    return ", ".join(words(n) % {"n": number(n)} for words, n in known[:most])


def whys(skipped: list[dict[str, object]]) -> list[tuple[str, str, str]]:
    """What was left out: why, how many, and where the first one stood."""
    rows = sorted(skipped, key=lambda row: -int(str(row.get("count", 0))))
    return [(gettext(str(row["why"])), number(int(str(row["count"]))), str(row.get("place", ""))) for row in rows]

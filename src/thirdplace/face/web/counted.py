"""What an archive was found to hold, in words: the plain names of the formats, as connectors count them."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext_lazy

NAMES = {
    "messages": ngettext_lazy("%(n)s message", "%(n)s messages", "n"),
    "rows": ngettext_lazy("%(n)s message", "%(n)s messages", "n"),
    "posts": ngettext_lazy("%(n)s post", "%(n)s posts", "n"),
    "topics": ngettext_lazy("%(n)s topic", "%(n)s topics", "n"),
    "questions": ngettext_lazy("%(n)s question", "%(n)s questions", "n"),
    "answers": ngettext_lazy("%(n)s answer", "%(n)s answers", "n"),
    "comments": ngettext_lazy("%(n)s comment", "%(n)s comments", "n"),
    "threads": ngettext_lazy("%(n)s thread", "%(n)s threads", "n"),
    "replies": ngettext_lazy("%(n)s reply", "%(n)s replies", "n"),
    "channels": ngettext_lazy("%(n)s channel", "%(n)s channels", "n"),
    "authors": ngettext_lazy("%(n)s person", "%(n)s people", "n"),
    "users": ngettext_lazy("%(n)s person", "%(n)s people", "n"),
    "reactions": ngettext_lazy("%(n)s reaction", "%(n)s reactions", "n"),
    "votes": ngettext_lazy("%(n)s vote", "%(n)s votes", "n"),
    "badges": ngettext_lazy("%(n)s badge", "%(n)s badges", "n"),
    "accepted": ngettext_lazy("%(n)s accepted answer", "%(n)s accepted answers", "n"),
    "bots": ngettext_lazy("%(n)s bot", "%(n)s bots", "n"),
    "files": ngettext_lazy("%(n)s file", "%(n)s files", "n"),
}


def number(n: int) -> str:
    """A whole number with its thousands apart."""
    return number_format(n, force_grouping=True)


def found(counts: Mapping[str, int], *, most: int = 4) -> str:
    """The first few of what was found, as people say it; what has no plain name is left out."""
    known = [(words, counts[name]) for name, words in NAMES.items() if counts.get(name)]
    return ", ".join(words % {"n": number(n) if n > 1 else n} for words, n in known[:most])


def whys(skipped: list[dict[str, object]]) -> list[tuple[str, str, str]]:
    """What was left out: why, how many, and where the first one stood."""
    rows = sorted(skipped, key=lambda row: -int(str(row.get("count", 0))))
    return [(gettext(str(row["why"])), number(int(str(row["count"]))), str(row.get("place", ""))) for row in rows]

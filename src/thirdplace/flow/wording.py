"""How the round speaks: small numbers as words, lengths of time as people say them, sentences with a person in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, gettext_lazy, ngettext

from thirdplace.foundation.index import Message

GREETING = 2  # words: a sentence of no more only says hello, and is what nothing is about
LONGEST_SUBJECT = 80  # letters of what a message is about, in a draft
SHORTEST_SUBJECT = 12  # letters; a hello is about nothing
_WORDS = (
    gettext_lazy("none"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"),
    gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"),
    gettext_lazy("ten"), gettext_lazy("eleven"), gettext_lazy("twelve"),
)  # fmt: skip
_PARTS = re.compile(r"(%\(who\)s|\*\*.+?\*\*)")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")


@dataclass(frozen=True)
class Part:
    """A stretch of a sentence: plain words, the person it is about, or its point."""

    kind: Literal["plain", "who", "strong"]
    text: str


def parts(sentence: str, who: str) -> list[Part]:
    """A translated sentence with %(who)s and **its point**, cut up so that a page can set the person's face in it."""
    made: list[Part] = []
    for piece in _PARTS.split(sentence):
        if piece == "%(who)s":
            made.append(Part("who", who))
        elif piece.startswith("**"):
            made.append(Part("strong", piece.strip("*")))
        elif piece:
            made.append(Part("plain", piece))
    return made


LONGEST_CALLED = 40  # letters of a name that stands on a button or begins a text


def first_name(name: str) -> str:
    """What one calls somebody to their face: the first word of a name of several, else the whole of it."""
    plain = " ".join(_UNSEEN.sub(" ", name).split())
    first, _, rest = plain.partition(" ")
    said = first if rest and len(first) > 1 and first[0].isalpha() and not first.endswith(".") else plain
    return said if len(said) <= LONGEST_CALLED else said[: LONGEST_CALLED - 1] + "…"


def facts_as_said(facts: dict[str, Any], zone: ZoneInfo) -> dict[str, str]:
    """The numbers of a finding as a sentence says them: `…_share` in percent, `…_at` as a day and so on."""
    return {name: _as_said(name, value, zone) for name, value in facts.items()}


def _as_said(name: str, value: Any, zone: ZoneInfo) -> str:
    if value is None:
        return gettext("we cannot tell")
    if name.endswith("_share"):
        return gettext("%(n)s %%") % {"n": number_format(100 * value, decimal_pos=0)}
    if name.endswith("_seconds"):
        return span(timedelta(seconds=value))
    if name.endswith("_days"):
        return span(timedelta(days=max(round(value), 1)))
    if name.endswith("_at"):
        return date_format(datetime.fromisoformat(value).astimezone(zone), "j F")
    if isinstance(value, float):
        return number_format(value, decimal_pos=0 if value >= 10 else 1)
    return number_format(value, use_l10n=True) if isinstance(value, int) else str(value)


def number(n: int) -> str:
    """A count as people write it: a word up to twelve, then digits."""
    return str(_WORDS[n]) if 0 <= n < len(_WORDS) else str(n)


def capital(sentence: str) -> str:
    """The sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


def listing(phrases: Sequence[str]) -> str:
    """Phrases as a list in a sentence."""
    if len(phrases) < 2:
        return "".join(phrases)
    if len(phrases) == 2:
        return gettext("%(first)s and %(second)s") % {"first": phrases[0], "second": phrases[1]}
    return gettext("%(others)s, and %(last)s") % {"others": ", ".join(phrases[:-1]), "last": phrases[-1]}


def minutes(n: int) -> str:
    """How long something takes, roughly."""
    if n >= 150:
        return gettext("about %(n)s hours") % {"n": number(round(n / 60))}
    for most, words in (
        (20, ngettext("about %(n)s minute", "about %(n)s minutes", n)),
        (37, gettext("about half an hour")),
        (52, gettext("about three quarters of an hour")),
        (75, gettext("about an hour")),
        (105, gettext("about an hour and a half")),
        (150, gettext("about two hours")),
    ):
        if n < most:
            return words % {"n": n} if "%(n)s" in words else words
    raise AssertionError(n)


def span(length: timedelta) -> str:
    """How long something has lasted, in its two largest parts: "2 days 21 hours"."""
    hours = max(int(length.total_seconds() // 3600), 0)
    days, hours = divmod(hours, 24)
    if days >= 14:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    in_hours = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    if not days:
        return in_hours if hours else gettext("less than an hour")
    in_days = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    return gettext("%(days)s %(hours)s") % {"days": in_days, "hours": in_hours} if hours else in_days


def day(on: date, *, today: date | None = None) -> str:
    """A day with its year; without, in the year of today."""
    return date_format(on, "j F" if today is not None and on.year == today.year else "j F Y")


def about(message: Message | None) -> str | None:
    """What a message is about in its own words: its title, else its first sentence. None without words."""
    if message is None:
        return None
    said = message.title or next((line for line in _without_code(message.text or "") if _speaks(line)), "")
    words = " ".join(_UNSEEN.sub(" ", said).split())
    sentences = re.split(r"(?<=[.!?…])\s", words, maxsplit=3)
    first = next((each for each in sentences if len(each.split()) > GREETING), sentences[0])
    if len(first) > LONGEST_SUBJECT:
        first = first[:LONGEST_SUBJECT].rsplit(" ", 1)[0] + "…"
    plain = first.rstrip(" .!").replace("“", "").replace("”", "")
    return plain if message.title or len(plain) >= SHORTEST_SUBJECT else None


def _without_code(text: str) -> Iterator[str]:
    """The lines of a text that stand outside its fences."""
    fenced = False
    for line in text.splitlines():
        if line.strip().startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield line


def _speaks(line: str) -> bool:
    """Whether a line is the writer's own words: no quotation, no code, no bare address."""
    plain = line.strip()
    return bool(plain) and not plain.startswith((">", "http://", "https://", "    ")) and any(map(str.isalpha, plain))

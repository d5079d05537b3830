"""The eight questions of the daily round: what each asks, how its lines are counted, what is true when quiet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from thirdplace.flow.wording import capital, day, number
from thirdplace.foundation.translation import gettext_noop

Truths = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One question of the round.

    ask: in English. phrase: its lines counted, inside the headline. told: its lines counted, as its own answer.
    quiet: its answer from the numbers of the day when no signal has noticed anything.
    """

    slug: str
    ask: str
    phrase: Callable[[int], str]
    told: Callable[[int], str]
    quiet: Callable[[Truths], str]


def _counted(words: str, n: int) -> str:
    """A count, with its number as a word."""
    return words % {"n": number(n)}


def _nothing_read(known: Truths) -> str:
    if known.get("begins"):
        return gettext("We cannot tell: what has been read begins on %(day)s.") % {
            "day": day(date.fromisoformat(known["begins"]))
        }
    if known.get("ends"):
        return gettext("We cannot tell: nothing has been read since %(day)s.") % {
            "day": day(date.fromisoformat(known["ends"]))
        }
    return gettext("We cannot tell yet: nothing has been read.")


def _waiting(known: Truths) -> str:
    if not known.get("read"):
        return _nothing_read(known)
    n, prompt = known.get("newcomers", 0), known.get("answered", 0)
    if not n:
        return gettext("Nobody is waiting.")
    if n == prompt:
        return ngettext(
            "Nobody is waiting; the one newcomer of the last two weeks was answered within a day.",
            "Nobody is waiting; all %(n)s newcomers of the last two weeks were answered within a day.",
            n,
        ) % {"n": n}
    return ngettext(
        "Nobody is waiting. The one newcomer of the last two weeks had no answer within a day.",
        "Nobody is waiting. Of %(n)s newcomers in the last two weeks, %(answered)s were answered within a day.",
        n,
    ) % {"n": n, "answered": prompt}


def _hand(known: Truths) -> str:
    if not known.get("read"):
        return _nothing_read(known)
    if not (n := known.get("active", 0)):
        return gettext("Nobody whom we watch needs one: nobody spoke in the last four weeks.")
    return ngettext(
        "No regular has newly gone quiet; %(n)s member spoke in the last four weeks.",
        "No regular has newly gone quiet; %(n)s members spoke in the last four weeks.",
        n,
    ) % {"n": n}


def knows_change(known: Truths) -> bool:
    """Whether the day's numbers tell what is usual."""
    return any(each["verdict"] != "cannot_tell" for each in known.get("changing", ()))


def _changing(known: Truths) -> str:
    if not known.get("read"):
        return _nothing_read(known)
    judged = [each for each in known.get("changing", ()) if each["verdict"] != "cannot_tell"]
    if not known.get("changing"):
        return gettext("We cannot tell yet: last week has not been read whole.")
    if not judged:
        return gettext("We cannot tell yet: a few weeks are not enough to know what is usual.")
    unusual = [each for each in judged if each["verdict"] != "as_usual"]
    if unusual:
        return " ".join(_unusual(each) for each in unusual[:2])
    if judged[0]["measure"] == "messages":
        n = round(judged[0]["value"])
        return ngettext(
            "Nothing unusual: %(n)s message last week, as usual.",
            "Nothing unusual: %(n)s messages last week, as usual.",
            n,
        ) % {"n": n}
    return gettext("Nothing unusual last week.")


def _unusual(each: Truths) -> str:
    words = {"name": gettext(each["title"]), "value": round(each["value"])}
    low, high = round(each["low"]), round(each["high"])
    words["usual"] = gettext("%(low)s to %(high)s") % {"low": low, "high": high} if low < high else low
    if each["verdict"] == "higher":
        return gettext("%(name)s: higher than usual, %(value)s last week against %(usual)s.") % words
    return gettext("%(name)s: lower than usual, %(value)s last week against %(usual)s.") % words


QUESTIONS = (
    Asked(
        "safe",
        gettext_noop("Is everyone safe?"),
        lambda n: _counted(ngettext("one matter to judge", "%(n)s matters to judge", n), n),
        lambda n: _counted(ngettext("One matter needs you.", "%(n)s matters need you.", n), n),
        lambda _: gettext("We cannot tell yet: no reports are read here."),
    ),
    Asked(
        "waiting",
        gettext_noop("Is anyone waiting?"),
        lambda n: _counted(ngettext("one person waiting", "%(n)s people waiting", n), n),
        lambda n: _counted(ngettext("One person is.", "%(n)s people are.", n), n),
        _waiting,
    ),
    Asked(
        "hand",
        gettext_noop("Who needs a hand?"),
        lambda n: _counted(ngettext("one who could use a hand", "%(n)s who could use a hand", n), n),
        lambda n: _counted(ngettext("One suggestion.", "%(n)s suggestions.", n), n),
        _hand,
    ),
    Asked(
        "step_up",
        gettext_noop("Who could step up?"),
        lambda n: _counted(ngettext("one who could step up", "%(n)s who could step up", n), n),
        lambda n: _counted(ngettext("One suggestion.", "%(n)s suggestions.", n), n),
        lambda _: gettext("We cannot tell yet: nothing here looks for it."),
    ),
    Asked(
        "goes_out",
        gettext_noop("What goes out?"),
        lambda n: _counted(ngettext("one thing to send out", "%(n)s things to send out", n), n),
        lambda n: _counted(ngettext("One thing to decide.", "%(n)s things to decide.", n), n),
        lambda _: gettext("We cannot tell yet: no calendar is kept here."),
    ),
    Asked(
        "coming_up",
        gettext_noop("What is coming up?"),
        lambda n: _counted(ngettext("one thing to prepare", "%(n)s things to prepare", n), n),
        lambda n: _counted(ngettext("One thing to prepare.", "%(n)s things to prepare.", n), n),
        lambda _: gettext("We cannot tell yet: no gatherings are kept here."),
    ),
    Asked(
        "changing",
        gettext_noop("What is changing?"),
        lambda n: _counted(ngettext("one change to look at", "%(n)s changes to look at", n), n),
        lambda n: _counted(ngettext("One change.", "%(n)s changes.", n), n),
        _changing,
    ),
    Asked(
        "inside",
        gettext_noop("Who inside should know?"),
        lambda n: _counted(ngettext("one thing to pass on", "%(n)s things to pass on", n), n),
        lambda n: _counted(ngettext("One thing to pass on.", "%(n)s things to pass on.", n), n),
        lambda _: gettext("We cannot tell yet: no notes to colleagues are kept here."),
    ),
)
SLUGS = tuple(asked.slug for asked in QUESTIONS)


def answer(asked: Asked, waiting: int) -> str:
    """A question's answer when it has lines that wait."""
    return capital(asked.told(waiting))

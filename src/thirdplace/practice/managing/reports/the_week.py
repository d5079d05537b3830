"""What the team should know of a week."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext, ngettext

from thirdplace.flow.figures import Figure, Section, Sentence, judged, say
from thirdplace.flow.reports import report
from thirdplace.flow.seen import Seen
from thirdplace.flow.wording import listing

TELLS = (
    "active_members",
    "messages",
    "newcomers",
    "answered_share",
    "first_reply_share",
    "time_to_first_response",
)


@report(title="The week", period="week", tells=TELLS)
def the_week(seen: Seen) -> Iterator[Section]:
    """What changed in a week, who is new, what waits and what we did.

    For:    the team, on a Monday.
    Says:   six measures, each beside the week before and what is usual; who spoke for the first time; what waited when
            the week ended; what we did; and what could not be told.
    Leaves: why anything changed, and whether what we did helped: a week cannot show it. Staff and bots are in no
            measure, and nothing that came after the week is in it.
    """
    figures = [seen.measure(slug) for slug in TELLS]
    questions, unread = seen.questions(), list(seen.unread())
    yield Section("", (_opening(figures),))
    yield Section(gettext("What changed"), tuple(judged(each) for each in figures))
    yield Section(gettext("Who is new"), (_arrived(seen, figures[TELLS.index("newcomers")]),))
    yield Section(gettext("What waits"), tuple(_waiting(seen, questions)))
    yield Section(gettext("What we did"), tuple(_done(seen)))
    yield Section(gettext("What we could not tell"), tuple(_untold(figures, questions, unread)))


def _opening(figures: Sequence[Figure]) -> Sentence:
    """What stands out, by name."""
    told = []
    for verdict, words in (
        ("higher", gettext("Higher than usual: %(names)s.")),
        ("lower", gettext("Lower than usual: %(names)s.")),
    ):
        if names := [each.title for each in figures if each.verdict == verdict]:
            told.append(words % {"names": listing(names)})
    judged_ones = [each for each in figures if each.verdict in ("higher", "lower", "as_usual")]
    if not told:
        told.append(gettext("Nothing stands out.") if judged_ones else gettext("We cannot tell yet what stands out."))
    if unsure := len(figures) - len(judged_ones):
        told.append(ngettext(
            "We cannot say how one of the %(all)s figures stands.",
            "We cannot say how %(n)s of the %(all)s figures stand.", unsure,
        ) % {"n": unsure, "all": len(figures)})  # fmt: skip
    return Sentence(" ".join(told), tuple(figures))


def _arrived(seen: Seen, figure: Figure) -> Sentence:
    """Who spoke for the first time."""
    who, more = seen.members(figure)
    n = round(figure.value or 0)
    if not n:
        return say(gettext("Nobody spoke here for the first time."), figure)
    words = ngettext("One member spoke here for the first time.", "%(value)s members spoke here for the first time.", n)
    return say(words, figure, who=who, more=more)


def _waiting(seen: Seen, questions: Sequence[Figure]) -> Iterator[Sentence]:
    """Each question of the round that had lines when the week ended."""
    told = [each for each in questions if each.told]
    waiting = [each for each in told if each.value]
    yield from (seen.waits(each) for each in waiting)
    if told and not waiting:
        yield Sentence(gettext("Nothing that we watch waited when the week ended."), tuple(told))
    if not told:
        yield Sentence(gettext("We cannot tell what waited when the week ended."), tuple(questions))


def _done(seen: Seen) -> Iterator[Sentence]:
    """What we did: how much in all, and of what."""
    whole, slugs = seen.deeds(), seen.done()
    n = round(whole.value or 0)
    if not n:
        yield say(gettext("Nothing was written down as done in this week."), whole)
        return
    yield say(ngettext("We did one thing.", "We did %(value)s things.", n), whole)
    for slug in slugs:
        yield say(gettext("%(title)s: %(value)s."), seen.deeds(slug))


def _untold(figures: Sequence[Figure], questions: Sequence[Figure], unread: Sequence[Figure]) -> Iterator[Sentence]:
    """What no figure could be given of; sources that were not read to the end of the week, each with its day."""
    lacking = [each for each in figures if not each.told]
    blind = [each for each in questions if not each.told]
    if lacking:
        words = gettext("No figure could be given of: %(names)s. Why stands above.")
        yield Sentence(words % {"names": listing([each.title for each in lacking])}, tuple(lacking))
    if blind:
        words = gettext("These questions of the round could not be answered: %(names)s")
        yield Sentence(words % {"names": " ".join(each.title for each in blind)}, tuple(blind))
    yield from (say("", each) for each in unread)
    if not (lacking or blind or unread):
        yield Sentence(gettext("Everything that was asked could be told."), (*figures, *questions))

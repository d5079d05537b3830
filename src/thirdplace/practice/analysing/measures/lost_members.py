"""Who is not heard of any more."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.translation import gettext_noop
from thirdplace.practice.analysing.silences import SILENCE, visits


@measure(
    title="Members lost", question="staying", unit="members", fold="distinct", near=True, before=SILENCE.days + 1,
    channels=False,
    says=gettext_noop("Members of whom we had heard nothing for four weeks %(when)s: %(value)s."),
)  # fmt: skip
def lost_members(t: Tables) -> Table:
    """How many members completed four weeks of silence.

    Unit:   members.
    Better: down.
    Source: on which days each member said something. CHAOSS calls them inactive contributors and leaves the length of
            the silence to the reader; here it is four weeks.
    Counts: each member, four weeks after the last thing they said, where they said it; again after every return. Who
            came once and never again is lost too.
    Omits:  staff and bots; who still reads or reacts is lost here all the same, for we cannot see it.
    Empty:  None before the first and after the last day that we know of; a day on which nobody was lost is 0.
    """
    silent = visits(t).filter(
        _.last_at + SILENCE <= _.known_until, (_.next_at > _.last_at + SILENCE).fill_null(True)
    )  # fmt: skip
    return t.by_day(silent.mutate(happened_at=_.last_at + SILENCE))

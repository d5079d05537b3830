"""Newcomers' first words: what measure and signal both mean by them."""

from datetime import timedelta

from thirdplace.foundation.engine import Tables
from thirdplace.foundation.engine.expr import Table, _, row_number, share, within

PATIENCE = timedelta(days=1)
AGAIN = timedelta(days=60)
ENOUGH = 20  # newcomers on either side, before we say what became of them
WAITING = ["asked", "started", "said"]  # who replies to others waits for nobody


def first_spoken(t: Tables) -> Table:
    """The first thing that each member ever said here, of whatever kind, with `replied_at`."""
    return (
        t.openings.filter(_.member_id.notnull())
        .mutate(nth=row_number().over(group_by="member_id", order_by=["happened_at", "key"]))
        .filter(_.nth == 0)
    )


def first_words(t: Tables) -> Table:
    """First words that wait for a response: those that are no reply themselves."""
    return first_spoken(t).filter(_.kind.isin(WAITING))


def waiting_newcomers(t: Tables) -> Table:
    """First words of the last two weeks to which nobody has replied, a day after they were said or later."""
    return first_words(t).filter(
        _.replied_at.isnull(), _.happened_at <= _.known_until - PATIENCE, _.happened_at > t.now - timedelta(days=14)
    )


def came_back(t: Tables) -> Table:
    """One row: of newcomers who were answered within a day, and of those who were not, how many spoke again.

    Again: on another day, from the second day after their first words until the sixtieth.
    """
    first = first_words(t).filter(_.happened_at <= _.known_until - AGAIN - PATIENCE)
    first = first.mutate(in_time=within(_.replied_at, _.happened_at, PATIENCE))
    days = t.days.select("member_id", spoke_on="happened_on")
    again = (
        first.select("member_id", first_on="happened_on")
        .join(days, "member_id")
        .filter(_.spoke_on >= _.first_on + timedelta(days=2), _.spoke_on <= _.first_on + AGAIN)
        .select("member_id")
        .distinct()
        .mutate(again=True)
    )
    returned = _.again.fill_null(False)
    return (
        first.left_join(again, "member_id")
        .agg(
            answered_n=_.count(where=_.in_time),
            answered_again=_.count(where=_.in_time & returned),
            unanswered_n=_.count(where=~_.in_time),
            unanswered_again=_.count(where=~_.in_time & returned),
        )
        .mutate(
            answered_share=share(_.answered_again, _.answered_n, least=ENOUGH),
            unanswered_share=share(_.unanswered_again, _.unanswered_n, least=ENOUGH),
        )
        .select("answered_share", "answered_n", "unanswered_share", "unanswered_n")
    )

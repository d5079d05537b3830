"""Newcomers' first words: what measure and signal both mean by them."""

from datetime import timedelta

from thirdplace.foundation.engine.expr import Table, _, row_number
from thirdplace.foundation.engine.look import Tables

PATIENCE = timedelta(days=1)
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

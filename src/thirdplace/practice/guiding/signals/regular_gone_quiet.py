"""Regulars who have fallen silent."""

from datetime import timedelta

from thirdplace.flow.signals import signal
from thirdplace.foundation.engine import Tables
from thirdplace.foundation.engine.expr import Table, _, days_between, seconds_between

HALF_YEAR, LONGEST = timedelta(days=180), timedelta(days=90)
REGULAR_DAYS, REGULAR_MONTHS = 12, 3
TIMES, LEAST_DAYS = 2, 21


@signal(
    suggests="thank_member",
    question="hand",
    minutes=10,
    subject="member",
    line="%(who)s **has gone quiet**.",
    why=(
        "%(who)s spoke on %(active_n)s days in the half year before, and nine of ten pauses lasted %(usual_days)s or "
        "less (of %(gaps_n)s). This one has lasted %(silent_seconds)s."
    ),
)
def regular_gone_quiet(t: Tables) -> Table:
    """A regular has been silent for much longer than they usually are.

    Why:      A long silence against somebody's own rhythm is the earliest plain sign that they may be leaving.
    Evidence: moderate for the sign, weak for writing to them. See docs/evidence.md#going-quiet.
    Rests:    when they speak again, or ninety days after they last did.
    """
    spoken = t.days.filter(_.member_id.notnull())
    last = spoken.group_by("member_id").agg(last_at=_.last_at.max(), last_on=_.happened_on.max())
    silent = last.filter(_.last_at <= t.now - timedelta(days=LEAST_DAYS), _.last_at > t.now - LONGEST)
    return (
        silent.join(_rhythms(spoken, silent), "member_id")
        .filter(_.active_n >= REGULAR_DAYS, _.months >= REGULAR_MONTHS)
        .filter(_.last_at <= _.known_until - timedelta(days=LEAST_DAYS))
        .mutate(silent_seconds=seconds_between(_.last_at, _.known_until))
        .filter(_.silent_seconds > TIMES * _.usual_days * 86_400.0)
        .select(
            "member_id", "active_n", "usual_days", "gaps_n", "silent_seconds", "last_at",
            subject=_.member_id, channel=None, began_at=_.last_at, weight=_.active_n / 180.0,
        )
    )  # fmt: skip


def _rhythms(spoken: Table, silent: Table) -> Table:
    """On how many days of the half year before their silence members spoke, and how long nine of ten pauses lasted.

    known_until: how far every place they spoke in then was read. One they left before is no matter.
    """
    own = {"group_by": "member_id", "order_by": "happened_on"}
    return (
        spoken.join(silent.select("member_id", "last_on"), "member_id")
        .filter(_.happened_on > _.last_on - HALF_YEAR)
        .group_by("member_id", "happened_on")
        .agg(known_until=_.known_until.min())
        .mutate(gap=days_between(_.happened_on.lag().over(**own), _.happened_on))
        .group_by("member_id")
        .agg(
            active_n=_.count(),
            months=_.happened_on.truncate("M").nunique(),
            usual_days=_.gap.quantile(0.9),
            gaps_n=_.gap.count(),
            known_until=_.known_until.min(),
        )
    )

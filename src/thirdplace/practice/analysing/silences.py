"""When members were silent: what the measures of those lost and won back both mean by it."""

from datetime import timedelta

from thirdplace.foundation.engine import Tables
from thirdplace.foundation.engine.expr import Table, _

SILENCE = timedelta(days=28)  # after which a member is lost
FORGOTTEN = timedelta(days=365)  # after which who returns is as good as new


def visits(t: Tables) -> Table:
    """The days on which each member spoke, with when they had last spoken before and next spoke after.

    One row for each place in which they spoke on that day; first_at and last_at are of the whole day.
    """
    spoken = t.days.filter(_.member_id.notnull())
    flow = {"group_by": "who", "order_by": "spoke_on"}
    whole = (
        spoken.group_by(who="member_id", spoke_on="happened_on")
        .agg(first_at=_.first_at.min(), last_at=_.last_at.max())
        .mutate(before_at=_.last_at.lag().over(**flow), next_at=_.first_at.lead().over(**flow))
    )
    places = spoken.select("member_id", "happened_on", "source", "channel", "language", "known_until").distinct()
    return places.join(whole, [places.member_id == whole.who, places.happened_on == whole.spoke_on]).select(
        "member_id", "source", "channel", "language", "known_until", "first_at", "last_at", "before_at", "next_at"
    )

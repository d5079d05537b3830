"""When people are here."""

from datetime import timedelta

from thirdplace.foundation.engine import Tables, picture
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.engine.shapes import SPOKE
from thirdplace.foundation.translation import gettext_noop

BACK = timedelta(days=84)


@picture(
    title="Hours and weekdays", question="shared", shape="week", days=BACK.days,
    sure=gettext_noop("None: every message of these weeks is counted; other weeks may be otherwise."),
)  # fmt: skip
def hours(t: Tables) -> Table:
    """When messages are written: by weekday and hour, over the last twelve weeks.

    Unit:   messages.
    Better: neither. It says when people are here, and when somebody who asks may wait.
    Source: the moment of every message, in the community's time zone. The CHAOSS metric Activity Dates and Times, which
            looks at each contributor's own zone where it is known; we do not know it.
    Counts: every message of members in the twelve weeks before the last that was read.
    Omits:  staff and bots; reactions, votes, joins; what its platform deleted.
    Empty:  None when nothing was written in these weeks; an hour in which nothing was is 0.
    """
    recent = t.activities.filter(_.kind.isin(SPOKE), _.happened_at >= t.known_until - BACK)
    return t.by_hour(recent.select("happened_at")).group_by("weekday", "hour").agg(n=_.count())

"""In which languages people write."""

from datetime import timedelta

from thirdplace.foundation.engine import Tables, picture
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.translation import gettext_noop

BACK = timedelta(days=84)


@picture(
    title="Languages", question="shared", shape="shares", days=BACK.days, least=20,
    sure=gettext_noop("None: every message of these weeks is counted. How often a language is taken for another is not "
                      "in it; of short messages it is more."),
)  # fmt: skip
def languages(t: Tables) -> Table:
    """In which languages messages are written, over the last twelve weeks.

    Unit:   share of messages, from 0 to 1; shown as a percentage.
    Better: neither.
    Source: the language that each message's words most resemble. CHAOSS has no such metric: its Programming Language
            Distribution is about code.
    Counts: every message of members in the twelve weeks before the last that was read.
    Omits:  staff and bots; what its platform deleted. Messages too short to tell are counted apart.
    Empty:  None when nothing was written in these weeks. Of fewer than twenty messages no share is said.
    """
    recent = t.days.filter(_.first_at >= t.known_until - BACK)
    return recent.group_by(name="language").agg(n=_.n.sum())

"""Whether questions are answered."""

from datetime import timedelta

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _, within

PATIENCE = timedelta(days=1)


@measure(title="Questions answered within a day", question="answered", unit="share", fold="mean", least=10, near=True)
def answered_share(t: Tables) -> Table:
    """Share of questions that somebody answered within a day.

    Unit:   share, from 0 to 1; shown as a percentage.
    Better: up.
    Source: questions where the format marks them, and what was said in their threads. After the CHAOSS metric Time to
            First Response.
    Counts: each question on the day it was asked, when it has had its day. Answered: by another, bots apart, with
            something that is no mere remark where the format tells the two apart.
    Omits:  questions by staff and bots; answers by bots and by the asker. A steward's answer is an answer.
    Empty:  None when nobody asked, or where no question is marked: we cannot tell. Silence is not a bad score.
    """
    asked = t.openings.filter(_.kind == "asked", _.happened_at <= _.known_until - PATIENCE)
    return asked.mutate(value=within(_.answered_at, _.happened_at, PATIENCE).ifelse(1.0, 0.0))

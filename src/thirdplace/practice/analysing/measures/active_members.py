"""How many take part."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _


@measure(title="Active members", question="staying", unit="members", fold="distinct", near=True)
def active_members(t: Tables) -> Table:
    """How many members said something, by day, week or month.

    Unit:   members.
    Better: up.
    Source: questions, topics, answers, replies, remarks and messages, as they stand today.
    Counts: each member once a period, however much they said and in however many places.
    Omits:  staff and bots; who only read, reacted or voted; messages whose author is not named.
    Empty:  None before the first and after the last day that we know of; a day on which nobody spoke is 0.
    """
    return t.days.filter(_.member_id.notnull())

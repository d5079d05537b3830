"""How much is said."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _


@measure(title="Messages", question="shared", unit="messages", fold="sum", near=True)
def messages(t: Tables) -> Table:
    """How many messages members wrote.

    Unit:   messages.
    Better: neither. More talk is not better talk.
    Source: questions, topics, answers, replies, remarks and messages, as they stand today.
    Counts: each message on the day it was written; of an edited one, its newest words.
    Omits:  staff and bots; reactions, votes, joins; what its platform deleted.
    Empty:  None before the first and after the last day that we know of; a quiet day between them is 0.
    """
    return t.days.mutate(value=_.n)

"""How far talk goes."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.conversations import FOLLOWED
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.translation import gettext_noop


@measure(
    title="Conversation depth", question="shared", unit="messages", fold="average", least=20, near=True, channels=False,
    ripens=FOLLOWED.days,
    says=gettext_noop("A conversation that was opened %(when)s had %(value)s messages on average."),
)  # fmt: skip
def conversation_depth(t: Tables) -> Table:
    """How many messages a conversation has within thirty days, on average.

    Unit:   messages a conversation.
    Better: neither. A good answer may be short, and a quarrel long.
    Source: conversations that members opened, and what was said in them. CHAOSS counts comments on an issue or change
            request; here the opening message counts too, and no more than thirty days.
    Counts: each conversation on the day it was opened, when its thirty days are over: the opening message and those
            after it, by anyone but bots, until the next question, topic, or half an hour of silence in a flat channel.
    Omits:  conversations that staff and bots opened; messages of bots; what was said after thirty days.
    Empty:  None when none was opened, and until thirty days after a period.
    """
    return t.openings.filter(_.opens, _.happened_at <= _.known_until - FOLLOWED).mutate(value=_.said)

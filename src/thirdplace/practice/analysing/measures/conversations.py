"""How often talk begins."""

from thirdplace.foundation.engine import Tables, measure
from thirdplace.foundation.engine.expr import Table, _
from thirdplace.foundation.translation import gettext_noop


@measure(
    title="Conversations", question="shared", unit="conversations", fold="sum", near=True, channels=False,
    says=gettext_noop("Conversations that members opened %(when)s: %(value)s."),
)  # fmt: skip
def conversations(t: Tables) -> Table:
    """How many conversations members opened.

    Unit:   conversations.
    Better: neither. Many short ones may be less than a few long ones.
    Source: questions and topics; in a flat channel, first messages after half an hour of silence. CHAOSS counts issues
            and change requests opened; a channel without threads has neither, so there silence parts conversations.
    Counts: each conversation once, on the day it was opened, answered or not.
    Omits:  those that staff and bots opened; what begins with a reply to something earlier.
    Empty:  None before the first and after the last day that we know of; a day on which none was opened is 0.
    """
    return t.openings.filter(_.opens).mutate(value=1)

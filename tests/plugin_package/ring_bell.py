"""An action of another package."""

from typing import Annotated

from thirdplace.flow.actions import Expect, NoUndo, action
from thirdplace.flow.fields import Label
from thirdplace.foundation.index import Message


@action(
    verb="Ring the bell",
    button="Ring the bell for %(who)s",
    past="Rang the bell for %(who)s",
    needs="plugin_package.ring_bell",
    undo=NoUndo("A bell that was heard stays heard."),
    expects=Expect("bell_ringers", "up", days=7, least=3),
)
def ring_bell(message: Message, *, times: Annotated[str, Label("How many times")] = "once") -> Message:
    """Ring the bell for somebody who spoke of it."""
    return message

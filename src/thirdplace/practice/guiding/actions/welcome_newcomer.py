"""Welcome a newcomer."""

from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext

from thirdplace.flow.actions import Expect, action
from thirdplace.flow.deeds import refuse_twice
from thirdplace.flow.fields import Label
from thirdplace.flow.wording import about
from thirdplace.foundation.connectors.base import Kind
from thirdplace.foundation.index import Message
from thirdplace.foundation.members.models import Community


def asks(message: Message) -> bool:
    """Whether a message asks for something, as far as its shape tells."""
    return message.kind == Kind.ASKED or any(mark in (message.text or "") for mark in "?？؟")


def draft(name: str, message: Message | None) -> str:
    """A first text: their name, what they asked about, and what keeps them talking. No claim about what they told."""
    subject = about(message) if message is not None and asks(message) else None
    if subject is None:
        return gettext(
            "Hello %(name)s, and welcome. It is good to have you here.\n\n"
            "Is there something you are looking for, or would like to do? Tell us, and we point you to the right "
            "people."
        ) % {"name": name}
    return gettext(
        "Hello %(name)s, and welcome. You wrote about “%(subject)s”, and you should not have had to wait.\n\n"
        "Could you tell us what you have tried so far? Then someone who knows this can go on from there."
    ) % {"name": name, "subject": subject}


@action(
    verb="Welcome",
    button="Welcome %(who)s",
    past="Welcomed %(who)s",
    needs="guiding.welcome_newcomer",
    undo="take_back_words",
    expects=Expect("first_reply_share", "up", days=30, least=20),
    draft=draft,
)
def welcome_newcomer(
    message: Message,
    *,
    text: Annotated[str, Label("Your welcome")],  # noqa: ARG001 - kept with the deed
    community: Community,
    now: datetime,
) -> Message:
    """Answer a newcomer's first words where they were said, so that the first thing they meet here is a person."""
    refuse_twice(community, ["welcome_newcomer", "answer_message"], kind="message", subject=message.key, now=now)
    return message

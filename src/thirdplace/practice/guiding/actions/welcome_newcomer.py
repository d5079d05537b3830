"""Welcome a newcomer."""

from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext

from thirdplace.flow.actions import Expect, action
from thirdplace.flow.deeds import refuse_twice
from thirdplace.flow.fields import Label
from thirdplace.flow.wording import about
from thirdplace.foundation.index import Message
from thirdplace.foundation.members.models import Community


def draft(name: str, message: Message | None) -> str:
    """A first text: their name, what they wrote about, and a question that keeps them talking."""
    subject = about(message)
    if subject is None:
        return gettext(
            "Hello %(name)s, and welcome. It is good to have you here.\n\n"
            "What brought you to us? Knowing that, we can point you to the right people."
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

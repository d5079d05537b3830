"""Answer a message."""

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


def draft(name: str, message: Message | None) -> str:
    """A first text: their name, what they wrote, and the place for the answer, which is the steward's to give."""
    subject = about(message)
    if message is None or subject is None:
        return gettext("Hello %(name)s, thank you for what you wrote.") % {"name": name}
    if message.kind != Kind.ASKED:
        return gettext("Hello %(name)s, thank you for what you wrote about “%(subject)s”.") % {
            "name": name, "subject": subject,
        }  # fmt: skip
    return gettext(
        "Hello %(name)s, thank you for your question about “%(subject)s”.\n\n"
        "Is it still open? If you have found out yourself, please tell us how; if not, we look for someone who knows."
    ) % {"name": name, "subject": subject}


@action(
    verb="Answer",
    button="Answer %(who)s",
    past="Answered %(who)s",
    needs="communicating.answer_message",
    undo="take_back_words",
    expects=Expect("answered_share", "up", days=30, least=20),
    draft=draft,
)
def answer_message(
    message: Message,
    *,
    text: Annotated[str, Label("Your answer")],  # noqa: ARG001 - kept with the deed
    community: Community,
    now: datetime,
) -> Message:
    """Answer what somebody said, in its own thread, where the next person with the same question finds it."""
    refuse_twice(community, ["welcome_newcomer", "answer_message"], kind="message", subject=message.key, now=now)
    return message

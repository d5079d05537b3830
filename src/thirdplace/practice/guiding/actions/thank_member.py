"""Thank a member."""

from typing import Annotated

from django.utils.translation import gettext

from thirdplace.flow.actions import Expect, action
from thirdplace.flow.fields import Label
from thirdplace.flow.wording import about
from thirdplace.foundation.connectors.base import Kind
from thirdplace.foundation.index import Message
from thirdplace.foundation.members.models import Member

HELPED = (Kind.ANSWERED, Kind.REPLIED, Kind.COMMENTED)
BEGAN = (Kind.ASKED, Kind.STARTED)


def draft(name: str, message: Message | None) -> str:
    """A first text: what they gave lately, and that it was seen. No request in it: a thank-you asks for nothing.

    What they began is named by its own words; what they said to others is not quoted, for it is about the other.
    """
    if message is not None and message.kind in HELPED:
        return gettext(
            "Hello %(name)s, thank you for the time you have given to what others asked and said here. I read some of "
            "it again, and I am glad that you wrote it.\n\nI hope that you are well."
        ) % {"name": name}
    subject = about(message) if message is not None and (message.title or message.kind in BEGAN) else None
    if subject is None:
        return gettext("Hello %(name)s, thank you for all you have given here. It was seen.") % {"name": name}
    return gettext(
        "Hello %(name)s, thank you for what you have given here. I read again what you wrote about “%(subject)s”, "
        "and I am glad that you did.\n\nI hope that you are well."
    ) % {"name": name, "subject": subject}


@action(
    verb="Thank",
    button="Write to %(who)s",
    past="Thanked %(who)s",
    needs="guiding.thank_member",
    undo="take_back_words",
    expects=Expect("active_members", "up", days=30, least=20),
    draft=draft,
)
def thank_member(
    member: Member,
    *,
    text: Annotated[str, Label("Your words")],  # noqa: ARG001 - kept with the deed
) -> Member:
    """Write to a member to thank them for something they did, by name and for what it was."""
    return member

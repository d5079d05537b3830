"""Take the mark of a bot off a member."""

from django.utils.translation import gettext

from thirdplace.flow.actions import Done, action
from thirdplace.flow.models import Deed
from thirdplace.foundation.members.models import Member
from thirdplace.practice.managing import marks


@action(verb="Unmark as a bot", past="No longer a bot: %(who)s", needs="managing.mark_member", undo="mark_bot")
def unmark_bot(member: Member, *, deed: Deed | None = None) -> Done:
    """Count a member as a person again, and not as a bot, in every measure and signal."""
    same = gettext("%(who)s is not counted as a bot.") % {"who": member.name}
    return Done(member, marks.put_back(member, "bot_mark", deed, said=False, same=same))

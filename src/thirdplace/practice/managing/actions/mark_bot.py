"""Mark a member as a bot."""

from django.utils.translation import gettext

from thirdplace.flow.actions import Done, action
from thirdplace.flow.models import Deed
from thirdplace.foundation.members.models import Member
from thirdplace.practice.managing import marks


@action(verb="Mark as a bot", past="Marked %(who)s as a bot", needs="managing.mark_member", undo="unmark_bot")
def mark_bot(member: Member, *, deed: Deed | None = None) -> Done:
    """Count a member as a bot: every measure and signal leaves it out from then on, in the past too."""
    same = gettext("%(who)s is already counted as a bot.") % {"who": member.name}
    return Done(member, marks.put_back(member, "bot_mark", deed, said=True, same=same))

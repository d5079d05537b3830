"""Mark a member as staff."""

from django.utils.translation import gettext

from thirdplace.flow.actions import Done, action
from thirdplace.flow.models import Deed
from thirdplace.foundation.members.models import Member
from thirdplace.practice.managing import marks


@action(verb="Mark as staff", past="Marked %(who)s as staff", needs="managing.mark_member", undo="unmark_staff")
def mark_staff(member: Member, *, deed: Deed | None = None) -> Done:
    """Count a member as staff: every measure and signal leaves them out from then on, in the past too."""
    same = gettext("%(who)s is already marked as staff.") % {"who": member.name}
    return Done(member, marks.put_back(member, "staff_mark", deed, said=True, same=same))

"""Take the mark of staff off a member."""

from django.utils.translation import gettext

from thirdplace.flow.actions import Done, action
from thirdplace.flow.models import Deed
from thirdplace.foundation.members.models import Member
from thirdplace.practice.managing import marks


@action(verb="Unmark as staff", past="No longer staff: %(who)s", needs="managing.mark_member", undo="mark_staff")
def unmark_staff(member: Member, *, deed: Deed | None = None) -> Done:
    """Count a member as one of the community again, and not as staff, in every measure and signal."""
    same = gettext("%(who)s is not marked as staff.") % {"who": member.name}
    return Done(member, marks.put_back(member, "staff_mark", deed, said=False, same=same))

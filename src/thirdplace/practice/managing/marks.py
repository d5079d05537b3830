"""What marking a member changes: who counts as staff or as a bot, and all the days they were here."""

from typing import Literal

from django.utils.translation import gettext

from thirdplace.flow import refresh
from thirdplace.flow.deeds import refuse_below
from thirdplace.flow.models import Deed
from thirdplace.foundation import engine
from thirdplace.foundation.errors import AlreadyDone
from thirdplace.foundation.members.models import Identity, Member

Mark = Literal["staff_mark", "bot_mark"]
_ACTIONS: dict[Mark, tuple[str, str]] = {
    "staff_mark": ("mark_staff", "unmark_staff"),
    "bot_mark": ("mark_bot", "unmark_bot"),
}


def put(member: Member, mark: Mark, said: bool | None) -> dict[str, bool | None]:
    """Set a mark and what follows; returns what undoing needs. The measures follow by a job that commits with it."""
    before: bool | None = getattr(member, mark)
    setattr(member, mark, said)
    identities = Identity.objects.filter(community=member.community_id, member=member)
    member.is_staff = member.staff_mark is True
    member.is_bot = identities.filter(said_bot=True).exists() if member.bot_mark is None else member.bot_mark
    member.save(update_fields=[mark, "is_staff", "is_bot"])
    engine.touch_people(member.community, member)
    refresh.ask(member.community)
    return {"before": before}


def put_back(member: Member, mark: Mark, deed: Deed | None, *, said: bool, same: str) -> dict[str, bool | None]:
    """Set a mark to a steward's word; or, when a deed is being undone, to what it was before that.

    same: what is said where the member counts so already, and the mark would change nothing.
    """
    if deed is not None:
        refuse_below(deed, _ACTIONS[mark], subject_kind="member", subject=member.pk)
        return put(member, mark, deed.undo_with.get("before"))
    if said == (member.is_staff if mark == "staff_mark" else member.is_bot):
        raise AlreadyDone(same, gettext("Nothing to do: the measures already count them so."))
    return put(member, mark, said)

"""Write a note about a member."""

from datetime import datetime
from typing import Annotated

from thirdplace.flow.actions import Done, action
from thirdplace.flow.fields import Label
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Member
from thirdplace.practice.managing.models import Note


@action(
    verb="Write a note",
    button="Write a note about %(who)s",
    past="Wrote a note about %(who)s",
    needs="managing.write_note",
    undo="remove_note",
    rests=False,
)
def write_note(member: Member, *, text: Annotated[str, Label("Note")], steward: Account, now: datetime) -> Done:
    """Write down what colleagues should know about a member. The member may ask to read it: write it so."""
    note = Note.objects.create(community=member.community, member=member, text=text, steward=steward, written_at=now)
    return Done(member, {"note": note.pk})

"""Remove a note about a member."""

from django.utils.translation import gettext

from thirdplace.flow.actions import NoUndo, action
from thirdplace.flow.models import Deed
from thirdplace.foundation.errors import AlreadyDone
from thirdplace.practice.managing.models import Note


@action(
    verb="Remove the note",
    needs="managing.write_note",
    undo=NoUndo("The deed keeps its words: write the note again."),
)
def remove_note(*, deed: Deed) -> Deed:
    """Remove a note that was written about a member."""
    gone, _ = Note.objects.filter(community=deed.community, pk=deed.undo_with["note"]).delete()
    if not gone:
        raise AlreadyDone(gettext("That note has been removed already."), gettext("Nothing to do."))
    return deed

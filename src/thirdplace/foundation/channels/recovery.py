"""After a kill: every import that was under way is rolled forward or back, and the index catches up."""

from collections.abc import Callable

from thirdplace.foundation.channels import settling
from thirdplace.foundation.channels.models import Import
from thirdplace.foundation.index import Index
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.locking import Busy
from thirdplace.foundation.members.models import Community

UNDER_WAY = (Import.State.READING, Import.State.SETTLING, Import.State.UNDOING)


def recover(community: Community) -> list[Import]:
    """Make lake, index and database of a community agree; the imports that had to be ended. Cheap when they do.

    Somebody who is writing at this moment is left alone: only the dead leave an import under way and no lock.
    """
    left = Import.objects.filter(community=community, state__in=UNDER_WAY).order_by("pk")
    lake = Lake(community.pk)
    if not left.exists() and Index(community.pk).version() == (lake.version(), lake.version("changes")):
        return []
    try:
        with lake.writing(wait=False):
            ended = list(left)
            committed = lake.committed_imports() if ended else set()
            for row in ended:
                _end(row, committed=row.pk in committed)
            settling.sweep(community.pk)
            Index(community.pk).catch_up()
            return ended
    except Busy:
        return []


def _end(row: Import, *, committed: bool) -> None:
    """Forward when the lake has it, else back."""
    forward: Callable[[Import], None]
    if row.state == Import.State.UNDOING:
        forward = settling.take_back
    elif row.state == Import.State.SETTLING or committed:
        forward = settling.resume
    else:
        forward = settling.interrupted
    forward(row)

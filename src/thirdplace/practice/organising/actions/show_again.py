"""Show a line of Today again that was set aside."""

from datetime import date, datetime
from typing import Any

from thirdplace.flow.actions import NoUndo, action
from thirdplace.flow.deeds import refuse_below
from thirdplace.flow.models import Deed, SetAside


@action(verb="Show it again", needs="organising.set_aside", undo=NoUndo("Set the line aside once more."), rests=False)
def show_again(*, deed: Deed) -> Deed:
    """Let a line that was set aside stand as it stood before."""
    refuse_below(deed, ["set_aside"], signal=deed.signal, finding_subject=deed.finding_subject)
    which: dict[str, Any] = {"community": deed.community, "signal": deed.signal, "subject": deed.finding_subject}
    before = deed.undo_with["before"]
    if before is None:
        SetAside.objects.filter(**which).delete()
        return deed
    until, hour = before["until_on"], before.get("until_at")
    defaults = {
        "because": before["because"],
        "until_on": date.fromisoformat(until) if until else None,
        "until_at": datetime.fromisoformat(hour) if hour else None,
        "since": datetime.fromisoformat(before["since"]),
    }
    SetAside.objects.update_or_create(**which, defaults=defaults)
    return deed

"""Set a line of Today aside."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.utils.translation import gettext

from thirdplace.flow.actions import Done, action
from thirdplace.flow.fields import Label
from thirdplace.flow.models import Finding, SetAside
from thirdplace.foundation.errors import ThirdplaceError

ANOTHER_MOMENT = timedelta(days=14)  # when the person is right but the moment is wrong
Because = SetAside.Because


@action(
    verb="Set aside",
    past="Set a line about %(who)s aside",
    needs="organising.set_aside",
    undo="show_again",
    rests=False,
)
def set_aside(
    finding: Finding,
    *,
    because: Annotated[Because, Label("Because")],
    until: Annotated[date | None, Label("Bring it back on")] = None,
    now: datetime,
) -> Done:
    """Put a line off, or say why it is not useful. Later without a day: until something changes."""
    today = now.astimezone(finding.community.tz).date()
    if until is not None and until <= today:
        raise ThirdplaceError(
            gettext("%(day)s is not after the day of this round.") % {"day": until.isoformat()},
            gettext("Choose a later day, or leave it out: the line comes back when something changes."),
        )
    if because == Because.WRONG_MOMENT and until is None:
        until = today + ANOTHER_MOMENT
    which: dict[str, Any] = {"community": finding.community, "signal": finding.signal, "subject": finding.subject}
    before = SetAside.objects.filter(**which).first()
    undo_with = {"before": _as_json(before) if before else None}
    SetAside.objects.update_or_create(**which, defaults={"because": because, "until_on": until, "since": now})
    return Done(finding, undo_with)


def _as_json(row: SetAside) -> dict[str, str | None]:
    until = row.until_on.isoformat() if row.until_on else None
    return {"because": row.because, "until_on": until, "since": row.since.isoformat()}

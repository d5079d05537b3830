"""Set a line of Today aside."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.utils.translation import gettext

from thirdplace.flow import clocks
from thirdplace.flow.actions import Done, action
from thirdplace.flow.fields import Label
from thirdplace.flow.models import Finding, SetAside
from thirdplace.foundation.errors import AlreadyDone, ThirdplaceError

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
    this_afternoon: Annotated[bool, Label("Bring it back this afternoon")] = False,
    now: datetime,
) -> Done:
    """Put a line off, or say why it is not useful. Later without a day: until something changes."""
    until_at = _afternoon(finding, until, now) if this_afternoon else None
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
    same = before is not None and (before.because, before.until_on, before.until_at) == (because, until, until_at)
    if before is not None and same and before.since.astimezone(finding.community.tz).date() == today:
        raise AlreadyDone(
            gettext("This line has been set aside already, in just this way."),
            gettext("There is nothing more to do; What we did shows it, and can undo it."),
        )
    undo_with = {"before": _as_json(before) if before else None}
    row = {"because": because, "until_on": until, "until_at": until_at, "since": now}
    SetAside.objects.update_or_create(**which, defaults=row)
    return Done(finding, undo_with)


def _afternoon(finding: Finding, until: date | None, now: datetime) -> datetime:
    """When this afternoon begins; refused where it does not come any more, or where another day was named too."""
    if until is not None:
        raise ThirdplaceError(
            gettext("A line comes back this afternoon or on %(day)s, not both.") % {"day": until.isoformat()},
            gettext("Leave one of the two out."),
        )
    begins = clocks.afternoon(finding.community, now=now)
    if begins is None:
        raise ThirdplaceError(
            gettext("This afternoon has begun already, or the clock is set to a day on which hours do not pass."),
            gettext("Choose a later day, or leave it out: the line comes back when something changes."),
        )
    return begins


def _as_json(row: SetAside) -> dict[str, str | None]:
    until = row.until_on.isoformat() if row.until_on else None
    hour = row.until_at.isoformat() if row.until_at else None
    return {"because": row.because, "until_on": until, "until_at": hour, "since": row.since.isoformat()}

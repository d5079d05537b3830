"""Slowing down whoever guesses passwords. Kept in the database: it holds for all processes, and over a restart."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext, ngettext

from thirdplace.foundation.accounts.models import FailedLogin
from thirdplace.foundation.errors import ThirdplaceError

ALLOWED = 5  # failures for one name from one address before the door closes
ALLOWED_ADDRESS = 30  # failures from one address, whatever the names
FORGOTTEN = timedelta(hours=1)  # failures older than this no longer count
FIRST_PAUSE = timedelta(seconds=30)  # doubles with each failure after
LONGEST_PAUSE = timedelta(minutes=15)


class TooManyTries(ThirdplaceError):
    """The door is closed for a while."""

    status = 429


def ask(address: str, name: str, *, now: datetime) -> None:
    """Before a password is looked at: refuse while the door is closed for this name here, or for this address."""
    digests = [digest for digest, _ in _digests(address, name)]
    closed = FailedLogin.objects.filter(digest__in=digests, closed_until__gt=now).order_by("-closed_until").first()
    if closed is not None and closed.closed_until is not None:
        minutes = max(1, -int(-(closed.closed_until - now).total_seconds() // 60))
        raise TooManyTries(
            ngettext(
                "Logging in failed too often. Wait %(minutes)s minute.",
                "Logging in failed too often. Wait %(minutes)s minutes.",
                minutes,
            )
            % {"minutes": minutes},
            gettext("Or make a new password on this machine: thirdplace account new-password."),
        )


def failed(address: str, name: str, *, now: datetime) -> None:
    """A password was wrong, or the name unknown: count it, and close the door after too many."""
    with transaction.atomic():
        for digest, allowed in _digests(address, name):
            row, _ = FailedLogin.objects.select_for_update().get_or_create(digest=digest, defaults={"since": now})
            if now - row.since > FORGOTTEN:
                row.failures, row.since = 0, now
            row.failures += 1
            if row.failures >= allowed:
                pause = FIRST_PAUSE * 2.0 ** min(row.failures - allowed, 10)
                row.closed_until = now + min(pause, LONGEST_PAUSE)
            row.save()


def succeeded(address: str, name: str) -> None:
    """The password was right: forget the failures of this name here."""
    FailedLogin.objects.filter(digest=_digests(address, name)[0][0]).delete()


def sweep(*, now: datetime) -> int:
    """Remove what no longer counts; how many rows."""
    return FailedLogin.objects.filter(since__lt=now - FORGOTTEN).exclude(closed_until__gt=now).delete()[0]


def _digests(address: str, name: str) -> list[tuple[str, int]]:
    both, alone = f"{address}\x1f{name.strip().casefold()}", f"{address}\x1f"
    return [
        (hashlib.sha256(both.encode()).hexdigest(), ALLOWED),
        (hashlib.sha256(alone.encode()).hexdigest(), ALLOWED_ADDRESS),
    ]

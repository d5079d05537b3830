"""Looking around in a house that nobody owns yet: Hedgerow, made by a job for a guest, and taken away again."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from thirdplace import demo, settings
from thirdplace.foundation.accounts import keeping
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.errors import AlreadyDone
from thirdplace.foundation.jobs import queue
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.jobs.running import Cancelled, Lost, Run
from thirdplace.foundation.jobs.tasks import task
from thirdplace.foundation.lake.folders import community_folder
from thirdplace.foundation.members.models import Community

TASK = "make_hedgerow"
GUEST = "marit of hedgerow"


@dataclass(frozen=True)
class Standing:
    """How far Hedgerow is. state: none, making, failed, whole. step: of STEPS."""

    state: str
    step: int = 0
    what: str = ""
    remedy: str = ""


def begin(*, language: str = "") -> Account:
    """The guest, for whom Hedgerow is made unless it stands. Refused where the house is somebody's already."""
    with transaction.atomic():
        if keeping.has_owner() or Community.objects.filter(is_invented=False).exists():
            raise AlreadyDone(
                gettext("This house has begun already, so there is nothing to look around in."),
                gettext("Log in; or look at Hedgerow from the command line, in a folder of its own: thirdplace demo."),
            )
        guest = keeping.guest(GUEST, first_name="Marit", last_name="Oosterveld", language=language)
        if standing().state in ("none", "failed"):
            _jobs().exclude(state=Job.State.RUNNING).delete()
            queue.enqueue(TASK, unique=TASK)
        return guest


def standing() -> Standing:
    """How far Hedgerow is, for who waits."""
    job = _jobs().order_by("-pk").first()
    if job is not None and job.is_live:
        return Standing("making", int(job.progress.get("step", 0)))
    if job is not None and job.state == Job.State.FAILED:
        return Standing("failed", what=job.failure, remedy=job.remedy)
    return Standing("whole" if Community.objects.filter(is_invented=True).exists() else "none")


def is_guest(account: Account) -> bool:
    """Whether this is who looks around."""
    return account.username == GUEST and not account.is_owner


def has_guest() -> bool:
    """Whether somebody looked around here: then Hedgerow can be taken away; in the demo's own folder it cannot."""
    return Account.objects.filter(username=GUEST, is_owner=False).exists()


def leave() -> None:
    """Take Hedgerow and its guest away, with all that was done there."""
    for job in _jobs():
        queue.cancel(job)
    _forget()
    Account.objects.filter(username=GUEST, is_owner=False).delete()


@task()
def make_hedgerow(run: Run) -> None:
    """Make Hedgerow whole. What an earlier try left half made goes first; so does all of it when nobody waits."""
    numbers: set[int] = set()
    try:
        run.progress(step=0)
        guest = Account.objects.get(username=GUEST, is_owner=False)
        run.outside("make", lambda: _make(guest, _telling(run, numbers)))
    except Exception as error:
        if isinstance(error, Lost) or _is_awaited(run):
            raise
        _forget(numbers)
        raise Cancelled from error


def _is_awaited(run: Run) -> bool:
    """Whether the guest is still there, and has not asked to leave."""
    return has_guest() and not Job.objects.filter(pk=run.job.pk, cancel=True).exists()


def _make(guest: Account, tell: Callable[[str], None]) -> None:
    _forget()
    exports = settings.DATA / "spool" / "hedgerow"
    shutil.rmtree(exports, ignore_errors=True)
    try:
        demo.settle(exports, wall=timezone.now(), steward=guest, tell=tell)
    finally:
        shutil.rmtree(exports, ignore_errors=True)


def _telling(run: Run, numbers: set[int]) -> Callable[[str], None]:
    """Counts what the demo says it does: each who looks reads it in their own language. numbers: what it makes."""
    said: list[str] = []

    def tell(words: str) -> None:
        said.append(words)
        numbers.update(Community.objects.filter(is_invented=True).values_list("pk", flat=True))
        run.progress(step=len(said))

    return tell


def _forget(numbers: Iterable[int] = ()) -> None:
    """Remove whatever was invented here, rows then files. numbers: of those whose rows may be gone already."""
    invented = Community.objects.filter(is_invented=True)
    gone = {*numbers, *invented.values_list("pk", flat=True)}
    for community in invented:
        community.delete()
    for number in gone:
        shutil.rmtree(community_folder(number), ignore_errors=True)


def _jobs() -> QuerySet[Job]:
    return Job.objects.filter(task=TASK)

"""The tasks that jobs name: functions made known by `@task`, found when the definitions are loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from thirdplace.foundation.registry import Registry, file_of

if TYPE_CHECKING:
    from thirdplace.foundation.jobs.running import Run

Missed = Literal["skip", "one", "all"]
Work = Callable[..., Any]  # takes a Run, and by name what the job was given


@dataclass
class Task:
    """What a job does. With a cron line it is also begun by the clock.

    cron: five fields, read in this machine's own time. missed: what to do about the times at which nobody was running:
    skip them, make them up once, or make up all of them.
    """

    slug: str
    work: Work
    cron: str | None = None
    missed: Missed = "one"

    def __call__(self, run: "Run", **given: Any) -> Any:
        """Do the work."""
        return self.work(run, **given)


tasks: Registry[Task] = Registry("task", "tasks")


def task(*, cron: str | None = None, missed: Missed = "one") -> Callable[[Work], Task]:
    """Make a function `(run, **given)` known as a task under its own name.

    The function may be begun again after a kill: what it does to the database goes through `run.step`, what it does to
    files or the network through `run.outside`, and it says how far it is through `run.progress`.
    """

    def known(work: Work) -> Task:
        made = Task(work.__name__, work, cron, missed)
        vars(made)["__qualname__"] = work.__qualname__  # by which the registry knows a module that is loaded again
        return tasks.register(work.__name__, made, file=file_of(work))

    return known

"""Jobs: work that is not yet true, done by workers and begun again after a kill. Asking commits with the asker."""

from typing import TYPE_CHECKING, Any

from thirdplace.foundation.jobs.tasks import Task, task, tasks

if TYPE_CHECKING:
    from thirdplace.foundation.jobs.models import Job
    from thirdplace.foundation.jobs.running import Run

__all__ = ["Job", "Run", "Task", "enqueue", "task", "tasks"]


def enqueue(name: str, /, **asked: Any) -> "Job":
    """Ask for a job in the caller's transaction: see `queue.enqueue`. May be imported before Django is ready."""
    from thirdplace.foundation.jobs.queue import enqueue as really

    return really(name, **asked)


def __getattr__(name: str) -> Any:
    if name == "Job":
        from thirdplace.foundation.jobs.models import Job

        return Job
    if name == "Run":
        from thirdplace.foundation.jobs.running import Run

        return Run
    raise AttributeError(name)

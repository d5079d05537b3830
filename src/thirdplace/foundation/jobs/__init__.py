"""Jobs: work that is not yet true, done by workers and begun again after a kill. Asking commits with the asker."""

from typing import TYPE_CHECKING, Any

from thirdplace.foundation.jobs.tasks import Task, task, tasks

if TYPE_CHECKING:
    from thirdplace.foundation.jobs.models import Job
    from thirdplace.foundation.jobs.running import Run
    from thirdplace.foundation.members.models import Community

__all__ = ["Job", "Run", "Task", "ask_for_refresh", "enqueue", "task", "tasks"]


def enqueue(name: str, /, **asked: Any) -> "Job":
    """Ask for a job in the caller's transaction: see `queue.enqueue`. May be imported before Django is ready."""
    from thirdplace.foundation.jobs.queue import enqueue as really

    return really(name, **asked)


def ask_for_refresh(community: "Community") -> "Job":
    """Ask for a refresh in the caller's transaction: see `queue.ask_for_refresh`."""
    from thirdplace.foundation.jobs.queue import ask_for_refresh as really

    return really(community)


def __getattr__(name: str) -> Any:
    if name == "Job":
        from thirdplace.foundation.jobs.models import Job

        return Job
    if name == "Run":
        from thirdplace.foundation.jobs.running import Run

        return Run
    raise AttributeError(name)

"""The job table: what is to be done, who holds it, how far it is; and when the clock begins what."""

from django.db import models

from thirdplace.foundation.members.models import Community


class Job(models.Model):
    """Work that is not yet true. A claim carries a token and a lease; a step and its checkpoint commit together."""

    class State(models.TextChoices):
        READY = "ready"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="jobs")
    task = models.CharField(max_length=80)
    given = models.JSONField(default=dict)
    unique = models.CharField(max_length=120, null=True, unique=True)  # cleared when the job ends
    again = models.BooleanField(default=False)  # asked for anew while it ran: runs once more when it ends
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    ready_at = models.FloatField()  # seconds since 1970
    token = models.CharField(max_length=32, default="", blank=True)
    slot = models.CharField(max_length=80, default="", blank=True)
    lease_until = models.FloatField(default=0)
    tries = models.PositiveIntegerField(default=0)
    cancel = models.BooleanField(default=False)
    progress = models.JSONField(default=dict)
    failure = models.TextField(default="", blank=True)  # what went wrong the last time
    remedy = models.TextField(default="", blank=True)  # what a person can do about it, where one can
    made_at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "ready_at"], name="job_ready"),
            models.Index(fields=["community", "-made_at"], name="job_made"),
        ]

    @property
    def is_live(self) -> bool:
        """Whether it has still to be done."""
        return self.state in (Job.State.READY, Job.State.RUNNING)


class Step(models.Model):
    """A step that is done, with what it gave."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=80)
    result = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="step_once")]


class Schedule(models.Model):
    """When the clock next begins a task. Moved by compare-and-swap, so that one of several clocks wins."""

    task = models.CharField(max_length=80, unique=True)
    cron = models.CharField(max_length=80)
    missed = models.CharField(max_length=4, default="one")  # what to do about missed times: skip, one, all
    next_at = models.FloatField()  # seconds since 1970

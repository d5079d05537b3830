"""Readings: the values of measures, kept for pages that do not compute."""

from django.db import models

from thirdplace.foundation.members.models import Community


class Reading(models.Model):
    """A measure's value for one period and one slice. value is None when nothing was there to measure."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="readings")
    measure = models.CharField(max_length=60)
    grain = models.CharField(max_length=5)  # day, week, month
    slice = models.CharField(max_length=40, default="all")  # all, source:<pk>, channel:<number>
    begins_on = models.DateField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)  # 95 % interval
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField(default=0)
    more = models.JSONField(null=True)  # what else the fold gives: p90, the curve

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "measure", "grain", "slice", "begins_on"], name="reading_once")
        ]

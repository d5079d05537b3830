"""Readings: the values of measures, kept for pages that do not compute."""

from django.db import models

from thirdplace.foundation.members.models import Community


class Reading(models.Model):
    """A measure's value for one period and one slice, where there was something to measure."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="readings")
    measure = models.CharField(max_length=60)
    grain = models.CharField(max_length=5)  # day, week, month
    slice = models.CharField(max_length=40, default="all")  # all, source:<pk>, channel:<number>
    begins_on = models.DateField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)  # 95 % interval
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField(default=0)
    more = models.JSONField(null=True)  # what else the fold gives: p90

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "measure", "grain", "slice", "begins_on"], name="reading_once")
        ]


class Settled(models.Model):
    """What a community's readings follow from: written last, so that a refresh that was killed is done again."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="settled")
    follows_from = models.JSONField(default=dict)  # versions of the rollups, zone, moment, definitions
    spans = models.JSONField(default=dict)  # from which day until which something is known: of "all" and each source
    moment = models.DateTimeField(null=True)  # of the community's clock, that they were computed for
    settled_at = models.DateTimeField(auto_now=True)

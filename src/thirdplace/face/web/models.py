"""What a steward gave us to read, until it is read."""

from django.db import models

from thirdplace.foundation.members.models import Community


class Offer(models.Model):
    """An export that was dropped or pointed at, and what we take it for. Kept until it is left out."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="offers")
    name = models.CharField(max_length=200)  # as the steward knows it
    path = models.CharField(max_length=1000)
    ours = models.BooleanField(default=False)  # it lies among our uploads, and goes when it has been read
    connector = models.CharField(max_length=40, default="", blank=True)  # slug; "": not something we can read
    why = models.TextField(default="", blank=True)  # why we take it for that
    lacks = models.TextField(default="", blank=True)  # what would make more of it readable
    asks = models.JSONField(default=list)  # what only the steward can tell: base_url, zone, columns
    zone = models.CharField(max_length=64, default="", blank=True)  # of times that do not tell theirs
    table = models.JSONField(null=True)  # of a table: its header, a few rows, and what is guessed
    columns = models.JSONField(null=True)  # which column is what, as the steward says
    space = models.CharField(max_length=200, default="", blank=True)  # what the place calls itself
    base_url = models.URLField(max_length=300, default="", blank=True)
    what = models.TextField(default="", blank=True)  # why it cannot be read, and the remedy
    remedy = models.TextField(default="", blank=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    reading = models.ForeignKey("channels.Import", on_delete=models.SET_NULL, null=True, related_name="+")
    begun = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

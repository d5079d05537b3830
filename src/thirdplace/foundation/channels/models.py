"""Sources, their channels, and the imports that filled them."""

from django.db import models

from thirdplace.foundation.members.models import Community


class Source(models.Model):
    """One forum, one guild, one workspace: a connector's work, connected or imported."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="sources")
    connector = models.CharField(max_length=40)  # slug
    native = models.CharField(max_length=200)  # the source's own id, told by the format or made from its name
    name = models.CharField(max_length=120)
    base_url = models.URLField(max_length=300, default="", blank=True)  # where originals open; asked once
    zone = models.CharField(max_length=64, default="", blank=True)  # of times that do not tell theirs; asked once
    made_at = models.DateTimeField(auto_now_add=True)
    known_until = models.DateTimeField(null=True)  # how far it has been read

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "connector", "native"], name="source_once")]


class SourceNumber(models.Model):
    """The number a source had: when it comes again after an undoing or a kill, its messages keep their keys."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="source_numbers")
    of = models.CharField(max_length=64)  # sha256 of connector and native id: which source it was is not kept
    number = models.IntegerField(unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "of"], name="source_number_once")]


class Channel(models.Model):
    """A channel, category or list. The log knows only its number."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="channels")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="channels")
    number = models.BigIntegerField()
    native = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, default="channel")
    flat = models.BooleanField(default=True)
    import_id = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "number"], name="channel_once")]


class TableColumns(models.Model):
    """Which column of a table is what, as a steward said it: kept for the next table with the same columns."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="table_columns")
    digest = models.CharField(max_length=64)  # of the names above the columns
    mapping = models.JSONField(default=dict)  # {role: column}
    told_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "digest"], name="table_columns_once")]


class Import(models.Model):
    """One reading of an archive: what was found, what was left out and why, and how far it is."""

    class State(models.TextChoices):
        WAITING = "waiting"  # chosen, not begun
        READING = "reading"  # parsing and writing the lake
        SETTLING = "settling"  # the lake has it; index, rollups, database follow
        DONE = "done"
        FAILED = "failed"
        UNDOING = "undoing"
        UNDONE = "undone"

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="imports")
    source = models.ForeignKey(Source, on_delete=models.SET_NULL, null=True, related_name="imports")
    connector = models.CharField(max_length=40)
    path = models.CharField(max_length=500)  # where it was read from
    name = models.CharField(max_length=200)  # the file's own name, for people
    digest = models.CharField(max_length=64, default="", blank=True)  # sha256 of what was read
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    found = models.JSONField(default=dict)
    skipped = models.JSONField(default=list)  # [{"why", "count", "place"}]
    added = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    cpu = models.JSONField(default=dict)  # seconds: read, lake, index, readings
    seconds = models.FloatField(default=0)
    done = models.BigIntegerField(default=0)  # bytes read
    whole = models.BigIntegerField(default=0)
    reaches_at = models.DateTimeField(null=True)  # the newest moment it holds, known before or not
    lake_version = models.IntegerField(null=True)
    what = models.TextField(default="", blank=True)  # what went wrong, and the remedy
    remedy = models.TextField(default="", blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

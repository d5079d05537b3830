"""Communities, their members, and the accounts by which members are known."""

from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

from django.db import models


class Community(models.Model):
    """A community, kept apart from every other. Its clock is live, or set to a day."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    zone = models.CharField(max_length=64, default="UTC")  # one IANA zone
    clock_on = models.DateField(null=True)  # None: the clock is live
    made_at = models.DateTimeField(auto_now_add=True)
    is_invented = models.BooleanField(default=False, db_default=False)  # nobody in it is real; nothing real is read in
    people_version = models.PositiveIntegerField(default=0)  # moves whenever identity → member, staff or bot changes

    @property
    def tz(self) -> ZoneInfo:
        """The zone, as Python knows it."""
        return ZoneInfo(self.zone)

    def now(self, wall: datetime) -> datetime:
        """What time it is here: the wall's, or the last moment of the day its clock is set to. Aware."""
        if self.clock_on is None:
            return wall
        end = datetime.combine(self.clock_on + timedelta(days=1), clock_time(), tzinfo=self.tz)
        return min(wall, end.astimezone(UTC) - timedelta(microseconds=1))  # in UTC: clocks may be turned at midnight


class Member(models.Model):
    """A person, across all accounts we know to be theirs. The figures are derived and refreshed after each import."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(max_length=200)
    staff_mark = models.BooleanField(null=True)  # a steward's word; None: nobody said
    bot_mark = models.BooleanField(null=True)
    is_staff = models.BooleanField(default=False)  # what counts: the mark (a format's staff is only suggested)
    is_bot = models.BooleanField(default=False)  # what counts: the mark, else what the format says
    staff_hint = models.CharField(max_length=40, default="", blank=True)  # why we suggest it: "format" or "name"
    bot_hint = models.CharField(max_length=40, default="", blank=True)
    first_at = models.DateTimeField(null=True)  # first and last time they spoke
    last_at = models.DateTimeField(null=True)
    spoken = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=8, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["community", "-last_at"], name="member_last"),
            models.Index(fields=["community", "-first_at"], name="member_first"),
            models.Index(fields=["community", "-spoken"], name="member_spoken"),
            models.Index(fields=["community", "name"], name="member_name"),
        ]


class Identity(models.Model):
    """An account of a source. The log knows only its number."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="identities")
    source_id = models.IntegerField()
    number = models.BigIntegerField()  # lake.schema.identity_number(source, native)
    native = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    handle = models.CharField(max_length=200, default="", blank=True)
    said_bot = models.BooleanField(default=False)  # what the format says
    said_staff = models.BooleanField(default=False)
    deleted = models.BooleanField(default=False)  # the account is gone from its platform
    joined_at = models.DateTimeField(null=True)
    import_id = models.IntegerField()  # the import that first told of it
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="identities")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "number"], name="identity_once")]
        indexes = [models.Index(fields=["community", "source_id"], name="identity_source")]

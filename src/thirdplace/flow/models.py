"""Findings, deeds, what was set aside, stewards' reflections, and the searches they keep."""

from django.db import models
from django.utils.translation import gettext_lazy

from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community, Member


class Ending(models.Model):
    """Where an archive ended, as its community's clock was last set to it. None: it had not."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="ending")
    on = models.DateField(null=True)


class Round(models.Model):
    """A day that the signals were asked about, so that a day without findings is known to have been looked at."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="rounds")
    on = models.DateField()
    state = models.CharField(max_length=200)  # of lake, people and definitions: another state, another round
    truths = models.JSONField(default=dict)  # the numbers of the quiet lines, by question
    found_at = models.DateTimeField()  # by the community's clock

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "on"], name="round_once")]


class Finding(models.Model):
    """What a signal noticed, as it stood on a day of the community's clock."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="findings")
    on = models.DateField()
    signal = models.CharField(max_length=60)
    subject = models.BigIntegerField()  # key of a message, or pk of a member: the signal says which
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="findings")
    channel = models.BigIntegerField(null=True)
    began_at = models.DateTimeField()
    weight = models.FloatField(default=1.0)
    facts = models.JSONField(default=dict)  # the numbers of "why it is here"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "on", "signal", "subject"], name="finding_once")]


class Deed(models.Model):
    """What a steward did, to what, why, from which finding. Never changed, but for being undone."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="deeds")
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=20)  # message, member
    subject = models.BigIntegerField()
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="deeds")  # whom it was for
    given = models.JSONField(default=dict)  # what else the action was given, such as the text
    undo_with = models.JSONField(default=dict)  # what its undo needs
    why = models.TextField(default="", blank=True)
    signal = models.CharField(max_length=60, default="", blank=True)  # from which finding, by name and subject
    finding_subject = models.BigIntegerField(null=True)
    finding_facts = models.JSONField(default=dict)
    expects = models.JSONField(null=True)  # the action's expectation, as it was said then
    steward = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="deeds")
    done_at = models.DateTimeField()  # by the community's clock
    recorded_at = models.DateTimeField()  # by the wall's
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["community", "-done_at"], name="deed_done"),
            models.Index(fields=["community", "signal", "finding_subject"], name="deed_finding"),
        ]


class SetAside(models.Model):
    """A finding a steward does not want to see: until an hour, until a day, or until something changes."""

    class Because(models.TextChoices):
        LATER = "later", gettext_lazy("Later")
        ELSEWHERE = "elsewhere", gettext_lazy("Done elsewhere")
        HANDLED = "handled", gettext_lazy("It is already handled")
        NO_PROBLEM = "no_problem", gettext_lazy("This is not a problem here")
        WRONG_MOMENT = "wrong_moment", gettext_lazy("Right person, wrong moment")
        FEWER = "fewer", gettext_lazy("Fewer lines of this kind")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="set_aside")
    signal = models.CharField(max_length=60)
    subject = models.BigIntegerField()
    until_on = models.DateField(null=True)  # it comes back on this day; None: when something changes, or never
    until_at = models.DateTimeField(null=True)  # it comes back at this moment of the same day
    because = models.CharField(max_length=20, choices=Because)
    since = models.DateTimeField()  # by the community's clock

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "signal", "subject"], name="set_aside_once")]


class Reflection(models.Model):
    """A few words a steward writes when the round is done."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="reflections")
    on = models.DateField()
    steward = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="reflections")
    text = models.TextField(default="", blank=True)  # what struck them
    differently = models.TextField(default="", blank=True)  # what they would do differently
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "on", "steward"], name="reflection_once")]


class View(models.Model):
    """A search that was given a name: everybody who looks after the community sees it beside the stream."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="views")
    name = models.CharField(max_length=60)
    query = models.TextField()  # the search as its address says it; see search.py
    steward = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="views")  # who kept it
    kept_at = models.DateTimeField()  # by the wall's clock
    removed_at = models.DateTimeField(null=True)  # until that is undone

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"], condition=models.Q(removed_at=None), name="view_called_once"
            )
        ]

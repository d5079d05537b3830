"""What the room of managing keeps: notes about members."""

from django.db import models

from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community, Member


class Note(models.Model):
    """What a steward wrote down about a member, for colleagues."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="notes")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    steward = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="notes")
    written_at = models.DateTimeField()

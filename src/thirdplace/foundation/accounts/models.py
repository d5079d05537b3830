"""Who works here: the accounts of stewards, and the tokens their scripts use."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Account(AbstractUser):
    """A steward's login. The first one made on this machine owns the house."""

    is_owner = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="", blank=True)  # "" follows the browser
    theme = models.CharField(max_length=8, default="", blank=True)  # "", light, dark
    letter_keys = models.BooleanField(default=True)  # single-letter keys (WCAG 2.1.4)

    @property
    def name(self) -> str:
        """How the account is called in sentences."""
        return self.get_full_name() or self.username


class Token(models.Model):
    """A key for the API; only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)  # sha256, hexadecimal
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class FailedLogin(models.Model):
    """How often logging in failed lately, for an address with a name, or an address with any. Names are not kept."""

    digest = models.CharField(max_length=64, unique=True)  # sha256 of address and name
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()  # of the first of these failures
    closed_until = models.DateTimeField(null=True)

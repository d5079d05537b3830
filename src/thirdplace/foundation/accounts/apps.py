"""Tells Django of this app."""

from django.apps import AppConfig


class Config(AppConfig):
    """The tables of accounts."""

    name = "thirdplace.foundation.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.AutoField"

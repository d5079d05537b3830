"""Tells Django of this app."""

from django.apps import AppConfig


class Config(AppConfig):
    """The tables of members."""

    name = "thirdplace.foundation.members"
    label = "members"
    default_auto_field = "django.db.models.AutoField"

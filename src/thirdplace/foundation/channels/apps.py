"""Tells Django of this app."""

from django.apps import AppConfig


class Config(AppConfig):
    """The tables of channels."""

    name = "thirdplace.foundation.channels"
    label = "channels"
    default_auto_field = "django.db.models.AutoField"

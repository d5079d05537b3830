"""Tells Django of this app."""

from django.apps import AppConfig


class Config(AppConfig):
    """The tables of engine."""

    name = "thirdplace.foundation.engine"
    label = "engine"
    default_auto_field = "django.db.models.AutoField"

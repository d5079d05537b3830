"""Tells Django of this app."""

from django.apps import AppConfig


class Config(AppConfig):
    """The tables of flow."""

    name = "thirdplace.flow"
    label = "flow"
    default_auto_field = "django.db.models.AutoField"

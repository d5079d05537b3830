"""Tells Django of this app."""

from django.apps import AppConfig


class Config(AppConfig):
    """The tables of managing."""

    name = "thirdplace.practice.managing"
    label = "managing"
    default_auto_field = "django.db.models.AutoField"

"""Tells Django of this app."""

from django.apps import AppConfig


class Config(AppConfig):
    """The tables of jobs."""

    name = "thirdplace.foundation.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.AutoField"

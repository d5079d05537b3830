"""Tells Django of this app."""

from django.apps import AppConfig


class Config(AppConfig):
    """The tables of web."""

    name = "thirdplace.face.web"
    label = "web"
    default_auto_field = "django.db.models.AutoField"

"""Days and moments in the reader's language."""

from datetime import date

from django.utils import formats
from django.utils.translation import get_language

SMALL = ("nl", "sv")  # languages that write months with a small letter; the framework gives short ones a capital


def date_format(on: date, wanted: str) -> str:
    """A day or a moment, by Django's letters, its month as the reader's language writes it."""
    small = (get_language() or "").partition("-")[0] in SMALL
    return formats.date_format(on, wanted.replace("M", "b") if small else wanted)

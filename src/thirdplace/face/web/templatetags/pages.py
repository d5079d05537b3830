"""What page templates say: times, figures, languages, members' words. Load it with {% load pages %}."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString

from thirdplace.face.web.pages import clock, languages, times, words
from thirdplace.face.web.request import Request
from thirdplace.flow.advice import Advice

register = template.Library()


@register.filter
def plain(text: object) -> str:
    """A name for where no element may stand: in an attribute, a title, an option."""
    return words.name(str(text or ""))


@register.filter
def clean(text: object) -> str:
    """Text that somebody typed, without what turns or hides letters; it may be long."""
    return words.clean(str(text or ""))


@register.filter
def is_long(text: str | None) -> bool:
    """Whether a message is folded where something else stands below it."""
    return words.is_long(text)


@register.filter
def figure(n: float | None) -> str:
    """A whole number as the reader's language groups it; nothing for nothing known."""
    return "" if n is None else number_format(n, decimal_pos=0, use_l10n=True, force_grouping=True)


@register.filter
def language(code: str) -> str:
    """What a language is called in the reader's own."""
    return languages.title(code) if code else ""


@register.filter
def moment(at: datetime | None, request: Request) -> str:
    """When, as one would say it."""
    return times.moment(at, now=clock.now(request), zone=request.community.tz) if at else ""


@register.filter
def brief(at: datetime | None, request: Request) -> str:
    """When, for a narrow column."""
    return times.brief(at, now=clock.now(request), zone=request.community.tz) if at else ""


@register.filter
def full(at: datetime | None, request: Request) -> str:
    """When, exactly."""
    return times.full(at, zone=request.community.tz) if at else ""


@register.filter
def wall(at: datetime | None, request: Request) -> str:
    """When, by the wall's clock: of what we did, whatever day the community's clock is set to."""
    return times.moment(at, now=timezone.now(), zone=request.community.tz) if at else ""


@register.filter("clock")
def hour(at: datetime | None, request: Request) -> str:
    """At which hour of its day."""
    return times.hour(at, zone=request.community.tz) if at else ""


@register.filter
def stamp(at: datetime | None) -> str:
    """When, for machines: the datetime of a time element."""
    return at.isoformat(timespec="seconds") if at else ""


@register.filter
def day(on: date | None, request: Request) -> str:
    """A day by its name."""
    return times.day(on, today=clock.today(request)) if on else ""


@register.filter
def span(length: timedelta | None) -> str:
    """How long."""
    return times.span(length) if length is not None else ""


@register.simple_tag
def excerpt(text: str | None, marks: list[str] | None = None, at_most: int = 220) -> SafeString:
    """The beginning of a message on one line, found words marked."""
    return words.line(text, marks=marks or (), at_most=at_most)


@register.simple_tag
def sentence(text: str | None, terms: list[str]) -> SafeString:
    """A message where the words stand that were found, marked."""
    return words.sentence(text, terms)


@register.simple_tag
def shown(text: str | None, terms: list[str] | None = None) -> SafeString:
    """A message as inert HTML, the words that were found marked."""
    return words.shown(text, terms=terms or ())


@register.simple_tag
def pick(things: Mapping[Any, Any], key: Any) -> Any:
    """One of several by its key; nothing when it is not there."""
    return things.get(key, "")


@register.simple_tag
def usually(found: Advice) -> SafeString:
    """What usually helps, from a piece of advice."""
    return found.html(found.body[0]) if found.body else SafeString("")

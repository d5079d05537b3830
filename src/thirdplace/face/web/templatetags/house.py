"""The parts of every page, as tags. They are built in: no template needs to load them."""

import datetime
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from thirdplace.demo import visiting
from thirdplace.face.web import counted, places, standing
from thirdplace.face.web.pages import languages, words
from thirdplace.flow.dates import date_format

register = template.Library()
MARK = mark_safe(  # our own drawing
    '<circle cx="6" cy="14.5" r="4" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<circle cx="16" cy="14.5" r="4" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<circle class="ember" cx="11" cy="6.2" r="5"/>'
)


@lru_cache(maxsize=1)
def icons() -> dict[str, str]:
    """The drawings of all icons, by name (Lucide, ISC: static/vendor/lucide.LICENSE)."""
    text = (Path(__file__).resolve().parents[1] / "icons.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@register.simple_tag
@lru_cache(maxsize=400)
def icon(name: str, more: str = "") -> SafeString:
    """An icon, hidden from the reading order: the word stands beside it or on its button."""
    drawing = mark_safe(icons()[name])  # noqa: S308 - from our own file
    return format_html(
        '<svg class="i{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round"'
        ' stroke-linejoin="round" aria-hidden="true">{}</svg>',
        f" {more}" if more else "",
        drawing,
    )


@register.simple_tag
def mark(size: int = 22) -> SafeString:
    """Our own sign."""
    return format_html('<svg width="{0}" height="{0}" viewBox="0 0 22 22" aria-hidden="true">{1}</svg>', size, MARK)


def initials(name: str) -> str:
    """One or two letters for a face: of the first and the last word that begin with one."""
    parts = [part for part in re.split(r"[\s._\-]+", words.name(name)) if part and part[0].isalnum()]
    letters = [parts[0][0], parts[-1][0]] if len(parts) > 1 else [part[0] for part in parts]
    return "".join(letters).upper() or "·"


@register.simple_tag
@lru_cache(maxsize=4000)
def face(name: str, size: str = "") -> SafeString:
    """A face of initials on one of six tints, always the same for a name. size: s, m, l or xl; the middle is none."""
    tint = crc32(name.encode()) % 6 + 1
    classes = f"face p{tint} {size}".strip()
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, initials(name))


@register.simple_tag
def person(member: Any, size: str = "", plain: bool = False) -> SafeString:
    """A person: face and name, leading to their page; plain where a link may not stand, as in a summary."""
    return _who(str(member.name), None if plain else member.pk, size)


@register.simple_tag
def nobody(name: str = "", size: str = "") -> SafeString:
    """Someone we have no page for: an author nobody names any more, a name typed by hand."""
    return _who(name, None, size)


def _who(name: str, pk: int | None, size: str) -> SafeString:
    shown = format_html("{}<span>{}</span>", face(name, size), words.isolated(name))
    try:
        return (
            format_html('<a class="who" href="{}">{}</a>', reverse("member", args=[pk]), shown) if pk else _span(shown)
        )
    except NoReverseMatch:
        return _span(shown)


def _span(shown: SafeString) -> SafeString:
    return format_html('<span class="who">{}</span>', shown)


@register.filter
def name(text: object) -> SafeString:
    """A name that members or their platforms gave: on one line, and unable to turn the sentence around it."""
    return words.isolated(str(text or ""))


@register.inclusion_tag("parts/said.html")
def said(text: str, language: str = "", where: object = "", link: str = "", link_words: str = "") -> dict[str, object]:
    """A member's own words, in the book face, in their language, with where and when."""
    return {"text": words.shown(text), "language": language, "where": where, "link": link, "link_words": link_words}


@register.simple_tag
def chip(text: object, tone: str = "", sign: str = "") -> SafeString:
    """A chip: good, heed, harm, accent, ember or plain; always a word, perhaps an icon."""
    drawn = icon(sign) if sign else ""
    return format_html('<span class="chip{}">{}{}</span>', f" {tone}" if tone else "", drawn, text)


@register.simple_tag
def share(part: float, whole: float, label: str = "", tone: str = "c1") -> SafeString:
    """A share as a bar, with its words for those who do not see it."""
    wide = 0.0 if not whole else max(0.0, min(100.0, 100 * part / whole))
    return format_html(
        '<svg class="share {}" viewBox="0 0 100 6" preserveAspectRatio="none" {}><rect width="{}" height="6"/></svg>',
        tone,
        format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"'),
        round(wide, 1),
    )


@register.inclusion_tag("parts/card.html")
def card(card: Any, title: str = "", heading: str = "h2") -> dict[str, Any]:
    """A definition's card, word for word as in code."""
    lines = [(gettext(term), gettext(text)) for term, text in card.lines.items()]
    return {"lines": lines, "title": title, "heading": heading}


@register.inclusion_tag("parts/side.html", takes_context=True)
def side(context: Context) -> dict[str, Any]:
    """The navigation at the left."""
    return standing.side(context["request"])


@register.inclusion_tag("parts/under_way.html", takes_context=True)
def under_way(context: Context) -> dict[str, Any]:
    """Says on every page that something is still being read, and numbers may rise."""
    return {"under_way": standing.sources_state(context["request"]).under_way}


@register.inclusion_tag("house/_invented.html", takes_context=True)
def invented(context: Context) -> dict[str, Any]:
    """Says on every page of an invented community that it is one."""
    request = context["request"]
    told = {"community": request.community, "csrf_token": context.get("csrf_token")}
    return {**told, "guest": not request.steward.is_owner, "can_leave": visiting.has_guest()}


@register.inclusion_tag("parts/tabs.html", takes_context=True)
def tabs(context: Context) -> dict[str, Any]:
    """The bar at the foot of a phone."""
    request = context["request"]
    return {"tabs": places.tabs(), "here": standing.here(request)}


@register.simple_tag
def count_of(page: places.Page, request: Any) -> int | None:
    """What waits on a page, when that is more than nothing."""
    return (page.count(request) or None) if page.count else None


@register.filter(expects_localtime=True)
def date(on: datetime.date | None, wanted: str) -> str:
    """A day, as Django's own filter of this name says it, its month as the reader's language writes it."""
    return date_format(on, wanted) if on else ""


@register.filter(name="counted")
def counted_filter(n: int | None) -> str:
    """A whole number with its thousands apart; a dash for what is not known."""
    return "–" if n is None else counted.number(n)


@register.filter
def found(counts: dict[str, int]) -> str:
    """What an import found, in words."""
    return counted.found(counts)


@register.filter
def whys(skipped: list[dict[str, object]]) -> list[tuple[str, str, str]]:
    """What an import left out: why, how many, where the first one stood."""
    return counted.whys(skipped)


@register.filter
def roughly(seconds: int) -> str:
    """A wait in whole minutes, or less than one."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return gettext("less than a minute left")
    return ngettext("about %(n)s minute left", "about %(n)s minutes left", minutes) % {"n": minutes}


@register.simple_tag
def languages_of(codes: list[str], more: int = 0) -> str:
    """Languages by their names: English, Dutch and 3 more."""
    names = ", ".join(languages.title(code) for code in codes)
    if not more:
        return names
    return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {"names": names, "n": more}

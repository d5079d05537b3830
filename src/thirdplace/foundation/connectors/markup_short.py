"""The short way through HTML as chats write it by the million: paragraphs, links, code and quotes of known shape.

It says what `markup.read` says, in a third of the time, or None where something else stands in the piece.
"""

import re
from html import unescape

from thirdplace.foundation.connectors.markup_marks import WEB, fence, spaced

LONGEST = 20_000  # letters; beyond, only what takes time by the length and no more is used
_ONLY_TEXT = re.compile(r"[ \n]*+(?:<p>[^<\x00\r]*+(?:<br>[^<\x00\r]*+)*+</p>[ \n]*+)*+")
_BLOCK = re.compile(
    r'<div class="codehilite"[^<>]*+><pre>(?:<code>)?+(.*?)(?:</code>)?</pre></div>'
    r"|<blockquote>(.*?)</blockquote>",
    re.DOTALL,
)
_STYLES = (("<em>", "</em>"), ("<strong>", "</strong>"), ("<del>", "</del>"))
_NAMED = re.compile(r'<span (?:aria-label="[^"<>]*+" )?class="(?:user-mention|emoji)[^"<>]*+"[^<>]*+>([^<]*+)</span>')
_LINK = re.compile(r'<a href="([^"<>]*+)"[^<>]*+>([^<]*+)</a>')


def short(html: str) -> str | None:
    """The text of a piece, or None when it takes the long way. Runs of empty lines are still in it."""
    if _ONLY_TEXT.fullmatch(html):
        return _paragraphs(html)
    if len(html) > LONGEST:
        return None
    if "<blockquote>" not in html and "<pre>" not in html:
        return _inline(html)
    said: list[str | None] = []
    at = 0
    for block in _BLOCK.finditer(html):
        said += (_inline(html[at : block.start()]), _quote(block[2]) if block[1] is None else _code(block[1]))
        at = block.end()
    said.append(_inline(html[at:]))
    return None if None in said else "\n\n".join(filter(None, said))


def _inline(html: str) -> str | None:
    if "<code>" in html:
        html = html.replace("<code>", "`").replace("</code>", "`")
    if "<span" in html:
        html = _NAMED.sub(r"\1", html)
    if "<a " in html:
        html = _LINK.sub(_linked, html)
    for begins, ends in _STYLES:
        if begins in html:
            html = html.replace(begins, "").replace(ends, "")
    return _paragraphs(html) if _ONLY_TEXT.fullmatch(html) else None


def _linked(link: re.Match[str]) -> str:
    href, said = link[1], link[2]
    words = unescape(said).strip()
    address = unescape(href)
    if not words:
        return said + href if address.startswith(WEB) else said
    return f"{said} &lt;{href}&gt;" if words != address and address.startswith((*WEB, "mailto:")) else said


def _paragraphs(html: str) -> str:
    said = []
    for paragraph in html.split("</p>")[:-1]:
        lines = paragraph.lstrip()[3:].split("<br>")
        lines = [spaced((unescape(each) if "&" in each else each).strip()) for each in lines]
        if text := "\n".join(filter(None, lines)):
            said.append(text)
    return "\n\n".join(said)


def _code(html: str) -> str | None:
    if "<" in html or "\r" in html:
        return None
    lines = [line.rstrip() for line in unescape(html).split("\n")]
    if not lines[-1]:
        lines.pop()
    marks = fence(lines)
    return "\n".join((marks, *lines, marks))


def _quote(html: str) -> str | None:
    said = None if "<blockquote" in html else short(html)
    return said and "\n".join(f"> {line}".rstrip() for line in said.split("\n"))

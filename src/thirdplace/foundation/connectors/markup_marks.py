"""What is cut out of HTML before it is read: comments, colours of code, maths drawn a second time. All in one pass."""

import re
from html import unescape

WEB = ("http://", "https://")
_BLANKS = ("\n", "\t", "\r", "\f")
_COLOUR = re.compile(r"<span[^<>]*+>")
_TICKS = re.compile(r"`{3,}")
_ATTRIBUTE = re.compile(r"""([^\s=/"']++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"']++))?""")
_DRAWN, _WRITTEN = '<span class="katex-mathml">', "</annotation>"


def spaced(text: str) -> str:
    """Runs of white space as one space, as a browser shows them."""
    for blank in _BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def attributes(said: str) -> dict[str, str]:
    """What a tag says, by small names; the first word counts."""
    told: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(said):
        told.setdefault(name.lower(), unescape(value.strip("\"'")))
    return told


def address(said: str) -> str:
    """Where a link leads, by what its tag says."""
    if said.startswith(' href="') and (ends := said.find('"', 7)) > 0:
        href = said[7:ends]
        return unescape(href) if "&" in href else href
    return attributes(said).get("href", "")


def prepared(html: str) -> str:
    """The piece without its comments, with code in one colour and drawn maths as the TeX that it was written as."""
    if "<!--" in html:
        html = _without_comments(html)
    if "<pre" in html and "<span" in html:
        html = _uncoloured(html)
    return _written(html) if _DRAWN in html else html


def _without_comments(html: str) -> str:
    """A comment that does not end is text."""
    kept: list[str] = []
    at = 0
    while (begins := html.find("<!--", at)) >= 0 and (ends := html.find("-->", begins + 4)) >= 0:
        kept.append(html[at:begins])
        at = ends + 3
    return "".join(kept) + html[at:]


def _uncoloured(html: str) -> str:
    """Platforms put each word of code into a span: a message has hundreds, and they say nothing."""
    kept: list[str] = []
    at = 0
    while (begins := html.find("<pre", at)) >= 0 and (ends := html.find("</pre>", begins)) >= 0:
        kept += (html[at:begins], *_COLOUR.split(html[begins:ends].replace("</span>", "")))
        at = ends
    return "".join(kept) + html[at:]


def _written(html: str) -> str:
    """KaTeX writes a formula three times: for machines, as TeX, and drawn. The TeX is what the member wrote."""
    kept: list[str] = []
    at = 0
    while (begins := html.find(_DRAWN, at)) >= 0 and (ends := html.find(_WRITTEN, begins)) >= 0:
        tex = html[html.rfind(">", begins, ends) + 1 : ends].strip()
        kept += (html[at:begins], "<span>$$", tex, "$$")
        at = ends + len(_WRITTEN)
    return "".join(kept) + html[at:]


def fence(code: list[str]) -> str:
    """A fence longer than any that stands in the code."""
    runs = [len(run) for line in code if "```" in line for run in _TICKS.findall(line)]
    return "`" * (max(runs) + 1 if runs else 3)

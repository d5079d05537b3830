"""HTML that members wrote, as readable plain text: quotes, code and links are kept, nothing else of it."""

import re
from html import unescape

_BLOCKS = {"p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "details"}
_HIDDEN = {"script", "style", "template", "noscript", "iframe", "object"}
_GAPS = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DEEP = 8  # marks before a line that is quoted; deeper ones only make it longer

# Every search is bounded, so that the time grows with the length and no faster (html.parser takes minutes for 100 kB
# of "<a "). A tag that does not end is text.
_TOKEN = re.compile(
    r"""
    <(?P<end>/?)(?P<tag>[a-z][^\s/<>"']*+)(?P<said>(?:[^<>"']++|"[^"]{0,2000}"|'[^']{0,2000}'|["']){0,200}+)>
    |<[!?][^<>]{0,1000}+>
    |(?P<text>[^<]++|<)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"']++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"']++))?""")


class _Reader:
    """Gathers text line by line; `quotes` is how deep in blockquotes it stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._pre = 0
        self._hidden = 0
        self._link: tuple[str, int] | None = None  # its address, and where in the line its words begin
        self._counts: list[int | None] = []

    def read(self, html: str) -> str:
        """The text of a whole piece."""
        for token in _TOKEN.finditer(_without_comments(html)):
            if token["tag"] is None:
                self._say(unescape(token["text"] or ""))
            elif token["tag"].lower() in _HIDDEN:
                self._hidden = max(0, self._hidden + (-1 if token["end"] else 1))
            elif self._hidden:
                continue
            elif token["end"]:
                self._ends(token["tag"].lower())
            else:
                self._begins(token["tag"].lower(), _attributes(token["said"]))
        self._break()
        return _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in self.lines)).strip()

    def _begins(self, tag: str, told: dict[str, str]) -> None:
        if tag in _BLOCKS:
            self._gap()
            self._open(tag)
        elif tag == "br":
            self._break()
        elif tag == "li":
            self._break()
            self._line.append(self._bullet())
        elif tag == "tr":
            self._break()
        elif tag == "code" and not self._pre:
            self._line.append("`")
        elif tag == "a":
            self._link = (told.get("href", ""), len(self._line))
        elif tag == "img":
            self._line.append(told.get("alt", ""))

    def _open(self, tag: str) -> None:
        if tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._pre += 1
            self.lines.append(self._prefix() + "```")
        elif tag in ("ul", "ol"):
            self._counts.append(0 if tag == "ol" else None)

    def _bullet(self) -> str:
        if not self._counts or self._counts[-1] is None:
            return "- "
        self._counts[-1] += 1
        return f"{self._counts[-1]}. "

    def _ends(self, tag: str) -> None:
        if tag == "code" and not self._pre:
            self._line.append("`")
        elif tag == "a" and self._link is not None:
            self._close_link(*self._link)
        elif tag in _BLOCKS:
            self._break()
            self._close(tag)
            self._gap()

    def _close(self, tag: str) -> None:
        if tag == "blockquote":
            while self.lines and not self.lines[-1].strip("> "):
                self.lines.pop()
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre" and self._pre:
            self._pre -= 1
            self.lines.append(self._prefix() + "```")
        elif tag in ("ul", "ol") and self._counts:
            self._counts.pop()

    def _close_link(self, href: str, began: int) -> None:
        self._link = None
        said = "".join(self._line[began:]).strip()
        if href.startswith(("http://", "https://", "mailto:")) and said != href and said:
            self._line.append(f" <{href}>")
        elif href.startswith(("http://", "https://")) and not said:
            self._line.append(href)

    def _say(self, data: str) -> None:
        if self._hidden:
            return
        if self._pre:
            first, *rest = data.split("\n")
            self._line.append(first)
            for line in rest:
                self._break(keep=True)
                self._line.append(line)
        else:
            self._line.append(_SPACES.sub(" ", data))

    def _prefix(self) -> str:
        return "> " * min(self._quotes, _DEEP)

    def _break(self, *, keep: bool = False) -> None:
        line = "".join(self._line)
        line = line.rstrip() if self._pre else line.strip()
        if line or keep:
            self.lines.append(self._prefix() + line)
        self._line = []

    def _gap(self) -> None:
        self._break()
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._prefix().rstrip())


def _without_comments(html: str) -> str:
    """The piece without its comments; one that does not end is text."""
    kept: list[str] = []
    at = 0
    while (begins := html.find("<!--", at)) >= 0 and (ends := html.find("-->", begins + 4)) >= 0:
        kept.append(html[at:begins])
        at = ends + 3
    return "".join(kept) + html[at:]


def _attributes(said: str) -> dict[str, str]:
    """What a tag says, by small names; the first word counts."""
    told: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(said):
        told.setdefault(name.lower(), unescape(value.strip("\"'")))
    return told


def plain(html: str) -> str:
    """Readable text of a piece of HTML, whatever is in it."""
    if "<" not in html and "&" not in html:
        return html.strip()
    return _Reader().read(html)

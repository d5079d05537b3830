"""HTML that members wrote, as readable plain text: quotes, code and links are kept, nothing else of it."""

import re
from html.parser import HTMLParser

_BLOCKS = {"p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "details"}
_HIDDEN = {"script", "style", "template", "noscript", "iframe", "object"}
_GAPS = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\r\n\f]+")


class _Reader(HTMLParser):
    """Gathers text line by line; `quotes` is how deep in blockquotes it stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._pre = 0
        self._hidden = 0
        self._links: list[tuple[str, int]] = []
        self._counts: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
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
            self._links.append((told.get("href") or "", len(self._line)))
        elif tag == "img":
            self._line.append(told.get("alt") or "")

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

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "code" and not self._pre:
            self._line.append("`")
        elif tag == "a" and self._links:
            self._close_link()
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

    def _close_link(self) -> None:
        href, began = self._links.pop()
        said = "".join(self._line[began:]).strip()
        if href.startswith(("http://", "https://", "mailto:")) and said != href and said:
            self._line.append(f" <{href}>")
        elif href.startswith(("http://", "https://")) and not said:
            self._line.append(href)

    def handle_data(self, data: str) -> None:
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
        return "> " * self._quotes

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

    def end(self) -> str:
        self.close()
        self._break()
        return _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in self.lines)).strip()


def plain(html: str) -> str:
    """Readable text of a piece of HTML, whatever is in it."""
    if "<" not in html and "&" not in html:
        return html.strip()
    reader = _Reader()
    reader.feed(html)
    return reader.end()

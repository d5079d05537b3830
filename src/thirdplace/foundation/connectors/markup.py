"""HTML that members wrote, as readable plain text: quotes, code, links and maths are kept, nothing else of it."""

import re
from html import unescape

from thirdplace.foundation.connectors.markup_marks import WEB, address, attributes, fence, prepared, spaced
from thirdplace.foundation.connectors.markup_short import short

_BLOCKS = frozenset(
    ("p", "div", "aside", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "details")
)
_LINES = frozenset(("br", "li", "tr", "summary"))
_CLASSED = frozenset(("div", "aside", "span"))  # what platforms give a meaning by its class
_HIDDEN = frozenset(
    ("script", "style", "template", "noscript", "iframe", "object", "svg", "audio", "video", "title", "head")
)
_ADDED = frozenset(  # what a platform adds to what was written: a picture or a summary of a link, maths drawn
    (
        "message_inline_image", "message_embed", "inline-preview-twitter", "youtube-video", "katex-html",
        "quote-controls", "meta", "lazyYT", "poll-info",
    )
)  # fmt: skip
_DEEP = 8  # marks before a line that is quoted; deeper ones only make it longer
_GAPS = re.compile(r"\n{3,}")
_STYLES = ("em", "strong", "b", "i", "u", "s", "del", "sup", "sub", "small", "time", "tbody", "thead")
_PASSED = frozenset((*_STYLES, *(f"/{tag}" for tag in _STYLES)))
_MEANING = re.compile(r"quote|title|onebox|math|message_|preview|youtube|katex-html|meta|lazyYT|poll")
_CLASS = re.compile(r"""\bclass\s*+=\s*+["']?([^"'<>]*+)""")

# Every search is bounded, so that the time grows with the length and no faster: html.parser takes minutes for 100 kB
# of "<a ", and a tree as browsers make it (lexbor) 145 seconds for a megabyte of "<div>". A tag that does not end is
# text.
_TOKEN = re.compile(
    r"""
    <(/?[a-z][^\s/<>"']*+)((?:[^<>"']++|"[^"]{0,2000}"|'[^']{0,2000}'|["']){0,200}+)>
    |<[!?][^<>]{0,1000}+>
    |([^<]++|<)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def plain(html: str) -> str:
    """Readable text of a piece of HTML, whatever is in it."""
    if "<" not in html and "&" not in html:
        return html.strip()
    html = prepared(html)
    said = short(html)
    return read(html) if said is None else _GAPS.sub("\n\n", said).strip()


def read(html: str) -> str:
    """The same tag by tag, whatever the piece is made of."""
    return _Reader().read(prepared(html))


class _Reader:
    """Gathers text line by line; `quotes` is how deep in quotes it stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._celled = False  # whether a cell of a table began in this line
        self._quotes = 0
        self._marks: list[int] = []  # of each quote that is open: how many it adds
        self._code: list[int] = []  # where each piece of code begins
        self._skipped, self._skips = "", 0  # the element that is not read, and how often it stands in itself
        self._link: tuple[str, int] | None = None  # its address, and where in the line its words begin
        self._counts: list[int | None] = []
        self._roles: dict[str, list[str]] = {tag: [] for tag in _CLASSED}
        self._preview = False

    def read(self, html: str) -> str:
        """The text of a whole piece."""
        for tag, said, text in _TOKEN.findall(html):
            if self._skips:
                if tag:
                    self._skip(tag.lower(), said)
            elif text:
                self._say(unescape(text) if "&" in text else text)
            elif not tag or tag in _PASSED:
                continue
            elif tag[0] == "/":
                self._ends(tag[1:].lower())
            else:
                self._begins(tag.lower(), said)
        self._break()
        return _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in self.lines)).strip()

    def _skip(self, tag: str, said: str) -> None:
        """Go on to the end of what is not read; of a preview the first address is kept."""
        if tag == self._skipped:
            self._skips += 1
        elif tag == "/" + self._skipped:
            self._skips -= 1
        elif tag == "a" and self._preview:
            self._address(address(said))
        if not self._skips:
            self._preview = False

    def _begins(self, tag: str, said: str) -> None:
        if tag in _CLASSED:
            if said and _MEANING.search(said):
                if not self._classed(tag, said):
                    return
            else:
                self._roles[tag].append("")
        if tag in _BLOCKS:
            self._gap()
            self._open(tag)
        elif tag in _LINES:
            self._break(keep=tag == "br" and bool(self._code))
            if tag == "li":
                self._line.append(self._bullet())
        elif tag == "code" and not self._code:
            self._line.append("`")
        elif tag == "a":
            self._link = (address(said), len(self._line))
        elif tag == "img":
            self._say(attributes(said).get("alt", ""))
        elif tag in _HIDDEN:
            self._skipped, self._skips = tag, 1
        elif tag in ("td", "th"):
            self._cell()

    def _cell(self) -> None:
        while self._line and self._line[-1].isspace():
            self._line.pop()
        self._line += [" | "] if self._celled else []
        self._celled = True

    def _classed(self, tag: str, said: str) -> bool:
        """Whether an element is read as every other of its tag; some are read in their own way, or not at all."""
        found = _CLASS.search(said) if said else None
        names = found[1].split() if found else ()
        role = ""
        if not _ADDED.isdisjoint(names):
            self._skipped, self._skips = tag, 1
            return False
        if tag == "aside" and "onebox" in names:
            self._gap()
            self._skipped, self._skips, self._preview = tag, 1, True
            self._address(attributes(said).get("data-onebox-src", ""))
            return False
        if tag == "aside" and "quote" in names:
            role = "quote"
            self._gap()
            self._open("blockquote")
        elif tag == "div" and "title" in names:
            role = "title"
            self._break()
        elif "math" in names:
            role = "$" if tag == "span" else "$$"
            self._line.append(role)
        self._roles[tag].append(role)
        return not role

    def _address(self, href: str) -> None:
        if self._preview and href.startswith(WEB):
            self.lines += [self._prefix() + href, self._prefix().rstrip()]
            self._preview = False

    def _open(self, tag: str) -> None:
        if tag == "blockquote":
            asides = self._roles["aside"]
            is_known = bool(asides) and asides[-1] == "quote"  # the one quote of a quoting aside
            if is_known:
                asides[-1] = "quoting"
            self._marks.append(0 if is_known else 1)
            self._quotes += self._marks[-1]
        elif tag == "pre":
            self._code.append(len(self.lines) if not self._code else -1)
            if len(self._code) == 1:
                self.lines.append(self._prefix() + "```")
        elif tag in ("ul", "ol"):
            self._counts.append(0 if tag == "ol" else None)

    def _bullet(self) -> str:
        if not self._counts or (count := self._counts[-1]) is None:
            return "- "
        self._counts[-1] = count + 1
        return f"{count + 1}. "

    def _ends(self, tag: str) -> None:
        if tag in _CLASSED and (roles := self._roles[tag]) and (role := roles.pop()):
            self._close_role(role)
        elif tag == "code" and not self._code:
            self._line.append("`")
        elif tag == "a" and self._link is not None:
            self._close_link(*self._link)
        elif tag in _BLOCKS:
            self._break()
            self._close(tag)
            self._gap()
        elif tag == "summary":
            self._break()

    def _close_role(self, role: str) -> None:
        if role in ("quote", "quoting"):
            self._break()
            self._close("blockquote")
            self._gap()
        elif role == "title":
            self._break()
        else:
            self._line.append(role)

    def _close(self, tag: str) -> None:
        if tag == "blockquote":
            while self.lines and not self.lines[-1].strip("> "):
                self.lines.pop()
            self._quotes -= self._marks.pop() if self._marks else 0
        elif tag == "pre" and self._code:
            if (begins := self._code.pop()) >= 0:
                marks = fence(self.lines[begins + 1 :])
                self.lines[begins] = self._prefix() + marks
                self.lines.append(self._prefix() + marks)
        elif tag in ("ul", "ol") and self._counts:
            self._counts.pop()

    def _close_link(self, href: str, began: int) -> None:
        self._link = None
        said = "".join(self._line[began:]).strip()
        if href.startswith((*WEB, "mailto:")) and said != href and said:
            self._line.append(f" <{href}>")
        elif href.startswith(WEB) and not said:
            self._line.append(href)

    def _say(self, data: str) -> None:
        if self._code:
            *lines, last = ("".join(self._line) + data).split("\n")
            prefix = self._prefix()
            self.lines += [prefix + line for line in lines] if prefix else lines
            self._line = [last]
        else:
            self._line.append(data)

    def _prefix(self) -> str:
        return "> " * min(self._quotes, _DEEP)

    def _break(self, *, keep: bool = False) -> None:
        line = "".join(self._line)
        line = line.rstrip() if self._code else spaced(line).strip()
        if line or keep:
            self.lines.append(self._prefix() + line)
        self._line, self._celled = [], False

    def _gap(self) -> None:
        self._break()
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._prefix().rstrip())

"""What makes a page, a cell, a line or an answer inert: told as a list of what is wrong with it."""

import csv
import io
import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

GOES = {"href", "src", "action", "formaction", "data", "poster", "srcset", "background", "xlink:href", "ping", "cite"}
GOES |= {f"hx-{verb}" for verb in ("get", "post", "put", "patch", "delete", "push-url", "replace-url")}
NEVER = {"iframe", "object", "embed", "base", "applet", "frame", "portal", "style"}
TURNING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff]")
RUNS = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠\t\r]")
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")


class Page(HTMLParser):
    """Reads a page as a browser would: what is wrong with it, and where it leads."""

    def __init__(self, text: str, *, at: str) -> None:
        super().__init__(convert_charrefs=True)
        self.at = at
        self.wrong: list[str] = []
        self.leads: list[str] = []
        self._script = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag in NEVER or (tag == "meta" and "http-equiv" in told):
            self.wrong.append(f"<{tag} {told}>")
        if tag == "script":
            self._script = True
            if not (told.get("src") or "").startswith("/static/"):
                self.wrong.append(f"a script of nobody's: {told}")
        for name, value in attrs:
            self._attribute(tag, name, value or "", told)

    def handle_endtag(self, tag):
        self._script = self._script and tag != "script"

    def handle_data(self, data):
        if self._script and data.strip():
            self.wrong.append(f"an inline script: {data[:80]!r}")
        self._plain(data)

    def handle_comment(self, data):
        self.wrong.append(f"a comment: {data[:80]!r}")

    def _attribute(self, tag, name, value, told):
        if name.startswith(("on", "hx-on", "data-hx-on", "@", "x-on", "v-")) or name in {"style", "srcdoc", "hx-vars"}:
            self.wrong.append(f"<{tag} {name}={value[:80]!r}>")
        if not re.fullmatch(r"[a-zA-Z][\w:.\-]*", name):
            self.wrong.append(f"<{tag}> with an attribute {name[:80]!r}")
        if (tag, name) != ("input", "value"):  # what somebody typed stays as it was typed, in its own box
            self._plain(value)
        if name in GOES:
            self._goes(tag, name, value, told)

    def _goes(self, tag, name, value, told):
        try:
            to = urlsplit(urljoin(self.at, value))
        except ValueError:  # no address that a browser would go to
            to = urlsplit(value.split("[")[0])
        if (to.scheme, to.netloc) == urlsplit(self.at)[:2]:
            if name in {"href", "hx-get"}:
                self.leads.append(to._replace(fragment="").geturl())
        elif not (tag == "a" and name == "href" and to.scheme in {"http", "https"} and _deliberate(told)):
            self.wrong.append(f"<{tag} {name}={value[:100]!r}>")

    def _plain(self, text):
        if found := TURNING.search(text):
            self.wrong.append(f"U+{ord(found[0]):04X} in {text[max(0, found.start() - 30) : found.end() + 30]!r}")


def _deliberate(told):
    """A link elsewhere that says nothing of us and opens by itself."""
    return {"noopener", "noreferrer"} <= set((told.get("rel") or "").split())


def sheet(text: str) -> list[str]:
    """Cells that a spreadsheet would run, and what no cell should hold."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    wrong = [f"a row of {len(row)} cells" for row in rows if len(row) != len(rows[0])]
    for cell in (cell for row in rows for cell in row):
        if (RUNS.match(cell) and not NUMBER.fullmatch(cell)) or TURNING.search(cell):
            wrong.append(repr(cell[:80]))
    return wrong


def terminal(text: str) -> list[str]:
    """What a terminal would obey, apart from line ends."""
    steering = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    return [
        f"U+{ord(letter):04X} after {text[max(0, nth - 30) : nth]!r}"
        for nth, letter in enumerate(text)
        if letter not in "\n\u200c\u200d" and unicodedata.category(letter) in steering
    ]

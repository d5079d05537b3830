"""Members' words made inert: what they wrote is text, and nothing of it runs, hides or is fetched."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from thirdplace.foundation.index import Index

SHOWN = 6_000  # characters of one message on a page; the rest is a click away, at its original
LONG = (700, 10)  # letters, or lines, from which a message is folded where something else stands below it
SENTENCE = 150  # letters around words that were found
DEEP = 60_000  # letters in which they are looked for
NAME = 60  # characters of a name
MARKS = 4  # marks that one letter may carry; more of them paint over the lines above and below

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # what terminals and parsers obey
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # what turns or hides letters
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_PILED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
    f"{{{MARKS}}})[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_INLINE = re.compile(
    r"`([^`\n]{1,400})`|<(?P<within>https?://[^\s<>\"'`\\^{}|]{1,1500})>|(?P<bare>https?://[^\s<>\"'`\\^{}|]{1,1500})",
    re.IGNORECASE,
)
_TAIL = ".,;:!?…"
_DELIBERATE = 'rel="noopener noreferrer nofollow ugc" target="_blank"'


def clean(text: str | None) -> str:
    """The text without what is not meant to be read: controls, turners of direction, piles of accents."""
    if not text:
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _PILED.sub(r"\1", _CONTROL.sub("", text))


def name(text: str | None, *, at_most: int = NAME) -> str:
    """A name on one line, never longer than a line can carry."""
    words = " ".join(clean(text).split())
    return words if len(words) <= at_most else words[: at_most - 1].rstrip() + "…"


def excerpt(text: str | None, *, at_most: int = 220) -> str:
    """The beginning of a text on one line, cut at a word: for lists, titles and tables."""
    words = " ".join(line for line in clean(text)[: at_most * 6].split() if line not in {"```", ">"})
    if len(words) <= at_most:
        return words
    cut = words[:at_most]
    return (cut.rsplit(" ", 1)[0] if " " in cut[at_most // 2 :] else cut).rstrip(_TAIL) + "…"


@dataclass
class Block:
    """A stretch of a message of one shape: a paragraph, a quotation or code."""

    shape: str  # p, quote, code
    lines: list[str] = field(default_factory=list)


def blocks(text: str | None) -> list[Block]:
    """A message cut into paragraphs, quotations ("> ") and code; no other markup is understood."""
    made: list[Block] = []
    fence: str | None = None
    for line in clean(text).split("\n"):
        mark = _FENCE.match(line)
        if fence is not None and mark and mark[1] == fence:
            fence = None
            made.append(Block("gap"))
        elif fence is not None:
            made[-1].lines.append(line)
        elif mark:
            fence = mark[1]
            made.append(Block("code"))
        else:
            _place(made, line)
    return [block for block in made if block.shape != "gap" and any(line.strip() for line in block.lines)]


def _place(made: list[Block], line: str) -> None:
    """Put a line outside code where it belongs."""
    if not line.strip():
        made.append(Block("gap"))
        return
    quote = _QUOTE.match(line)
    shape, rest = ("quote", line[quote.end() :]) if quote else ("p", line)
    if not made or made[-1].shape != shape:
        made.append(Block(shape))
    made[-1].lines.append(rest)


def shown(
    text: str | None, *, marks: Iterable[str] = (), terms: Sequence[str] = (), at_most: int = SHOWN
) -> SafeString:
    """A message as inert HTML: escaped text, its links opened only on purpose, found words marked.

    marks: how they begin; terms: what the index was asked, of which the very words that it found are marked.
    """
    whole = text or ""
    seek = _found(clean(whole[:at_most]), terms) if terms else _seeker(marks)
    parts = [_block(block, seek) for block in blocks(whole[:at_most])]
    if len(whole) > at_most:
        left = len(whole) - at_most
        told = ngettext("%(n)s character more, at the original.", "%(n)s characters more, at the original.", left)
        parts.append(f'<p class="small faint">… {escape(told % {"n": left})}</p>')
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped in _inline


def is_long(text: str | None) -> bool:
    """Whether a message would push what stands below it off the page."""
    return text is not None and (len(text) > LONG[0] or text.strip().count("\n") >= LONG[1])


def _block(block: Block, seek: re.Pattern[str] | None) -> str:
    """One block as HTML."""
    if block.shape == "code":
        return f'<pre tabindex="0"><code>{escape(chr(10).join(block.lines))}</code></pre>'
    inner = "<br>".join("".join(_inline(line, seek)) for line in block.lines)
    return f"<blockquote><p>{inner}</p></blockquote>" if block.shape == "quote" else f"<p>{inner}</p>"


def _inline(line: str, seek: re.Pattern[str] | None) -> Iterator[str]:
    """A line with its code and its addresses, everything else escaped."""
    at = 0
    for found in _INLINE.finditer(line):
        yield _marked(line[at : found.start()], seek)
        if found[1] is not None:
            yield f"<code>{escape(found[1])}</code>"
        else:
            address, rest = (found["within"], "") if found["within"] else _address(found["bare"])
            yield f'<a href="{escape(address)}" {_DELIBERATE}>{escape(address)}</a>'
            yield _marked(rest, seek)
        at = found.end()
    yield _marked(line[at:], seek)


def _address(found: str) -> tuple[str, str]:
    """An address, and what stood behind it without belonging to it."""
    end = len(found)
    while end:
        lone = found[end - 1] == ")" and found.count("(", 0, end) < found.count(")", 0, end)
        if not lone and found[end - 1] not in _TAIL:
            break
        end -= 1
    return found[:end], found[end:]


def _seeker(marks: Iterable[str]) -> re.Pattern[str] | None:
    """What finds the words a steward asked for, wherever a word begins with one of them."""
    words = sorted({word.casefold() for word in marks if len(word) > 1}, key=len, reverse=True)[:12]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\w*", re.IGNORECASE) if words else None


def _found(text: str, terms: Sequence[str]) -> re.Pattern[str] | None:
    """What finds the words that the index found, as they are written in this text."""
    words = sorted({text[begin:end] for begin, end in Index.marks(text, terms)}, key=len, reverse=True)[:60]
    edges = [(r"\b" if word[0].isascii() else "", r"\b" if word[-1].isascii() else "") for word in words]
    either = "|".join(f"{before}{re.escape(word)}{after}" for word, (before, after) in zip(words, edges, strict=True))
    return re.compile(either) if words else None


def sentence(text: str | None, terms: Sequence[str], *, at_most: int = SENTENCE) -> SafeString:
    """So much of a message as shows where the words stand that the index found, on one line, they marked."""
    if not terms:
        return line(text)
    plain = clean(text)
    cut, found = Index.snippet(plain[:SHOWN], terms, at_most)
    if not found and len(plain) > SHOWN:
        cut, found = Index.snippet(plain[:DEEP], terms, at_most)
    out, at = [], 0
    for begin, end in found:
        out += [escape(cut[at:begin]), f"<mark>{escape(cut[begin:end])}</mark>"]
        at = end
    return mark_safe("".join([*map(str, out), str(escape(cut[at:]))]))  # noqa: S308 - every part is escaped


def _marked(text: str, seek: re.Pattern[str] | None) -> str:
    """Escaped text, in which the found words are marked."""
    if seek is None or not text:
        return str(escape(text))
    out, at = [], 0
    for found in seek.finditer(text):
        out += [escape(text[at : found.start()]), f"<mark>{escape(found[0])}</mark>"]
        at = found.end()
    return "".join([*map(str, out), str(escape(text[at:]))])


def line(text: str | None, *, marks: Iterable[str] = (), at_most: int = 220) -> SafeString:
    """The beginning of a message on one line, found words marked."""
    return mark_safe(_marked(excerpt(text, at_most=at_most), _seeker(marks)))  # noqa: S308 - escaped in _marked


def isolated(text: str | Promise | None) -> SafeString:
    """A name that cannot turn the sentence around it."""
    return SafeString(f"<bdi>{conditional_escape(name(str(text or '')))}</bdi>")

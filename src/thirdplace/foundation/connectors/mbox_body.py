"""The words of a mail: one text out of its parts, with quotes kept and signatures cut."""

import base64
import binascii
import re
from collections import Counter

from thirdplace.foundation.connectors.markup import plain
from thirdplace.foundation.connectors.mbox_headers import charset_of, decoded, headers
from thirdplace.foundation.translation import gettext_noop

ATTACHED = gettext_noop("An attached file, picture or forwarded mail: it is not read.")
SIGNATURE = gettext_noop("A signature, or the list's own lines below a mail: cut.")
CHARSET = gettext_noop("A mail in an unnamed or wrong character set: it was read as Western European.")
PARTS = gettext_noop("A mail of more than a hundred parts, or too deep in one another: the first were read.")
LONG = gettext_noop("A mail of more than half a million letters: its beginning was read.")

LONGEST = 500_000  # letters of one text
MOST_PARTS, DEEPEST = 100, 12
TAIL = 20  # lines that a signature has at most

_BOUNDARY = re.compile(r"boundary\*?\s*=\s*(?:\"([^\"]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_FROM = re.compile(r"(?m)^>(>*From )")
_ODD_QUOTE = re.compile(r"\n(?:> )*>(?:>(?: ?>)* ?|(?=[^ >\n]))")
_SIGNATURE = re.compile(r"(?m)^--[ \t]?$")
_FOOTER = re.compile(
    r"\n[-_=.~*][-_=.~* ]{28,}\n(?:[^\n]*\n){0,2}?[^\n]*(?:mailing list|unsubscribe|listinfo)[^\n]*(?:\n[^\n]*){0,8}\Z",
    re.IGNORECASE,
)
_SCRUBBED = re.compile(
    r"\n?-{10,} next part -{10,}\n(?:An? [^\n]{0,100}(?:\n[^\n]{0,80})? was scrubbed\.\.\.\n"
    r"(?:(?:Name|Type|Size|Desc|Url|URL|From|To|Subject|Date) ?:[^\n]*\n?)*|)"
)
_ENCODED = re.compile(r"(?m)^begin(?:-base64)? [0-7]{3,4} [^\n]{1,200}\n(?:[!-`]{2,80}\n)+(?:`?\n)?(?:end|====)$")
_HTML = re.compile(r"\s*(?:<!doctype html|<html)", re.IGNORECASE)


def words_of(told: dict[str, str], body: bytes) -> tuple[str, Counter[str]]:
    """What a mail says, and what of it was left out, by reason."""
    left: Counter[str] = Counter()
    kind = told.get("content-type", "")
    if not kind and "content-transfer-encoding" not in told:
        text = _decoded(body, None, left)
    else:
        text = "\n\n".join(filter(None, _parts(told, body, left)))
    return tidy(text, left), left


def _parts(told: dict[str, str], body: bytes, left: Counter[str]) -> list[str]:
    """The texts of a mail's parts, without recursion: a part stands deeper than the one it is in."""
    texts: list[str] = []
    waiting: list[tuple[dict[str, str], bytes, int]] = [(told, body, 0)]
    seen = 0
    while waiting:
        part, data, depth = waiting.pop()
        seen += 1
        if seen > MOST_PARTS or depth > DEEPEST:
            left[PARTS] += 1
            break
        kind = part.get("content-type", "text/plain").lower()
        if kind.startswith("multipart/"):
            inner = [(*each, depth + 1) for each in _split(part["content-type"], data)]
            if kind.startswith("multipart/alternative"):
                inner = _chosen(inner)
            waiting += reversed(inner)
            if not inner:
                texts.append(_decoded(data, None, left))
        elif not kind.startswith("text/") or part.get("content-disposition", "").lower().startswith("attachment"):
            left[ATTACHED] += kind.split(";")[0].strip() != "application/pgp-signature"
        else:
            texts.append(_text(part, data, kind, left))
    return texts


def _split(kind: str, data: bytes) -> list[tuple[dict[str, str], bytes]]:
    """The parts between a multipart's boundaries; none where it has none."""
    found = _BOUNDARY.search(kind)
    mark = b"--" + (found[1] or found[2]).encode("utf-8", "replace") if found else b""
    if not found or mark not in data:
        return []
    parts = []
    for each in (b"\n" + data).split(b"\n" + mark, MOST_PARTS + 1)[1:]:
        if each.startswith(b"--"):
            break
        inner = each.partition(b"\n")[2]
        head, empty, body = (b"", b"", inner[1:]) if inner.startswith(b"\n") else inner.partition(b"\n\n")
        parts.append((headers(head) if head or empty else {}, body))
    return parts


def _chosen(parts: list[tuple[dict[str, str], bytes, int]]) -> list[tuple[dict[str, str], bytes, int]]:
    """Of the same said several times: the plain text, else the last that can be read."""

    def rank(part: tuple[dict[str, str], bytes, int]) -> int:
        kind = part[0].get("content-type", "text/plain").lower()
        return (
            3
            if kind.startswith("text/plain")
            else 2
            if kind.startswith("multipart/")
            else int(kind.startswith("text/"))
        )

    best = max(map(rank, parts), default=0)
    return [part for part in parts if rank(part) == best][-1:] if best else parts[:1]


def _text(part: dict[str, str], data: bytes, kind: str, left: Counter[str]) -> str:
    how = part.get("content-transfer-encoding", "").lower()
    if how.startswith("quoted"):
        data = binascii.a2b_qp(data)
    elif how.startswith("base64"):
        try:
            data = base64.b64decode(data[: 2 * LONGEST])
        except (binascii.Error, ValueError):
            data = b""
            left[ATTACHED] += 1
    text = _decoded(data, charset_of(kind), left)
    return plain(text[:LONGEST]) if kind.startswith("text/html") else text


def _decoded(data: bytes, charset: str | None, left: Counter[str]) -> str:
    if len(data) > 4 * LONGEST:
        data = data[: 4 * LONGEST]
    text, sure = decoded(data, charset)
    if not sure:
        left[CHARSET] += 1
    if len(text) > LONGEST:
        left[LONG] += 1
        text = text[:LONGEST]
    return text


def tidy(text: str, left: Counter[str]) -> str:
    """Line ends, quotes and hidden From lines as they were meant; what is no part of what was said is cut."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _HTML.match(text):
        text = plain(text)
    if " next part -" in text:
        text, count = _SCRUBBED.subn("\n", text)
        left[ATTACHED] += count
    if "\nbegin" in text:
        text, count = _ENCODED.subn("", text)
        left[ATTACHED] += count
    text = _without_tail(text, left)
    if ">" in text:
        if ">From " in text or ">>From " in text:
            text = _FROM.sub(r"\1", text)
        text = _quoted(text)
    return text[:LONGEST].strip("\n").rstrip()


def _quoted(text: str) -> str:
    """Quotes as `> ` and `> > `, however they were written; what stands indented in them stays so."""
    return _ODD_QUOTE.sub(lambda line: "\n" + "> " * line[0].count(">"), "\n" + text)[1:]


def _without_tail(text: str, left: Counter[str]) -> str:
    """Without the list's own lines at the end, and without a short signature that nothing quoted follows."""
    text = text.rstrip()
    before = len(text)
    text = _cut_footer(text)
    if "\n--" in text or text.startswith("--"):
        begins = len(text)
        for _ in range(TAIL + 2):
            begins = text.rfind("\n", 0, max(begins, 0))
        for mark in _SIGNATURE.finditer(text, max(begins, 0)):
            if text.find("\n>", mark.end()) < 0:
                text = text[: mark.start()].rstrip()
                break
    left[SIGNATURE] += len(text) < before
    return text


def _cut_footer(text: str) -> str:
    """The footer stands in the last lines: only they are looked at."""
    at = max(0, len(text) - 1_500)
    tail = text[at:].lower()
    if "mailing list" not in tail and "unsubscribe" not in tail and "listinfo" not in tail:
        return text
    found = _FOOTER.search(text, at)
    return text if found is None else text[: found.start()].rstrip()

"""The headers of a mail: unfolded, decoded, and who is named in them."""

import base64
import binascii
import codecs
import re

LONGEST_HEAD = 65_536  # bytes of all headers that are looked at
WANTED = frozenset(
    ("from", "date", "subject", "in-reply-to", "references", "message-id", "content-type", "content-disposition",
     "content-transfer-encoding", "reply-to", "x-original-from", "list-id")
)  # fmt: skip

_UTF8 = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}")
_FOLD = re.compile(r"\r?\n[ \t]+")
_WORD = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]{0,40})?\?([bBqQ])\?([^?]{0,20000})\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_ID = re.compile(r"<\s*([^<>\s]{1,995})\s*>")
_AT = re.compile(r"(?<=[^\s@])(?: at |\s*[\[({_]at[\])}_]\s*|&#0*64;)(?=[^\s@])", re.IGNORECASE)
_DOT = re.compile(r"\s*[\[({_]dot[\])}_]\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>()\",;:]{1,200}@[^\s@<>()\",;:]{1,200}")
_IN_ANGLES = re.compile(r"<([^<>]*)>?\s*$")
_VIA = re.compile(r"\s+via\s+(.{1,100})$", re.IGNORECASE)
_CHARSET = re.compile(r"charset\*?\s*=\s*(?:[\w-]*'[\w-]*')?[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_SHARED = frozenset(("notifications", "noreply", "no-reply", "donotreply", "do-not-reply"))
_ROBOTS = re.compile(
    r"^(?:mailer-daemon|mailman|listserv|majordomo|(?:.*[-.])?bugzilla(?:[-.].*)?|jira|jenkins|buildbot|hudson)$"
)
_WRONG = {
    "unknown-8bit": "utf-8", "x-unknown": "utf-8", "default": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "iso-8859-8-i": "iso-8859-8", "x-gbk": "gb18030", "gb2312": "gb18030",
    "gbk": "gb18030", "ks_c_5601-1987": "cp949", "x-sjis": "cp932", "shift_jis": "cp932",
}  # fmt: skip


def headers(head: bytes) -> dict[str, str]:
    """The headers that are read, by their names in small letters; of a name that stands twice the first."""
    text = decoded(head[:LONGEST_HEAD], None)[0]
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub(" ", text)
    out: dict[str, str] = {}
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon and (key := name.lower()) in WANTED and key not in out:
            out[key] = value.strip()
    return out


def known_charset(name: str) -> str | None:
    """The decoder for a charset as mails name it; None where there is none, or none of text."""
    plain = name.strip().lower()
    plain = _WRONG.get(plain, plain)
    try:
        found = codecs.lookup(plain)
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) and found.name != "idna" else None


def charset_of(content_type: str) -> str | None:
    """The charset that a Content-Type names."""
    found = _CHARSET.search(content_type)
    return found[1] if found else None


def decoded(data: bytes, charset: str | None) -> tuple[str, bool]:
    """Bytes as text, and whether that is sure: by the charset named, else UTF-8, else what Western mail mostly was."""
    if data.isascii() and b"\x1b" not in data:
        return data.decode("ascii"), True
    tried = ["utf-8"] if charset is None else [known_charset(charset), "utf-8"]
    if b"\x1b$" in data:
        tried.insert(0, "iso2022_jp_ext")
    for each in tried:
        if each is not None:
            try:
                return data.decode(each), True
            except (UnicodeError, ValueError):
                continue
    text = data.decode("utf-8", "replace")
    if len(_UTF8.findall(data)) > text.count("\ufffd"):  # UTF-8 with a few broken signs
        return text, False
    return data.decode("cp1252", "replace"), False


def words(said: str) -> str:
    """A header's text with its encoded words decoded; what cannot be stays as it is."""
    if "=?" not in said:
        return said
    return _WORD.sub(_word, _BETWEEN_WORDS.sub(r"\1", said))


def _word(found: re.Match[str]) -> str:
    charset, how, inner = found.groups()
    try:
        raw = inner.encode("ascii")
        data = base64.b64decode(raw + b"=" * (-len(raw) % 4)) if how in "bB" else binascii.a2b_qp(raw, header=True)
    except (binascii.Error, ValueError):
        return found[0]
    return decoded(data, charset)[0].replace("\r", " ").replace("\n", " ")


def ids(said: str) -> list[str]:
    """Message ids in a header, in order."""
    return _ID.findall(said)


def parent(said: str) -> tuple[str | None, bool]:
    """What In-Reply-To names, and whether it is surely an id: old mailers wrote sentences with addresses in them."""
    found = ids(said)
    if not found:
        return None, False
    return found[-1] if len(found) > 1 else found[0], len(found) == 1 and said.lstrip().startswith("<")


def own_id(said: str) -> str | None:
    """A message's own id, also where its brackets are missing."""
    found = _ID.search(said)
    if found:
        return found[1]
    rest = said.strip("<> \t")
    return rest if rest and " " not in rest and len(rest) < 996 else None


def plain_address(said: str) -> str | None:
    """The address in a text, folded, with what hides it from robots taken off."""
    hidden = "@" not in said
    found = _ADDRESS.search(_DOT.sub(".", _AT.sub("@", said, count=1)) if hidden else said)
    if found is None or (hidden and "." not in found[0].partition("@")[2]):  # "look at me" is no address
        return None
    return found[0].lower().strip("'.")


class Author:
    """Who a mail says it is from. key: what they are known by. name: None where there is only the address."""

    __slots__ = ("key", "name", "robot", "stand_in")

    def __init__(self, said: str, told: dict[str, str]) -> None:
        address, name = _parts(said)
        shared = _SHARED.__contains__((address or "").partition("@")[0])
        if name and (via := _VIA.search(name)) and (shared or _is_list(via[1], address)):
            name = name[: via.start()].strip(" '\"")
            own = plain_address(told.get("x-original-from", "")) or plain_address(told.get("reply-to", ""))
            shared = own is None or own == address
            address = address if shared else own
        self.key = (f"{address}\x1f{name.lower()}" if shared and name else address) or (name or "").lower() or None
        self.name = name or None
        local = (address or "").partition("@")[0]
        self.stand_in = f"{local}@…" if local else (name or "?")
        self.robot = bool(_ROBOTS.match(local))


def _parts(said: str) -> tuple[str | None, str | None]:
    """Address and name of `name <address>`, `address (name)`, or a bare address."""
    said = said[:2_000].strip()
    if (angled := _IN_ANGLES.search(said)) is not None and (address := plain_address(angled[1])):
        return address, _name(said[: angled.start()])
    begins = said.find("(")
    if begins >= 0 and (address := plain_address(said[:begins])):
        inner = said[begins + 1 :].strip()
        return address, _name(inner[:-1] if inner.endswith(")") else inner)
    address = plain_address(said)
    return address, None if address else _name(said)


def _name(said: str) -> str | None:
    """A name without quotes and brackets; None where it is an address too, or nothing."""
    name = " ".join(words(said).replace('\\"', '"').split()).strip(" '\"()<>,;")
    return None if not name or plain_address(name) else name


def _is_list(said: str, address: str | None) -> bool:
    """Whether the list put itself between: `Ann via r-devel <r-devel@…>`."""
    return said.strip(" '\"").lower() == (address or "").partition("@")[0]

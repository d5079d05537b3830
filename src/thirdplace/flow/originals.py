"""Where a message can be opened at its own place: an address, or None where we cannot make one."""

import re
from urllib.parse import quote

from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.index import Index, Message

DISCORD = "https://discord.com"


def link(message: Message, source: Source) -> str | None:
    """The address of a message where it was said. None: the source's base address is not known; ask for it once."""
    make = _MAKERS.get(source.connector)
    return make(message, source) if make else None


def asks_base(source: Source) -> bool:
    """Whether the base address of a source is wanted before its originals can be opened."""
    return source.connector in _MAKERS and source.connector != "discord" and not base(source)


def base(source: Source) -> str:
    """The address that a source's originals begin with; only http and https count."""
    address = source.base_url.strip().rstrip("/")
    return address if re.match(r"https?://[^\s/]+", address, re.IGNORECASE) else ""


def _discord(message: Message, source: Source) -> str | None:
    ids = [source.native, *message.native.split("/")]
    if len(ids) != 3 or not all(each.isascii() and each.isdigit() for each in ids):
        return None
    return f"{base(source) or DISCORD}/channels/{'/'.join(ids)}"


def _slack(message: Message, source: Source) -> str | None:
    found = re.match(r"([^/]+)/(\d+)\.(\d+)(?:/|$)", message.native)
    if not (base(source) and found):
        return None
    return f"{base(source)}/archives/{quote(found[1], safe='')}/p{found[2]}{found[3]}"


def _stackexchange(message: Message, source: Source) -> str | None:
    if message.kind == "commented":
        return _comment(message, source)
    post = _after("post-", message.native)
    if not (base(source) and post):
        return None
    return f"{base(source)}/{'q' if message.kind == 'asked' else 'a'}/{post}"


def _comment(message: Message, source: Source) -> str | None:
    """A remark is opened on the page of the post it stands under."""
    comment = _after("comment-", message.native)
    if not (base(source) and comment and message.about is not None):
        return None
    under = Index(source.community_id).messages([message.about]).get(message.about)
    post = _after("post-", under.native) if under else None
    if under is None or post is None:
        return None
    return f"{base(source)}/{'q' if under.kind == 'asked' else 'a'}/{post}#comment{comment}_{post}"


def _after(prefix: str, native: str) -> str | None:
    """The number behind a prefix."""
    number = native.removeprefix(prefix)
    return number if native.startswith(prefix) and number.isascii() and number.isdigit() else None


_MAKERS = {"discord": _discord, "slack": _slack, "stackexchange": _stackexchange}

"""Where a message can be opened at its own place: an address, or None where we cannot make one."""

import re
from urllib.parse import quote

from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.index import Message

DISCORD = "https://discord.com"


def link(message: Message, source: Source, *, channel: Channel | None = None) -> str | None:
    """The address of a message where it was said. None: the source's base address is not known; ask for it once."""
    make = _MAKERS.get(source.connector)
    if make is None:
        return None
    if channel is None and message.channel is not None:
        channel = Channel.objects.filter(community_id=source.community_id, number=message.channel).first()
    return make(message, source, channel)


def asks_base(source: Source) -> bool:
    """Whether the base address of a source is wanted before its originals can be opened."""
    return source.connector in _MAKERS and source.connector != "discord" and not base(source)


def base(source: Source) -> str:
    """The address that a source's originals begin with; only http and https count."""
    address = source.base_url.strip().rstrip("/")
    return address if re.match(r"https?://[^\s/]+", address, re.IGNORECASE) else ""


def _discord(message: Message, source: Source, channel: Channel | None) -> str | None:
    ids = [source.native, channel.native if channel else "", message.native]
    if not all(each.isdigit() for each in ids):
        return None
    return f"{base(source) or DISCORD}/channels/{'/'.join(ids)}"


def _slack(message: Message, source: Source, channel: Channel | None) -> str | None:
    stamp = re.search(r"(\d{9,})\.(\d{6})$", message.native)
    if not (base(source) and channel and stamp):
        return None
    return f"{base(source)}/archives/{quote(channel.native, safe='')}/p{stamp[1]}{stamp[2]}"


def _stack_exchange(message: Message, source: Source, _channel: Channel | None) -> str | None:
    found = re.search(r"(\d+)$", message.native)
    if not (base(source) and found):
        return None
    if message.kind == "commented":
        return f"{base(source)}/posts/comments/{found[1]}"
    return f"{base(source)}/{'q' if message.kind == 'asked' else 'a'}/{found[1]}"


_MAKERS = {"discord": _discord, "slack": _slack, "stackexchange": _stack_exchange, "stack_exchange": _stack_exchange}

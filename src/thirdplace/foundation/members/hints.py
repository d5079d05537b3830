"""What a format or a name suggests about a member. A suggestion, never more."""

import re

_BOT = re.compile(r"(?:^|[\s_\-.\[(])[Bb][Oo][Tt]s?[\])]?$|[a-z0-9]B(?:ot|OT)$|^[a-z0-9_\-.]+bot$")
_SURNAMES = {"talbot", "abbot", "cabot"}


def bot_hint(name: str, *, said: bool) -> str:
    """Why we suggest that this is a bot: "format", "name", or "" for no reason at all."""
    if said:
        return "format"
    return "name" if _BOT.search(name) and name.lower() not in _SURNAMES else ""


def staff_hint(*, said: bool) -> str:
    """Why we suggest that this is staff: "format" or ""."""
    return "format" if said else ""

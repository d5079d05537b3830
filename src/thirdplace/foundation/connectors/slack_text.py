"""Slack's own marks in a message as readable text."""

import re
from collections.abc import Mapping

_MARK = re.compile(r"<(?:([@#!])([^<>|]+)|([A-Za-z][\w+.-]*:[^<>|\s]+))(?:\|([^<>]*))?>")
_SIGNS = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_SIGN = re.compile("|".join(_SIGNS))


def readable(text: str, names: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """People and channels by name, links as `label (address)`, signs as themselves."""
    if "<" in text:
        text = _MARK.sub(lambda mark: _said(mark, names, channels), text)
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], text) if "&" in text else text


def _said(mark: re.Match[str], names: Mapping[str, str], channels: Mapping[str, str]) -> str:
    sort, what, label = mark[1], mark[2] or mark[3], mark[4]
    if sort == "@":
        return f"@{label or names.get(what, what)}"
    if sort == "#":
        return f"#{label or channels.get(what) or what}"
    if sort == "!":
        return label if label and what.startswith("date^") else f"@{(label or _called(what)).removeprefix('@')}"
    address = what.removeprefix("mailto:")
    return address if not label or label in (what, address) else f"{label} ({what})"


def _called(what: str) -> str:
    """What calls everybody (here, channel) by its name; a group, of which exports keep no list, by its number."""
    name, _, rest = what.partition("^")
    return rest if name == "subteam" and rest else name

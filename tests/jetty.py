"""An invented Discord server, one file a channel: `jetty(folder, {"pier": [word(1, "ann", "hello")]})`."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

GUILD = {"id": "500000000000000077", "name": "The Jetty", "iconUrl": ""}
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)


def word(nth: int, who: str, text: str | None = None, **more: Any) -> dict[str, Any]:
    """The message of a minute. bot: a bot's. edited: the minute of its editing. name: the author's, when it changed."""
    edited, bot, name = more.pop("edited", None), more.pop("bot", False), more.pop("name", who.title())
    author = {
        "id": f"60000000000000{sum(map(ord, who)):04d}", "name": who, "discriminator": "0000", "nickname": name,
        "color": None, "isBot": bot, "roles": [], "avatarUrl": "",
    }  # fmt: skip
    return {
        "id": f"7000000000{nth:08d}", "type": "Default", "timestamp": _at(nth), "callEndedTimestamp": None,
        "timestampEdited": None if edited is None else _at(edited), "isPinned": False, "author": author,
        "content": f"{who} says this in minute {nth}" if text is None else text, "attachments": [], "embeds": [],
        "stickers": [], "reactions": [], "mentions": [], "inlineEmojis": [], **more,
    }  # fmt: skip


def jetty(
    folder: Path, channels: Mapping[str, Iterable[dict[str, Any]]], *, guild: str = "The Jetty", number: str = "77"
) -> Path:
    """Write the export; its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, messages in channels.items():
        said = list(messages)
        channel = {
            "id": f"50000000000000{sum(map(ord, name)):04d}", "type": "GuildTextChat", "name": name, "topic": None,
            "categoryId": "500000000000000001", "category": "Shore",
        }  # fmt: skip
        whole = {
            "guild": {**GUILD, "name": guild, "id": GUILD["id"][:-2] + number},
            "channel": channel, "dateRange": {"after": None, "before": None},
            "exportedAt": _at(10_000), "messages": said, "messageCount": len(said),
        }  # fmt: skip
        (folder / f"{guild} - {name} [{channel['id']}].json").write_text(json.dumps(whole, indent=2), encoding="utf-8")
    return folder


def _at(minute: int) -> str:
    return (BEGIN + timedelta(minutes=minute)).isoformat()

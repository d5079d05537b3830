"""An archive of each format in which every field is hostile: `python archives.py FOLDER` writes the three."""

import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from attacks import ALL, ATTACKS, OWN, legal

SPACE = f'"><img src=x onerror={OWN}> =1+1 {{{{x}}}} %(name)s'
REGULARS = 8  # of each archive: who spoke every other day for months, then fell silent


class Days:
    """Moments before now."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC).replace(microsecond=0)

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def talk(self) -> Iterator[tuple[int, datetime, str]]:
        """Who (by the number of their attack), when, what: everyone once lately, some for months before."""
        for nth, attack in enumerate(ATTACKS):
            yield nth, self.ago(2.2 + nth / 100), attack
        for nth in range(REGULARS):
            for day in range(40):
                yield nth * 5, self.ago(25 + day * 2 + nth / 100), ATTACKS[(nth + day) % len(ATTACKS)]
        yield 3, self.ago(2.05), ALL


def write(folder: Path, now: datetime) -> dict[str, Path]:
    """The three archives, by their formats."""
    folder.mkdir(parents=True, exist_ok=True)
    days = Days(now)
    files = {"discord": discord(days), "slack": slack(days), "stackexchange": stackexchange(days)}
    names = {"discord": SPACE, "slack": f"{SPACE} Slack export", "stackexchange": f"{SPACE}.stackexchange.com"}
    made = {}
    for slug, contents in files.items():
        made[slug] = folder / f"{names[slug]}.zip"
        with zipfile.ZipFile(made[slug], "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in contents.items():
                archive.writestr(name, data)
    return made


# Discord


def discord(days: Days) -> dict[str, bytes]:
    """A channel, a thread and one channel for each attack that can name a file."""
    numbers = count(900_000_000_000_000_000)
    talk = [_said(nth, at, text, numbers) for nth, at, text in sorted(days.talk(), key=lambda each: each[1])]
    for each in talk[::3]:
        each["type"], each["reference"] = "Reply", {"messageId": talk[0]["id"], "channelId": "7", "guildId": SPACE}
    files = {f"{legal(SPACE)}.json": _channel("7", ATTACKS[0], talk)}
    for nth, attack in enumerate(ATTACKS):
        said = [_said(nth, days.ago(1.5 + nth / 100), attack, numbers), _said(1, days.ago(1.2), ALL, numbers)]
        thread = _channel(f"{800 + nth}", attack, said, type="GuildPublicThread", categoryId="7", category=attack)
        files[f"{legal(attack)} [{nth}].json"] = thread
    files["odd.json"] = _channel(f'id"><img src=x onerror={OWN}>', "=1+1", [_said(2, days.ago(1), "odd", numbers)])
    return files


def _channel(number: str, name: str, messages: list[dict[str, Any]], **more: Any) -> bytes:
    channel = {"id": number, "type": "GuildTextChat", "categoryId": name, "category": name, "name": name, "topic": name}
    guild = {"id": SPACE, "name": SPACE, "iconUrl": "https://evil.example/icon.png"}
    return json.dumps(
        {"guild": guild, "channel": channel | more, "dateRange": {"after": None, "before": None},
         "exportedAt": name, "messages": messages, "messageCount": len(messages)}
    ).encode()  # fmt: skip


def _said(nth: int, at: datetime, text: str, numbers: Iterator[int]) -> dict[str, Any]:
    attack = ATTACKS[nth]
    emoji = {"id": attack, "name": attack, "code": attack, "isAnimated": False, "imageUrl": "https://evil.example/e"}
    return {
        "id": str(next(numbers)), "type": "Default", "timestamp": at.isoformat(), "timestampEdited": None,
        "isPinned": False, "content": text, "author": _writer(nth), "stickers": [{"name": attack, "sourceUrl": text}],
        "attachments": [{"id": "1", "url": f"javascript:{OWN}", "fileName": attack, "fileSizeBytes": 1}],
        "embeds": [{"title": attack, "url": f"javascript:{OWN}", "description": attack}],
        "reactions": [{"emoji": emoji, "count": 2, "users": [_writer((nth + 1) % len(ATTACKS))]}],
        "mentions": [_writer(nth)], "inlineEmojis": [emoji],
    }  # fmt: skip


def _writer(nth: int) -> dict[str, Any]:
    attack = ATTACKS[nth]
    return {
        "id": f"{nth}{attack[:80]}", "name": attack, "nickname": attack, "discriminator": attack, "color": attack,
        "isBot": False, "roles": [{"id": attack, "name": attack, "color": attack}],
        "avatarUrl": f"https://evil.example/{nth}.png",
    }  # fmt: skip


# Slack


def slack(days: Days) -> dict[str, bytes]:
    """Channels called by every attack, with threads, reactions, bots, joins and marks."""
    users = [_account(nth, attack) for nth, attack in enumerate(ATTACKS)]
    folders = list(dict.fromkeys(map(legal, ATTACKS)))
    channels = [{"id": f"C{nth}{ATTACKS[nth][:80]}", "name": name} for nth, name in enumerate(folders)]
    files: dict[str, list[dict[str, Any]]] = {}
    for row, (nth, at, text) in enumerate(days.talk()):
        said = {"type": "message", "user": users[nth]["id"], "ts": f"{int(at.timestamp())}.{row:06d}", "text": text}
        mark = {0: f"<@{users[nth]['id']}|{text}>", 1: f"<#{channels[0]['id']}|{text}>", 2: f"<!date^1^x|{text}>"}
        said["text"] = mark.get(row % 9, text)
        said["reactions"] = [{"name": ATTACKS[nth], "users": [users[nth - 1]["id"]], "count": 3}]
        said["files"] = [{"name": text, "url_private": f"javascript:{OWN}", "permalink": "https://evil.example/f"}]
        folder = folders[row % len(folders)] if row < len(ATTACKS) else folders[nth % 3]
        files.setdefault(f"{folder}/{at:%Y-%m-%d}.json", []).append(said)
        if row % 4 == 0:
            answer = said | {"ts": f"{int(at.timestamp()) + 60}.{row:06d}", "thread_ts": said["ts"]}
            files[f"{folder}/{at:%Y-%m-%d}.json"].append(answer | {"user": users[(nth + 1) % len(users)]["id"]})
            said["thread_ts"] = said["ts"]
    at = f"{int(days.ago(3).timestamp())}"
    files[f"{folders[0]}/{days.ago(3):%Y-%m-%d}.json"] = [_odd(nth, attack, at) for nth, attack in enumerate(ATTACKS)]
    lists = {"users.json": users, "channels.json": channels}
    return {name: json.dumps(rows).encode() for name, rows in {**lists, **files}.items()}


def _account(nth: int, attack: str) -> dict[str, Any]:
    profile = {"real_name": attack, "display_name": attack, "email": attack, "image_512": "https://evil.example/i.png"}
    return {
        "id": f"U{nth}{attack[:80]}", "team_id": SPACE, "name": attack, "real_name": attack, "deleted": nth % 9 == 8,
        "is_bot": nth % 11 == 10, "is_admin": nth % 7 == 6, "profile": profile, "color": attack, "tz": attack,
    }  # fmt: skip


def _odd(nth: int, attack: str, at: str) -> dict[str, Any]:
    """A bot nobody listed, a join, a notice of an unheard kind."""
    odd = [
        {"subtype": "bot_message", "bot_id": f"B{attack[:80]}", "username": attack, "text": ""},
        {"subtype": "channel_join", "user": f"U{nth}{attack[:80]}", "text": attack},
        {"subtype": attack[:80], "user": f"U{nth}{attack[:80]}", "text": attack},
    ][nth % 3]
    attachments = [{"title": attack, "text": attack, "fallback": attack, "title_link": f"javascript:{OWN}"}]
    return {"type": "message", "ts": f"{at}.9{nth:05d}", "attachments": attachments, **odd}


# Stack Exchange


def stackexchange(days: Days) -> dict[str, bytes]:
    """Questions, answers, comments, votes and badges, as raw HTML where the format has HTML."""
    users = [{"Id": nth + 2, "CreationDate": days.ago(200), "DisplayName": a, "AboutMe": a} for nth, a in _numbered()]
    questions = [
        {"Id": nth + 1, "PostTypeId": 1, "CreationDate": at, "Body": text, "OwnerUserId": nth + 2,
         "Title": ATTACKS[nth], "Tags": ATTACKS[nth], "OwnerDisplayName": ATTACKS[nth]}
        for nth, at, text in list(days.talk())[: len(ATTACKS)]
    ]  # fmt: skip
    answers = [
        {"Id": 1_000 + row, "PostTypeId": 2, "ParentId": 1 + row % 3, "CreationDate": at, "Body": f"<p>{text}</p>",
         "OwnerUserId": nth + 2, "Title": ATTACKS[nth]}
        for row, (nth, at, text) in enumerate(days.talk())
    ]  # fmt: skip
    gone = [
        {"Id": 5_000 + nth, "PostTypeId": 1, "CreationDate": days.ago(4), "Body": a, "OwnerDisplayName": a, "Title": a}
        for nth, a in _numbered()
    ]
    comments = [
        {"Id": nth, "PostId": nth + 1, "Text": a, "CreationDate": days.ago(2), "UserDisplayName": a}
        for nth, a in _numbered()
    ]
    votes = [
        {"Id": nth, "PostId": nth + 1, "VoteTypeId": a[:80], "CreationDate": days.ago(2)} for nth, a in _numbered()
    ]
    badges = [{"Id": nth, "UserId": nth + 2, "Name": a, "Date": days.ago(2)} for nth, a in _numbered()]
    return {
        "Users.xml": _table("users", users), "Posts.xml": _table("posts", [*questions, *answers, *gone]),
        "Comments.xml": _table("comments", comments), "Votes.xml": _table("votes", votes),
        "Badges.xml": _table("badges", badges), f"{legal(ATTACKS[1])}.xml": _table("odd", badges),
    }  # fmt: skip


def _numbered() -> Iterator[tuple[int, str]]:
    return iter(enumerate(ATTACKS))


def _table(name: str, rows: list[dict[str, Any]]) -> bytes:
    lines = [f"  <row {' '.join(_attribute(*each) for each in row.items())} />" for row in rows]
    whole = ['<?xml version="1.0" encoding="utf-8"?>', f"<{name}>", *lines, f"</{name}>"]
    return "\r\n".join(whole).encode("utf-8")


def _attribute(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None).isoformat(timespec="milliseconds")
    letters = filter(_is_xml, str(value))
    text = "".join(f"&#{ord(letter)};" if letter in "&<>\"'\t\r\n" else letter for letter in letters)
    return f'{name}="{text}"'


def _is_xml(letter: str) -> bool:
    """Whether XML 1.0 can hold it at all; what it cannot hold would only damage the row."""
    code = ord(letter)
    return letter in "\t\r\n" or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD or code > 0xFFFF


if __name__ == "__main__":
    for written in write(Path(sys.argv[1]), datetime.now(UTC)).values():
        print(written)

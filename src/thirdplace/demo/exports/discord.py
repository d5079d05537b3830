"""The community chat, as DiscordChatExporter writes it: one file a channel or thread."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from thirdplace.demo.cast import Person
from thirdplace.demo.exports.packing import moment, pack
from thirdplace.demo.talk import Conversation, Message
from thirdplace.demo.town import Town

NAME = "Hedgerow chat"
EPOCH = 1420070400000
GUILD = "1372900000000000001"
_CHANNELS = {
    "announcements": "House",
    "welcome": "House",
    "general": "Talk",
    "ask-here": "Talk",
    "show-your-map": "Maps",
    "gps-and-devices": "Maps",
    "offline-maps": "Maps",
    "map-changes": "Maps",
    "survey-saturday": "Together",
    "map-night": "Together",
    "nederlands": "Languages",
    "svenska": "Languages",
}
_FORUMS = ("ask-here",)


class Guild:
    """Gathers the files of the export."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.talks = [talk for talk in town.talks if talk.source == "discord"]
        begins = town.almanac.at(0, 5, "UTC")
        self.channels = {name: _snowflake(begins + nth, 0) for nth, name in enumerate(_CHANNELS)}
        self.categories = {
            name: _snowflake(begins - 60 + nth, 0) for nth, name in enumerate(dict.fromkeys(_CHANNELS.values()))
        }
        self.ids: dict[str, str] = {}
        self.first: dict[str, float] = {}
        self._number()

    def _number(self) -> None:
        """Messages are numbered by their time; accounts are older than their first words."""
        for talk in self.talks:
            for nth, message in enumerate(talk.messages):
                message.native = _snowflake(message.at, nth)
                self._meet(message.author, message.at)
                for _, people in message.reactions:
                    for who in people:
                        self._meet(who, message.at)

    def _meet(self, who: Person, at: float) -> None:
        if who.key not in self.ids:
            self.ids[who.key] = _snowflake(at - 86400 * (3 + sum(map(ord, who.key)) % 900), len(self.ids))
        self.first[who.key] = min(at, self.first.get(who.key, at))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Channels first, then the threads."""
        flat: dict[str, list[dict[str, Any]]] = {name: [] for name in _CHANNELS if name not in _FORUMS}
        flat["welcome"] += self._joins()
        for talk in self.talks:
            if not talk.title:
                flat[talk.channel] += [
                    self._row(talk, message, self.channels[talk.channel])
                    for message in talk.messages
                    if not message.hidden
                ]
        for name, rows in flat.items():
            rows.sort(key=lambda row: int(row["id"]))
            category = _CHANNELS[name]
            head = {
                "id": self.channels[name],
                "type": "GuildTextChat",
                "categoryId": self.categories[category],
                "category": category,
                "name": name,
                "topic": None,
            }
            yield self._file(head, rows)
        for talk in self.talks:
            if talk.title:
                yield self._thread(talk)

    def _thread(self, talk: Conversation) -> tuple[str, bytes]:
        native = talk.opener.native
        head = {
            "id": native,
            "type": "GuildPublicThread",
            "categoryId": self.channels[talk.channel],
            "category": talk.channel,
            "name": talk.title,
            "topic": None,
        }
        return self._file(head, [self._row(talk, message, native) for message in talk.messages if not message.hidden])

    def _file(self, head: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[str, bytes]:
        written = {
            "guild": {"id": GUILD, "name": NAME, "iconUrl": "https://cdn.discordapp.com/embed/avatars/0.png"},
            "channel": head,
            "dateRange": {"after": None, "before": None},
            "exportedAt": _stamp(self.town.almanac.ends_at.timestamp()),
            "messages": rows,
            "messageCount": len(rows),
        }
        name = "".join(mark if mark.isalnum() or mark in " -_" else "_" for mark in head["name"])[:60].strip()
        data = msgspec.json.format(msgspec.json.encode(written), indent=2)
        return f"{NAME} - {head['category']} - {name} [{head['id']}].json", data

    def _row(self, talk: Conversation, message: Message, channel: str) -> dict[str, Any]:
        # A reply names what it answers only when it comes late: in the run of talk people simply go on.
        late = message.about is not None and not talk.title and (message.at - message.about.at > 1500 or message.first)
        row: dict[str, Any] = {
            "id": message.native,
            "type": "Reply" if late else "Default",
            "timestamp": _stamp(message.at),
        }
        row |= {"timestampEdited": _stamp(message.edited_at) if message.edited_at else None, "callEndedTimestamp": None}
        text = message.text
        row |= {"isPinned": message.act == "pinned", "content": text, "author": self._author(message.author)}
        row |= {"attachments": [], "embeds": [], "stickers": []}
        row["reactions"] = [self._reaction(mark, people) for mark, people in message.reactions if people]
        row["mentions"] = [self._reader(who) for who in message.mentions if who.key in self.ids]
        if late and message.about is not None:
            row["reference"] = {"messageId": message.about.native, "channelId": channel, "guildId": GUILD}
        message.native = f"{channel}/{message.native}" if "/" not in message.native else message.native
        return row | {"inlineEmojis": []}

    def _reader(self, who: Person) -> dict[str, Any]:
        account = who.accounts["discord"]
        name, shown = account.handle, account.name
        if "discord" in who.gone:
            name, shown = f"deleted_user_{int(self.ids[who.key]) % 16**10:010x}", "Deleted User"
        return {
            "id": self.ids[who.key],
            "name": name,
            "discriminator": "0000",
            "nickname": shown,
            "isBot": who.key == "waymarker",
            "avatarUrl": f"https://cdn.discordapp.com/embed/avatars/{int(self.ids[who.key]) % 6}.png",
        }

    def _author(self, who: Person) -> dict[str, Any]:
        roles = []
        if who.role == "staff":
            roles.append("Moderators" if who.key == "tunde" else "Community team")
        elif who.every and who.every < 5:
            roles.append("Surveyors")
        listed = [
            {
                "id": _snowflake(self.town.almanac.at(0, 4, "UTC"), len(name)),
                "name": name,
                "color": "#0E5D5A",
                "position": 1,
            }
            for name in roles
        ]
        return self._reader(who) | {"color": "#0E5D5A" if roles else None, "roles": listed}

    def _reaction(self, mark: str, people: list[Person]) -> dict[str, Any]:
        emoji = {
            "id": "",
            "name": mark,
            "code": "_".join(f"{ord(each):x}" for each in mark),
            "isAnimated": False,
            "imageUrl": "",
        }
        return {"emoji": emoji, "count": len(people), "users": [self._reader(who) for who in people]}

    def _joins(self) -> list[dict[str, Any]]:
        """The notice that Discord writes when somebody comes in, a little before their first words."""
        rows: list[dict[str, Any]] = []
        begins = self.town.almanac.at(0, 5, "UTC") + 60
        ends = self.town.almanac.ends_at.timestamp()
        for nth, (key, at) in enumerate(sorted(self.first.items(), key=lambda both: both[1])):
            who = self.town.company.by_key[key]
            came = min(max(begins + nth, at - 120 - sum(map(ord, key)) % 7200), ends)
            row: dict[str, Any] = {
                "id": _snowflake(came, 900 + nth % 90),
                "type": "GuildMemberJoin",
                "timestamp": _stamp(came),
                "timestampEdited": None,
                "callEndedTimestamp": None,
            }
            row |= {
                "isPinned": False,
                "content": "Joined the server.",
                "author": self._author(who),
                "attachments": [],
                "embeds": [],
            }
            rows.append(row | {"stickers": [], "reactions": [], "mentions": [], "inlineEmojis": []})
        return rows


def write(town: Town, folder: Path) -> Path:
    """Write the export into a folder."""
    guild = Guild(town)
    path = pack(folder / f"{NAME}.zip", guild.files())
    town.numbers["discord"] = guild.ids
    return path


def _snowflake(at: float, nth: int) -> str:
    return str((int(at * 1000) - EPOCH) << 22 | nth & 0x3FFFFF)


def _stamp(at: float) -> str:
    return moment(at).isoformat(timespec="milliseconds")

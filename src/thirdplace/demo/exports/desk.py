"""The volunteers' desk, as Slack exports a workspace."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from thirdplace.demo.cast import Person
from thirdplace.demo.exports.packing import moment, pack
from thirdplace.demo.talk import Conversation, Message
from thirdplace.demo.town import Town

NAME = "Hedgerow volunteers Slack export"
TEAM = "T0HEDGEROW"
_EMOJI = {
    "👍": "+1", "❤️": "heart", "💚": "green_heart", "🎉": "tada", "👏": "clap", "💪": "muscle", "✅": "white_check_mark",
    "😄": "smile", "😂": "joy", "🙏": "pray", "👋": "wave", "🌿": "herb", "☔": "umbrella", "💡": "bulb",
}  # fmt: skip
_PURPOSE = {
    "general": "For everybody who carries something.",
    "hosts": "Survey Saturday: rounds, keys, kettles.",
    "map-night": "Who shows what, and who holds the door.",
    "schools": "Classes, worksheets, wet feet.",
    "letter": "The monthly letter.",
    "tiles-and-code": "The renderer, the reader, the machines.",
    "accessible-paths": "Numbers for those who decide by numbers.",
    "low-countries": "Voor Nederland en Vlaanderen.",
}


class Workspace:
    """Gathers what the export holds."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.rng = Random(f"desk {town.almanac.ends_on}")  # noqa: S311 - a story, not a secret
        self.talks = [talk for talk in town.talks if talk.source == "desk"]
        self.channels = {name: f"C0HEDGE{nth:03d}" for nth, name in enumerate(_PURPOSE, 1)}
        self.first: dict[str, float] = {}  # person → when they first spoke
        self.members: dict[str, list[Person]] = {name: [] for name in self.channels}
        self.ids: dict[str, str] = {}
        for talk in self.talks:
            for message in talk.messages:
                self._meet(message, talk.channel)

    def _meet(self, message: Message, channel: str) -> None:
        who = message.author
        if who.key not in self.ids:
            number = len(self.ids) + 1
            self.ids[who.key] = f"U0HR{number * 7919 % 100000:05d}"
        self.first[who.key] = min(message.at, self.first.get(who.key, message.at))
        if who not in self.members[channel]:
            self.members[channel].append(who)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the export."""
        days: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for talk in self.talks:
            for row in self._rows(talk):
                day = f"{moment(float(row['ts'])):%Y-%m-%d}"
                days.setdefault((talk.channel, day), []).append(row)
        for channel, row in self._joins():
            days.setdefault((channel, f"{moment(float(row['ts'])):%Y-%m-%d}"), []).append(row)
        yield "users.json", _json(self._users())
        yield "channels.json", _json(self._channels())
        yield "integration_logs.json", b"[]"
        for channel, day in sorted(days):
            yield f"{channel}/{day}.json", _json(sorted(days[channel, day], key=lambda row: str(row["ts"])))

    def _rows(self, talk: Conversation) -> Iterator[dict[str, Any]]:
        channel = self.channels[talk.channel]
        root = talk.opener
        replies = talk.messages[1:]
        for message in talk.messages:
            who = self.ids[message.author.key]
            message.native = f"{channel}/{_ts(message.at)}/{who}"
            if message.hidden:
                yield {
                    "subtype": "tombstone",
                    "text": "This message was deleted.",
                    "user": "USLACKBOT",
                    "hidden": True,
                    "type": "message",
                    "ts": _ts(message.at),
                    "thread_ts": _ts(root.at),
                }
                continue
            row: dict[str, Any] = {"user": who, "type": "message", "ts": _ts(message.at)}
            row |= {"client_msg_id": f"{int(message.at):08x}-0000-4000-8000-{int(message.at * 1000) % 10**12:012d}"}
            row |= {"text": _escaped(message.text), "team": TEAM, "user_profile": self._profile(message.author)}
            if replies and message is root:
                row |= self._thread(root, replies)
            elif message is not root:
                row |= {"thread_ts": _ts(root.at), "parent_user_id": self.ids[root.author.key]}
            if message.edited_at:
                row["edited"] = {"user": who, "ts": f"{int(message.edited_at)}.000000"}
            if message.reactions:
                row["reactions"] = [self._reaction(mark, people) for mark, people in message.reactions]
            yield row

    def _thread(self, root: Message, replies: list[Message]) -> dict[str, Any]:
        writers = list(dict.fromkeys(self.ids[each.author.key] for each in replies))
        return {
            "thread_ts": _ts(root.at),
            "reply_count": len(replies),
            "reply_users_count": len(writers),
            "latest_reply": _ts(max(each.at for each in replies)),
            "reply_users": writers,
            "is_locked": False,
            "subscribed": False,
        }

    def _reaction(self, mark: str, people: list[Person]) -> dict[str, Any]:
        users = [self.ids[who.key] for who in people if who.key in self.ids]
        return {"name": _EMOJI.get(mark, "herb"), "users": users, "count": len(users)}

    def _profile(self, who: Person) -> dict[str, Any]:
        account = who.accounts["desk"]
        return {
            "first_name": who.first,
            "real_name": who.name,
            "display_name": account.name,
            "name": account.handle,
            "team": TEAM,
        }

    def _joins(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """A line of the place for each who came, a little before their first words."""
        begins = self.town.almanac.at(0, 5, "UTC") + 60
        for nth, (key, at) in enumerate(sorted(self.first.items(), key=lambda both: both[1])):
            came = max(begins + nth, at - 200 - self.rng.random() * 3000)
            yield (
                "general",
                {
                    "subtype": "channel_join",
                    "user": self.ids[key],
                    "text": f"<@{self.ids[key]}> has joined the channel",
                    "type": "message",
                    "ts": _ts(came),
                },
            )

    def _users(self) -> list[dict[str, Any]]:
        users = []
        for key, native in self.ids.items():
            who = self.town.company.by_key[key]
            account = who.accounts["desk"]
            user = {
                "id": native,
                "team_id": TEAM,
                "name": account.handle,
                "deleted": "desk" in who.gone,
                "real_name": who.name,
                "tz": who.zone,
            }
            user |= {"profile": {"real_name": who.name, "display_name": account.name, "title": ""}, "is_bot": False}
            user |= {"is_admin": who.role == "staff", "is_owner": key == "marit", "updated": int(self.first[key])}
            users.append(user)
        return users

    def _channels(self) -> list[dict[str, Any]]:
        begins = int(self.town.almanac.at(0, 5, "UTC"))
        return [
            {
                "id": native, "name": name, "created": begins, "creator": self.ids.get("marit", ""),
                "is_archived": False,
                "is_general": name == "general", "members": [self.ids[who.key] for who in self.members[name]],
                "topic": {"value": "", "creator": "", "last_set": 0},
                "purpose": {"value": _PURPOSE[name], "creator": self.ids.get("marit", ""), "last_set": begins},
            }
            for name, native in self.channels.items()
        ]  # fmt: skip


def write(town: Town, folder: Path) -> Path:
    """Write the export into a folder."""
    workspace = Workspace(town)
    path = pack(folder / f"{NAME}.zip", workspace.files())
    town.numbers["desk"] = workspace.ids
    return path


def _ts(at: float) -> str:
    return f"{int(at)}.{int(at * 1000) % 1000:03d}{int(at) * 7 % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=4)

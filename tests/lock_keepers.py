"""An invented Discord server: people who keep the locks of a small canal. Written as DiscordChatExporter writes it.

Its archive ends on Friday 16 October 2026. A newcomer, Noor, asked on the Wednesday before and nobody has answered.
"""

import itertools
import json
import random
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

END = datetime(2026, 10, 16, 18, 0, tzinfo=UTC)
WEEKS = 30
GUILD = {"id": "500000000000000001", "name": "Lock Keepers", "iconUrl": ""}
PEOPLE = {
    "wim": "Wim Sluis", "greta": "Greta Lindqvist", "oda": "Oda Brandt", "pål": "Pål Vik", "ines": "Ines Carvalho",
    "tom": "Tom Ashdown", "yuki": "Yuki Arai", "sef": "Sef van Dam", "bea": "Bea Nowak", "lars": "Lars Ek",
}  # fmt: skip
TALK = {
    "en": ("The {a} at the {b} lets water through again.", "Who has the key of the {b} this week?",
           "I greased the {a}; it turns with one hand now.", "Ice on the {b} this morning, and a heron on the {a}.",
           "The {a} wants paint before winter, says the man from the {b}.", "Two barges are waiting below the {b}."),
    "nl": ("De {a} bij de {b} lekt weer een beetje vandaag.", "Wie heeft deze week de sleutel van de {b}?",
           "Ik heb de {a} gesmeerd, en nu draait hij licht."),
    "sv": ("Luckan vid {b} släpper igenom vatten igen, tyvärr.", "Vem har nyckeln till {b} den här veckan?"),
}  # fmt: skip
A = ("paddle", "windlass", "upper gate", "sluice", "footbridge", "gauge", "mooring ring", "towpath")
B = ("Mill Lock", "Long Pound", "Ferry Basin", "Alder Cut", "Stone Weir", "Fox Bend")
NEWCOMER = (
    "Hello! I moved into the cottage by Alder Cut on Sunday. The upper gate sticks half way, and I do not want to "
    "force it. Is there somebody who knows it?"
)


def export(path: Path, *, waiting: bool = True, weeks: int = WEEKS) -> Path:
    """The whole server as a zip of one file a channel. weeks: how far it goes back."""
    general, help_ = list(_general(weeks)), list(_help(weeks, waiting=waiting))
    return packed(path, {"towpath": general, "help": help_})


def packed(path: Path, channels: dict[str, list[dict[str, Any]]], *, guild: dict[str, str] | None = None) -> Path:
    """Messages by channel, as the exporter's files in a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as into:
        for nth, (name, said) in enumerate(channels.items()):
            channel = {"id": f"50000000000000001{nth}", "type": "GuildTextChat", "categoryId": "500000000000000009",
                       "category": "Canal", "name": name, "topic": None}  # fmt: skip
            whole = {"guild": guild or GUILD, "channel": channel, "dateRange": {"after": None, "before": None},
                     "exportedAt": END.isoformat(), "messages": said, "messageCount": len(said)}  # fmt: skip
            into.writestr(f"channel {nth}.json", json.dumps(whole, ensure_ascii=False, indent=1))
    return path


def _general(weeks: int) -> Iterator[dict[str, Any]]:
    """Weeks of talk; Oda, a regular, falls silent seven weeks before the end."""
    dice, begin = random.Random(4), END - timedelta(weeks=weeks)
    said: list[tuple[datetime, str, str]] = []
    for day in range(weeks * 7 - 1):
        for who in PEOPLE:
            silent = who == "oda" and day > (weeks - 7) * 7
            if not silent and dice.random() < (0.75 if who == "oda" else 0.38):
                at = begin + timedelta(days=day, minutes=dice.randrange(7 * 60, 21 * 60))
                language = "sv" if who in ("lars", "greta") and dice.random() < 0.5 else "nl" if who == "sef" else "en"
                said.append((at, who, dice.choice(TALK[language]).format(a=dice.choice(A), b=dice.choice(B))))
    said += [
        (at + timedelta(minutes=3), "wim", "Thank you, I shall look at it.") for at, who, _ in said[::9] if who != "wim"
    ]
    yield from messages(sorted(said), first=10_000)
    yield message(9_999, END - timedelta(hours=5), "gauge-bot", "Water at Stone Weir: 1.42 m.", bot=True)


def _help(weeks: int, *, waiting: bool) -> Iterator[dict[str, Any]]:
    """Newcomers who asked and were answered; and Noor, who was not."""
    names = (
        "Ada",
        "Bram",
        "Cleo",
        "Dirk",
        "Elsa",
        "Finn",
        "Gwen",
        "Hugo",
        "Ilse",
        "Joao",
        "Kaya",
        "Luc",
        "Mia",
        "Nils",
    )
    asked: list[tuple[datetime, str, str]] = []
    for nth, name in enumerate(names):
        at = END - timedelta(weeks=weeks - 4 - nth, hours=6)
        if at > END - timedelta(weeks=3):
            break
        asked.append(
            (
                at,
                f"{name} Newman",
                f"Good day, I am new here. Where does one hang the {A[nth % 8]} key at {B[nth % 6]}?",
            )
        )
        if nth % 3:
            asked.append((at + timedelta(hours=2), "greta", f"Welcome, {name}! On the nail inside the hut."))
    if waiting:
        asked.append((END - timedelta(days=2, hours=21), "Noor Haddad", NEWCOMER))
    yield from messages(asked, first=40_000)


def messages(said: Iterable[tuple[datetime, str, str]], *, first: int) -> Iterator[dict[str, Any]]:
    """Messages with the ids that follow one another."""
    for nth, (at, who, text) in zip(itertools.count(first), said, strict=False):
        yield message(nth, at, who, text)


def message(nth: int, at: datetime, who: str, text: str, *, bot: bool = False) -> dict[str, Any]:
    """One message, as the exporter writes it."""
    name = PEOPLE.get(who, who)
    author = {"id": f"6{abs(hash_of(name)):017d}", "name": name.split()[0].lower(), "discriminator": "0000",
              "nickname": name, "color": None, "isBot": bot, "roles": [], "avatarUrl": ""}  # fmt: skip
    return {
        "id": f"70000000000{nth:07d}", "type": "Default", "timestamp": at.isoformat(), "timestampEdited": None,
        "callEndedTimestamp": None, "isPinned": False, "content": text, "author": author, "attachments": [],
        "embeds": [], "stickers": [], "reactions": [], "mentions": [], "inlineEmojis": [],
    }  # fmt: skip


def hash_of(name: str) -> int:
    """A number for a name that is the same each time."""
    return sum(ord(letter) * 131**nth for nth, letter in enumerate(name)) % 10**17

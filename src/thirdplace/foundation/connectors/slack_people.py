"""Who is who in a Slack export: as its list tells, and as the messages do."""

from collections.abc import Iterator

import msgspec

from thirdplace.foundation.connectors.base import Person
from thirdplace.foundation.connectors.slack_format import SLACKBOT, Message

BY_HAND = {None, "me_message", "thread_broadcast"}  # what people write; files and comments come without any mark


class People:
    """Those met so far, by their ids. Each may be told of again, once more is known.

    Some exports list apps as people. Whoever writes with an app's number, and never by hand, is an app: a person may
    have let an app write for them, so one message by hand settles it.
    """

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._all: dict[str, Person] = {}
        self._listed_bots: set[str] = set()
        self._wrote_by_hand: set[str] = set()
        self._nameless: set[str] = set()

    def listed(self, person: Person) -> Person:
        """One of the export's own list."""
        self._listed_bots.update([person.native] if person.bot else [])
        return self._tell(person)

    def author(self, message: Message) -> tuple[str | None, list[Person]]:
        """The author's id, and the author again if this message says something new of them."""
        who = message.user or message.bot_id or (f"name:{message.username}" if message.username else None)
        if who is None:
            return None, []
        before = self._all.get(who)
        if who not in self._all or who in self._nameless:
            told = message.user_profile or message.bot_profile
            name = (told and (told.display_name or told.real_name or told.name)) or message.username
            if name or who not in self._all:
                self._named(who, name)
        self._tell(msgspec.structs.replace(self._all[who], bot=self._is_bot(who, message)))
        return who, [] if self._all[who] == before else [self._all[who]]

    def met(self, who: str) -> Iterator[Person]:
        """Somebody of whom only the id is known, unless told of before."""
        if who not in self._all:
            yield self._named(who, None)

    def _is_bot(self, who: str, message: Message) -> bool:
        if message.user is None or who == SLACKBOT or who in self._listed_bots:
            return True
        by_app = message.bot_id is not None or message.subtype == "bot_message"
        if message.subtype in BY_HAND and not by_app:
            self._wrote_by_hand.add(who)
        if who in self._wrote_by_hand:
            return False
        return self._all[who].bot or (by_app and message.subtype in BY_HAND | {"bot_message"})

    def _named(self, who: str, name: str | None) -> Person:
        (self._nameless.discard if name else self._nameless.add)(who)
        return self._tell(Person(native=who, name=name or who, bot=who == SLACKBOT))

    def _tell(self, person: Person) -> Person:
        self._all[person.native] = person
        self.names[person.native] = person.name
        return person

"""Which conversation a mail belongs to: by what it answers, else by its subject. Some fifty bytes a message."""

import hashlib
import re
from array import array
from collections import OrderedDict
from dataclasses import dataclass

WINDOW = 30 * 86_400_000_000  # microseconds after the last message of a subject in which "Re:" goes on with it
MOST_SUBJECTS = 20_000  # remembered at once, the latest
COUNTED, CARRIED = 1, 2  # its id was seen in a header line; its message was carried
NONE = -1

_ANSWERS = re.compile(
    r"(?:(?:\[[^\]]{1,40}\]|re|aw|sv|vs|antw(?:oord)?|betr|odp|r[eé]p?|ref|rif|回复|答复)"
    r"(?:\[\d+\]|\^\d+)?\s*[:：]|\[[^\]]{1,40}\])\s*",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")


def digest(message_id: str) -> bytes:
    """What an id is known by: sha1 of it without its brackets, of which Mailman makes its Message-ID-Hash too."""
    return hashlib.sha1(message_id.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()


def native(known: bytes) -> str:
    """The same as text."""
    return known.hex()


def stripped(subject: str) -> tuple[str, bool]:
    """The subject without tags and signs of an answer, folded; and whether it said that it answers."""
    rest, answers = subject.strip(), False
    while (mark := _ANSWERS.match(rest)) is not None and mark.end():
        answers = answers or mark[0].rstrip().endswith((":", "："))
        rest = rest[mark.end() :]
    return _SPACES.sub(" ", rest).strip().lower()[:200], answers


class Ids:
    """Message ids by number, in the order they were met; open addressing over plain arrays."""

    def __init__(self) -> None:
        self._slots = array("i", [NONE]) * 1024
        self._mask = 1023
        self._digests = bytearray()
        self.thread = array("i")  # the number of the id that opened its thread; NONE when not known
        self.words = array("I")  # a checksum of its words
        self.told = array("I")  # COUNTED and CARRIED, and above them the number of its list

    def __len__(self) -> int:
        return len(self.thread)

    def of(self, known: bytes) -> int:
        """The number of an id, new or not."""
        slot = int.from_bytes(known[:7], "little") & self._mask
        slots, digests, mask = self._slots, self._digests, self._mask
        while (number := slots[slot]) != NONE:
            if digests.startswith(known, 20 * number):
                return number
            slot = (slot + 1) & mask
        number = slots[slot] = len(self.thread)
        digests += known
        self.thread.append(NONE)
        self.words.append(0)
        self.told.append(0)
        if 5 * (number + 1) > 3 * (mask + 1):
            self._grow()
        return number

    def digest(self, number: int) -> bytes:
        """The digest of an id."""
        return bytes(self._digests[20 * number : 20 * number + 20])

    def _grow(self) -> None:
        self._mask = 2 * self._mask + 1
        self._slots = slots = array("i", [NONE]) * (self._mask + 1)
        for number in range(len(self.thread)):
            slot = int.from_bytes(self._digests[20 * number : 20 * number + 7], "little") & self._mask
            while slots[slot] != NONE:
                slot = (slot + 1) & self._mask
            slots[slot] = number


@dataclass(frozen=True)
class Place:
    """Where a message stands: its thread's native id, what it answers, and whether it opened the thread."""

    thread: str
    about: str | None
    opens: bool
    first: bool  # the first of its thread that is known here, though it may be an answer


class Threads:
    """Puts messages, in the order they come, into threads."""

    def __init__(self) -> None:
        self.ids = Ids()
        self.distinct = 0
        self._subjects: OrderedDict[tuple[int, str], tuple[int, int]] = OrderedDict()

    def count(self, known: bytes) -> None:
        """An id stood in a header line, be it of a message or of one that was forwarded in its words."""
        number = self.ids.of(known)
        if not self.ids.told[number] & COUNTED:
            self.ids.told[number] |= COUNTED
            self.distinct += 1

    def carried(self, known: bytes) -> tuple[int, int] | None:
        """Of a message that was carried before: the number of its list, and the checksum of its words."""
        number = self.ids.of(known)
        told = self.ids.told[number]
        return (told >> 2, self.ids.words[number]) if told & CARRIED else None

    def place(self, known: bytes, refs: list[bytes], subject: str, *, where: int, words: int, at: int) -> Place:
        """Take a message in. refs: what it names, the oldest first. where: its list. at: microseconds."""
        ids = self.ids
        own = ids.of(known)
        ids.told[own] |= CARRIED | where << 2
        ids.words[own] = words
        named = [number for number in map(ids.of, refs) if number != own]
        plain, answers = stripped(subject)
        key = (where, plain)
        thread = ids.thread[own]
        about = named[-1] if named else NONE
        first = thread in (NONE, own)
        if thread == NONE and named:
            nearest = next((number for number in reversed(named) if ids.thread[number] != NONE), NONE)
            first = nearest == NONE
            thread = named[0] if first else ids.thread[nearest]  # the oldest stands for a thread that begins elsewhere
        elif thread == NONE and answers and plain and (said := self._subjects.get(key)) and abs(at - said[1]) <= WINDOW:
            thread = about = said[0]
            first = False
        if thread == NONE:
            thread = own
        for number in (own, *named[:1], *named[-1:]):
            if ids.thread[number] == NONE:
                ids.thread[number] = thread
        if plain:
            self._remember(key, thread, at)
        return Place(
            thread=native(ids.digest(thread)),
            about=None if about == NONE else native(ids.digest(about)),
            opens=thread == own and not named and not answers,
            first=first,
        )

    def _remember(self, key: tuple[int, str], thread: int, at: int) -> None:
        self._subjects[key] = (thread, at)
        self._subjects.move_to_end(key)
        if len(self._subjects) > MOST_SUBJECTS:
            self._subjects.popitem(last=False)

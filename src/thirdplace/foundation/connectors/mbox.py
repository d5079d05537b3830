"""Archives of mailing lists: mbox, and what Pipermail offers for download."""

import hashlib
import re
import zlib
from collections.abc import Iterator

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.archive.names import LOOSE, timeless
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Person, Place, Space, Tally, short
from thirdplace.foundation.connectors.columns import microseconds
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.mbox_body import words_of
from thirdplace.foundation.connectors.mbox_dates import Period, believed, period
from thirdplace.foundation.connectors.mbox_headers import Author, headers, ids, own_id, parent, words
from thirdplace.foundation.connectors.mbox_split import LOOKS, Raw, begins, mails
from thirdplace.foundation.connectors.mbox_threads import Place as Stand
from thirdplace.foundation.connectors.mbox_threads import Threads, digest, native
from thirdplace.foundation.translation import gettext, gettext_noop

NO_MAIL = gettext_noop("A file that holds no mail.")
AGAIN = gettext_noop("A mail that stands more than once in its list: it counts once.")
ALTERED = gettext_noop("A mail that stands again with other words, altered on its way: the first copy was kept.")
CROSSED = gettext_noop("A mail sent to several lists: it counts once, in the list where it was met first.")
UNDATED = gettext_noop("A mail of which nothing tells when it was sent.")
NAMELESS = gettext_noop("A mail without an id of its own: it was given one made of its headers.")
AUTHORLESS = gettext_noop("A mail that does not say who it is from; it was read without that.")
INNER = gettext_noop("Headers of another mail among the words of one: forwarded, or the line between them is damaged.")

LOOKED_AT = 40  # files opened before it is said that none of them holds mail
MOST_NAMED = 200  # ids that one mail names
MOST_PEOPLE = 300_000  # whose best name is remembered
_ENDINGS = re.compile(r"\.(?:txt|mbox|mbx|mail|gz)$|(?:^|/)[^./]+$", re.IGNORECASE)
_BARE = re.compile(r"(?:\.(?:txt|mbox|mbx|mail|gz))+$", re.IGNORECASE)
_LIST_PAGE = re.compile(rb"/(?:listinfo|pipermail)/([\w.-]{2,80})", re.IGNORECASE)
_LIST_ID = re.compile(rb"(?im)^List-Id:[^<\n]*(?:\n[ \t][^<\n]*)?<[^.>\s]{1,80}\.([\w.-]{3,100})>")


class Mbox(Connector):
    """Mailing lists, from their archives: mbox files, or the text files of Pipermail.

    Needs:   the archive of one list or several: mbox files or Pipermail's text files, packed or not, a folder a list.
             No mailbox of a person: everything in it would be read.
    Brings:  mails, who wrote them and under which name. Threads by the ids that a mail names, nearest first; where it
             names none, "Re:" goes on with the same subject in its list if that was written in within 30 days.
             A mail in several lists, and one that stands there twice, is one mail, in the first list it was met in.
    Resumes: no; a later archive of the same name adds what is new.
    Leaves:  addresses: people are known by a fingerprint of theirs, by which whoever has an address can find it; those
             in the words of a mail stay there. Attached files; signatures below two dashes, and the list's own lines
             below a mail; who else a mail was sent to. A date that cannot be right gives way to that of the line before
             it, or of the file's name.
    """

    slug = "mbox"
    title = "Mailing list"

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By a dated From line with headers below it."""
        files = _files(archive)
        for name in files[:LOOKED_AT]:
            if LOOKS.search(_beginning(archive, name)):
                why = gettext("%(count)s files, and %(name)s holds mails as a list's archive does.")
                return Recognised(
                    connector=cls,
                    why=why % {"count": len(files), "name": name},
                    sure=0.9,
                    space=_space(archive),
                )
        return None

    def space(self) -> Space:
        """The place of the lists, by what their ids say, else by the archive's name without its dates."""
        return _space(self.archive)

    def read(self, tally: Tally) -> Iterator[Item]:
        """List by list, file by file in the order of their dates."""
        self.archive.tell(tally)
        tally.found.update(from_lines=0, message_id_headers=0)
        self._threads = Threads()
        self._named: dict[bytes, bool] = {}  # who was told of, by fingerprint, and whether with a whole name
        self._lists: dict[str, int] = {}
        for where, span, name in _in_order(self.archive):
            if where not in self._lists:
                self._lists[where] = len(self._lists)
                yield Place(native=where, name=where, kind="list", flat=False)
            with self.archive.open(name, tally) as stream:
                carried = 0
                for raw in mails(stream, tally):
                    for known in raw.ids:
                        tally.found["message_id_headers"] += 1
                        self._threads.count(digest(known[1:-1].decode("utf-8", "replace")))
                    if raw.line:
                        carried += 1
                        yield from self._mail(raw, where, span, name, tally)
            if not carried:
                tally.skip(NO_MAIL, name)
        tally.found["distinct_message_ids"] = self._threads.distinct

    def _mail(self, raw: Raw, where: str, span: Period | None, name: str, tally: Tally) -> Iterator[Item]:
        told = headers(raw.head)
        known = self._id(told, raw, where, name, tally)
        checksum = zlib.crc32(raw.body.strip())
        if (before := self._threads.carried(known)) is not None:
            tally.skip(_met_again(before, self._lists[where], checksum), name)
            return
        when = believed(told.get("date", ""), raw.line.decode("latin-1"), span)
        if when is None:
            tally.skip(UNDATED, name)
            return
        happened_at, doubt = when
        if doubt:
            tally.skip(doubt, name)
        if len(raw.ids) > 1:
            tally.skip(INNER, name)
        who, person = self._who(told)
        if person is not None:
            yield person
        if who is None:
            tally.skip(AUTHORLESS, name)
        text, left = words_of(told, raw.body)
        for why, count in left.items():
            if count:
                tally.skip(why, name, count)
        subject = " ".join(words(told.get("subject", "")[:4_000]).split())
        stand = self._threads.place(
            known, _named(told, self._threads), subject, where=self._lists[where], words=checksum,
            at=microseconds(happened_at),
        )  # fmt: skip
        yield _activity(native(known), stand, who, where, subject, text, happened_at=happened_at, name=name)

    def _id(self, told: dict[str, str], raw: Raw, where: str, name: str, tally: Tally) -> bytes:
        own = own_id(told.get("message-id", ""))
        if own:
            return digest(own)
        tally.skip(NAMELESS, name)
        made = (where, *(told.get(each, "") for each in ("from", "date", "subject")), zlib.crc32(raw.body.strip()))
        return digest("\x1f".join(map(str, made)))

    def _who(self, told: dict[str, str]) -> tuple[str | None, Person | None]:
        """The author's id; and the author, when they are new or their name is better than the one told before."""
        author = Author(told.get("from", ""), told)
        if author.key is None:
            return None, None
        print_ = hashlib.sha256(author.key.encode("utf-8", "surrogatepass")).digest()[:16]
        whole = author.name is not None and " " in author.name
        known = self._named.get(print_)
        who = print_.hex()
        if known is not None and known >= whole:
            return who, None
        if len(self._named) < MOST_PEOPLE or known is not None:
            self._named[print_] = whole
        return who, Person(native=who, name=author.name or author.stand_in, bot=author.robot)


def _activity(own: str, stand: Stand, who: str | None, where: str, subject: str, text: str, **more: object) -> Activity:
    return Activity(
        native=own,
        kind=Kind.STARTED if stand.opens else Kind.REPLIED,
        happened_at=more["happened_at"],  # type: ignore[arg-type]
        who=who,
        channel=where,
        thread=stand.thread,
        about=stand.about,
        title=short(subject) if stand.first and subject else None,
        text=text,
        place=str(more["name"]),
    )


def _met_again(before: tuple[int, int], where: int, checksum: int) -> str:
    if before[0] != where:
        return CROSSED
    return AGAIN if before[1] == checksum else ALTERED


def _named(told: dict[str, str], threads: Threads) -> list[bytes]:
    """What a mail names, the oldest first, what it answers last."""
    refs = [digest(each) for each in ids(told.get("references", "")[-50_000:])]
    if len(refs) > MOST_NAMED:
        refs = [refs[0], *refs[1 - MOST_NAMED :]]
    answered, sure = parent(told.get("in-reply-to", ""))
    last = digest(answered) if answered else None
    if last and last not in refs[-1:] and (sure or threads.carried(last) is not None):
        refs = [*(each for each in refs if each != last), last]
    return refs


def _files(archive: Archive) -> list[str]:
    return [name for name in archive.names() if _ENDINGS.search(name)]


def _beginning(archive: Archive, name: str) -> bytes:
    with archive.open(name) as stream:
        return begins(stream, 65_536)


def _in_order(archive: Archive) -> list[tuple[str, Period | None, str]]:
    """The list, the period and the name of every file that may hold mail."""
    called = _called(archive)
    found = [(_list_of(name) or called, period(_stem(name)), name) for name in _files(archive)]
    return sorted(found, key=lambda each: (each[0], each[1][0].isoformat() if each[1] else "", each[2]))


def _stem(name: str) -> str:
    return _BARE.sub("", name.rsplit("/", 1)[-1])


def _list_of(name: str) -> str:
    """A list is called as the folder of its files, else as its file; nothing where that is a month alone."""
    folder = name.rpartition("/")[0].rpartition("/")[2]
    return timeless(_BARE.sub("", folder)) if folder else timeless(_stem(name))


def _called(archive: Archive) -> str:
    """The archive's name without dates; where that says nothing, the list that the first mails name as theirs."""
    name = timeless(_BARE.sub("", archive.name))
    if name and name != LOOSE:
        return name
    for each in _files(archive)[:3]:
        if found := _LIST_PAGE.search(_beginning(archive, each)):
            return found[1].decode("ascii", "replace").lower()
    return archive.name


def _space(archive: Archive) -> Space:
    for each in _files(archive)[:3]:
        if found := _LIST_ID.search(_beginning(archive, each)):
            domain = found[1].decode("ascii", "replace").lower()
            return Space(native=domain, name=domain)
    name = _called(archive)
    return Space(native=name, name=name)

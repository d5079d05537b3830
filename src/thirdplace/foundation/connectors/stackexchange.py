"""The data dumps of Stack Exchange sites."""

import re
from collections.abc import Generator, Iterator
from datetime import datetime
from typing import ClassVar

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Person, Place, Space, Tally, short
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.markup import plain
from thirdplace.foundation.connectors.stackexchange_numbers import Accounts, Threads
from thirdplace.foundation.connectors.times import moment, one
from thirdplace.foundation.connectors.xmlrows import Row, rows
from thirdplace.foundation.translation import gettext, gettext_noop

WIKI = gettext_noop("A tag's wiki, an election or another page that is neither question nor answer.")
TABLE = gettext_noop("A table of the dump that tells nothing anybody said or did here.")
INCOMPLETE = gettext_noop("A row lacks its number or its date.")
OTHER = gettext_noop("A table of another dump in the same archive: import that dump by itself.")
ORPHAN = gettext_noop("A vote on a post that is no longer in the dump.")

VOTES = {
    "2": "up", "3": "down", "4": "offensive", "5": "bookmark", "6": "close", "7": "reopen", "8": "bounty",
    "9": "bounty ended", "10": "deletion", "11": "undeletion", "12": "spam", "15": "review", "16": "edit approved",
}  # fmt: skip
ACCEPTED_VOTE = "1"
QUESTION, ANSWER = "1", "2"
NOBODY = "-1"  # the account "Community", which no person has
SITES = re.compile(r"^(?:meta[.-])?[a-z0-9-]+(?:[.-]meta)?[.-]stackexchange(?:[.-]com)?$")
OWN_DOMAIN = {"stackoverflow", "serverfault", "superuser", "askubuntu", "mathoverflow", "stackapps"}


class StackExchange(Connector):
    """A Stack Exchange site, from its public data dump.

    Needs:   the dump of one site as it is published: a 7z, zip or folder with Posts.xml, Users.xml, Comments.xml,
             Votes.xml and Badges.xml.
    Brings:  questions, answers, comments, votes without their voters, accepted answers, badges, edits, accounts.
    Resumes: no; a newer dump adds what is new and what was changed.
    Leaves:  tag wikis, elections, links between posts, the history of revisions, who closed what, pictures.
             Votes have a day and no hour. Moderators are not marked. What was deleted since an earlier dump stays.
    """

    slug = "stackexchange"
    title = "Stack Exchange"
    tables: ClassVar = ("users", "posts", "comments", "votes", "badges")

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By the names of its tables."""
        files = _files(archive)
        known = sum(table in files for table in cls.tables)
        if "posts" not in files or (known < 3 and b"<row" not in archive.head(files["posts"], 4096)):
            return None
        missing = [f"{table.title()}.xml" for table in cls.tables if table not in files]
        space = _space(archive)
        return Recognised(
            connector=cls,
            why=gettext("Posts.xml with rows of a Stack Exchange dump, and %(count)s tables in all.")
            % {"count": len(files)},
            sure=1.0 if known > 1 else 0.7,
            space=space,
            lacks=gettext("%(names)s are missing: what they hold will be missing here.") % {"names": ", ".join(missing)}
            if missing
            else None,
            asks=() if space.base_url else ("base_url",),
        )

    def space(self) -> Space:
        """The site, by the archive's name."""
        return _space(self.archive)

    def read(self, tally: Tally) -> Iterator[Item]:
        """Accounts first, then posts, and what hangs on them."""
        self.archive.tell(tally)
        self._place = self.space().native
        self._questions = Threads()
        self._accounts = Accounts()
        self._accepted: dict[str, tuple[str, str | None, datetime]] = {}  # answer → question, who, when at the latest
        self._nameless: set[str] = set()
        files = _files(self.archive)
        for name in sorted(set(_tables(self.archive)) - set(files.values())):
            tally.skip(OTHER, name)
        yield Place(native=self._place, name=self.space().name, kind="site", flat=False)
        if "posts" in files:
            tally.found.update(questions=0, answers=0, accepted=0)
        for table in (*self.tables, *sorted(set(files) - set(self.tables))):
            if table in files:
                yield from self._table(table, files[table], tally)
                if table == "votes":
                    yield from self._undated()
        yield from self._undated()

    def _table(self, table: str, name: str, tally: Tally) -> Iterator[Item]:
        reader = getattr(self, f"_{table}", None) if table in self.tables else None
        with self.archive.open(name, tally) as stream:
            for row in rows(stream, tally):
                if table != "posts":
                    tally.found[table] += 1
                if reader is None:
                    tally.skip(TABLE, name)
                    continue
                try:
                    yield from reader(row, name, tally)
                except (KeyError, ValueError):
                    tally.skip(INCOMPLETE, name)

    def _users(self, row: Row, name: str, _: Tally) -> Iterator[Item]:
        joined_at = _when(row["CreationDate"])
        who = row["Id"]
        self._accounts.is_new(who)
        yield Person(native=who, name=row.get("DisplayName") or who, bot=who == NOBODY, joined_at=joined_at)
        if who != NOBODY:
            yield Activity(native=f"joined-{who}", kind=Kind.JOINED, happened_at=joined_at, who=who, place=name)

    def _posts(self, row: Row, name: str, tally: Tally) -> Iterator[Item]:
        kind = row.get("PostTypeId")
        tally.found[{QUESTION: "questions", ANSWER: "answers"}.get(kind or "", "other_posts")] += 1
        tally.found["accepted"] += kind == QUESTION and "AcceptedAnswerId" in row
        if kind not in (QUESTION, ANSWER):
            tally.skip(WIKI, name)
            return
        post, asked = int(row["Id"]), kind == QUESTION
        question = post if asked else int(row["ParentId"])
        happened_at = _when(row["CreationDate"])
        who = yield from self._author(row, "OwnerUserId", "OwnerDisplayName")
        self._questions.set(post, question)
        if asked and "AcceptedAnswerId" in row:
            self._accepted[row["AcceptedAnswerId"]] = (row["Id"], who, happened_at)
        if not asked and row["Id"] in self._accepted:
            opener, asker, at = self._accepted[row["Id"]]
            self._accepted[row["Id"]] = (opener, asker, max(at, happened_at))
        yield Activity(
            native=f"post-{post}",
            kind=Kind.ASKED if asked else Kind.ANSWERED,
            happened_at=happened_at,
            who=who,
            channel=self._place,
            thread=f"post-{question}",
            about=None if asked else f"post-{question}",
            title=short(row["Title"]) if "Title" in row else None,
            text=plain(row.get("Body", "")),
            edited_at=_when(row["LastEditDate"]) if "LastEditDate" in row else None,
            place=name,
        )

    def _author(self, row: Row, by_id: str, by_name: str) -> Generator[Item, None, str | None]:
        """The author's id; of a deleted account only a name is left, which stands for it."""
        if by_id in row:
            yield from self._met(row[by_id])
            return row[by_id]
        shown = row.get(by_name)
        if not shown:
            return None
        who = f"name:{shown}"
        if who not in self._nameless:
            self._nameless.add(who)
            yield Person(native=who, name=shown, deleted=True)
        return who

    def _met(self, who: str) -> Iterator[Item]:
        """An account that the table of accounts does not tell of, or that dump has none: only its number is known."""
        if self._accounts.is_new(who):
            yield Person(native=who, name=who, bot=who == NOBODY)

    def _comments(self, row: Row, name: str, _: Tally) -> Iterator[Item]:
        who = yield from self._author(row, "UserId", "UserDisplayName")
        question = self._questions.get(int(row["PostId"]))
        yield Activity(
            native=f"comment-{row['Id']}",
            kind=Kind.COMMENTED,
            happened_at=_when(row["CreationDate"]),
            who=who,
            channel=self._place,
            thread=None if question is None else f"post-{question}",
            about=f"post-{row['PostId']}",
            text=row.get("Text", ""),
            place=name,
        )

    def _votes(self, row: Row, name: str, tally: Tally) -> Iterator[Item]:
        post, kind = row["PostId"], row["VoteTypeId"]
        happened_at = _when(row["CreationDate"])
        question = self._questions.get(int(post))
        if kind == ACCEPTED_VOTE and post in self._accepted:
            opener, who, at = self._accepted.pop(post)
            yield self._acceptance(post, opener, who, max(at, happened_at), name)
            return
        if question is None:
            tally.skip(ORPHAN, name)
            return
        if "UserId" in row:
            yield from self._met(row["UserId"])
        yield Activity(
            native=f"vote-{row['Id']}",
            kind=Kind.VOTED,
            happened_at=happened_at,
            who=row.get("UserId"),
            channel=self._place,
            thread=f"post-{question}",
            about=f"post-{post}",
            label="accepted before" if kind == ACCEPTED_VOTE else VOTES.get(kind, kind),
            place=name,
        )

    def _undated(self) -> Iterator[Item]:
        """Acceptances of which no vote tells the day: not before the answer."""
        for answer, (question, who, at) in self._accepted.items():
            yield self._acceptance(answer, question, who, at, "Posts.xml")
        self._accepted.clear()

    def _acceptance(self, answer: str, question: str, who: str | None, at: datetime, name: str) -> Activity:
        return Activity(
            native=f"accepted-{question}-{answer}",
            kind=Kind.ACCEPTED,
            happened_at=at,
            who=who,
            channel=self._place,
            thread=f"post-{question}",
            about=f"post-{answer}",
            place=name,
        )

    def _badges(self, row: Row, name: str, _: Tally) -> Iterator[Item]:
        yield from self._met(row["UserId"])
        yield Activity(
            native=f"badge-{row['Id']}",
            kind=Kind.AWARDED,
            happened_at=_when(row["Date"]),
            who=row["UserId"],
            label=short(row.get("Name", "")),
            place=name,
        )


def _tables(archive: Archive) -> list[str]:
    return [name for name in archive.names() if name.lower().endswith(".xml")]


def _files(archive: Archive) -> dict[str, str]:
    """The tables of one dump by their names in small letters: each may stand in a folder of its own.

    Where a table stands twice there are two dumps; then those beside the first posts are one.
    """
    names = _tables(archive)
    if len({_table(name) for name in names}) < len(names):
        posts = next((name for name in names if _table(name) == "posts"), names[0])
        names = [name for name in names if name.rpartition("/")[0] == posts.rpartition("/")[0]]
    return {_table(name): name for name in names}


def _table(name: str) -> str:
    return name.rpartition("/")[2].split(".")[0].lower()


def _when(said: str) -> datetime:
    return moment(one(said))


def _space(archive: Archive) -> Space:
    """cardano-stackexchange, cardano.stackexchange.com and stackoverflow all tell where originals are."""
    plain_name = archive.name.lower()
    if SITES.match(plain_name):
        site = re.sub(r"[.-]stackexchange([.-]com)?$", "", plain_name).replace("-meta", ".meta")
        return Space(native=site, name=_titled(site), base_url=f"https://{site}.stackexchange.com")
    first = re.split(r"[.-](?:com|net)$", plain_name)[0]
    if first in OWN_DOMAIN:
        return Space(
            native=first, name=_titled(first), base_url=f"https://{first}.{'net' if 'math' in first else 'com'}"
        )
    return Space(native=plain_name, name=archive.name)


def _titled(site: str) -> str:
    return site.replace(".", " ").replace("-", " ").title()

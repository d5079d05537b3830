"""Discourse forums, as their API returns them."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.archive.names import timeless
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Person, Place, Space, Tally, short
from thirdplace.foundation.connectors.columns import EPOCH
from thirdplace.foundation.connectors.connector import Connector, Recognised
from thirdplace.foundation.connectors.discourse_copies import Copies
from thirdplace.foundation.connectors.discourse_format import PRIVATE, Post, Topic, categories, is_topic, topic
from thirdplace.foundation.connectors.markup import plain
from thirdplace.foundation.connectors.times import UNREADABLE, one
from thirdplace.foundation.translation import gettext, gettext_noop

NOTICE = gettext_noop("A notice of the forum itself, such as a topic closed, pinned or split.")
HIDDEN = gettext_noop("A post that is hidden: its words are not in the export.")
GONE = gettext_noop("A post that was deleted: only its place in the topic is left.")
PERSONAL = gettext_noop("Written in a personal message, or for the team only: left alone.")
ABSENT = gettext_noop("A post that the topic counts and the export does not hold.")
COPY = gettext_noop("A copy of a post that stands in two files: the one that was changed last was kept.")
OTHER_FILE = gettext_noop("A file that is no topic of the forum.")
UNTIMED = gettext_noop("A post without a time that can be read.")
MANY = gettext_noop("Likes beyond the ten thousandth of one post: no post has so many.")

WHISPER = 4  # the type of a post that only the team sees
MOST_LIKES = 10_000
SYSTEM = -1  # the account of the forum itself
_LOOKED_AT = 40
_QUOTED = re.compile(r'<aside class="quote[^<>]*?data-post="(\d{1,9})"[^<>]*?data-topic="(\d{1,15})"')


class Discourse(Connector):
    """A Discourse forum, from the topics that its API returns.

    Needs:   the JSON of topics (/t/<number>.json), one file a topic, with all its posts; categories.json or site.json
             beside them tells what categories are called.
    Brings:  topics, posts, whom a reply answers or quotes, accepted answers, edits, categories, admins and moderators;
             likes by their number, since the API names nobody who gave them.
    Resumes: no; a later export adds what is new and what was changed.
    Leaves:  personal messages and whispers; hidden and deleted posts; notices of the forum; trust levels, badges,
             polls, votes and views; pictures. A like has no time of its own and gets its post's; an acceptance gets its
             answer's and nobody who gave it. Only topics with an accepted answer are known as questions.
    """

    slug = "discourse"
    title = "Discourse"

    @classmethod
    def recognise(cls, archive: Archive) -> Recognised | None:
        """By how a file begins."""
        files = _files(archive)
        for name in files[:_LOOKED_AT]:
            if is_topic(archive.head(name)):
                why = gettext("%(count)s JSON files, and %(name)s is a topic as Discourse returns it.")
                return Recognised(
                    connector=cls,
                    why=why % {"count": len(files), "name": name},
                    sure=0.95,
                    space=_space(archive),
                    asks=("base_url",),
                )
        return None

    def space(self) -> Space:
        """The forum, by the archive's name."""
        return _space(self.archive)

    def read(self, tally: Tally) -> Iterator[Item]:
        """Categories as they are met, topic by topic."""
        self.archive.tell(tally)
        tally.found.update(topics=0, posts=0, system_posts=0, likes=0, accepted=0)
        self._authors: set[str] = set()
        self._people: dict[str, Person] = {}
        self._seen: set[int] = set()
        self._named = dict(categories(self.archive))
        files = [name for name in _files(self.archive) if is_topic(self.archive.head(name))]
        others = {"categories.json", "site.json", *files}
        for name in self.archive.names():
            if name not in others:
                tally.skip(OTHER_FILE, name)
        self._copies = Copies(self.archive, files)
        for name in files:
            yield from self._topic(topic(self.archive, name, tally), name, tally)
        tally.found["authors"] = len(self._authors)

    def _topic(self, said: Topic, name: str, tally: Tally) -> Iterator[Item]:
        posts = said.post_stream.posts
        self._count(posts, tally)
        if said.archetype == PRIVATE:
            tally.skip(PERSONAL, name, len(posts))
            return
        if (missing := len(said.post_stream.stream) - len(posts)) > 0 and said.title is not None:
            tally.skip(ABSENT, name, missing)
        if said.category_id is not None and said.category_id not in self._seen:
            self._seen.add(said.category_id)
            called = self._named.get(said.category_id) or f"Category {said.category_id}"
            yield Place(native=str(said.category_id), name=called, kind="category", flat=False)
        numbers = {each.post_number: each.id for each in posts}
        is_question = any(each.accepted_answer for each in posts)
        for post in posts:
            if not self._copies.is_newest(post, name):
                tally.skip(COPY, name)
                continue
            yield from self._post(post, said, numbers, name, tally, is_question=is_question)

    def _count(self, posts: list[Post], tally: Tally) -> None:
        """By the same plain rules as anybody who counts the posts of the files."""
        tally.found["topics"] += 1
        tally.found["posts"] += len(posts)
        tally.found["system_posts"] += sum(bool(each.action_code) for each in posts)
        tally.found["likes"] += sum(each.likes for each in posts)
        tally.found["accepted"] += sum(each.accepted_answer for each in posts)
        self._authors.update(each.username for each in posts)

    def _post(
        self, post: Post, said: Topic, numbers: dict[int, int], name: str, tally: Tally, *, is_question: bool
    ) -> Iterator[Item]:
        happened_at = _when(post.created_at)
        why = PERSONAL if post.post_type == WHISPER else NOTICE if post.action_code else HIDDEN if post.hidden else None
        if happened_at is None or why:
            tally.skip(why or UNTIMED, name)
            return
        if post.deleted_at or post.user_deleted:
            tally.skip(GONE, name)
            yield _deletion(post, name, happened_at)
            return
        who, person = self._author(post)
        if person is not None:
            yield person
        opens = post.post_number == 1
        activity = Activity(
            native=f"post-{post.id}",
            kind=(Kind.ASKED if is_question else Kind.STARTED) if opens else Kind.REPLIED,
            happened_at=happened_at,
            who=who,
            channel=None if said.category_id is None else str(said.category_id),
            thread=f"topic-{said.id}",
            about=None if opens else _answered(post, said, numbers),
            title=short(said.title) if opens and said.title else None,
            text=plain(post.cooked),
            edited_at=_when(post.updated_at) if post.version > 1 and post.updated_at else None,
            place=name,
        )
        yield activity
        yield from _marks(post, activity, tally)

    def _author(self, post: Post) -> tuple[str | None, Person | None]:
        """The author's number, and the author where this post says something new of them."""
        if post.user_id is None and not post.username:
            return None, None
        who = str(post.user_id) if post.user_id is not None else f"name:{post.username}"
        before = self._people.get(who)
        is_staff = post.staff or post.admin or post.moderator
        person = Person(
            native=who,
            name=post.name or post.username or who,
            handle=post.username or None,
            bot=post.user_id is not None and post.user_id <= SYSTEM,
            staff=is_staff or (before is not None and before.staff),
        )
        self._people[who] = person
        return who, None if person == before else person


def _answered(post: Post, said: Topic, numbers: dict[int, int]) -> str | None:
    """What a post answers: the one it replies to, else the first of this topic that it quotes."""
    number = post.reply_to_post_number
    if number is None and "<aside" in post.cooked:
        quoted = [int(each[1]) for each in _QUOTED.finditer(post.cooked) if each[2] == str(said.id)]
        number = quoted[0] if quoted else None
    return f"post-{numbers[number]}" if number in numbers and number != post.post_number else None


def _marks(post: Post, on: Activity, tally: Tally) -> Iterator[Activity]:
    """What was done to a post: that it was accepted, and each like, of which nobody is named."""
    bare = msgspec.structs.replace(on, who=None, about=on.native, title=None, text=None, edited_at=None)
    if post.accepted_answer:
        yield msgspec.structs.replace(bare, native=f"accepted-{post.id}", kind=Kind.ACCEPTED)
    for nth in range(1, min(post.likes, MOST_LIKES) + 1):
        yield msgspec.structs.replace(bare, native=f"like-{post.id}-{nth}", kind=Kind.REACTED, label="heart")
    if post.likes > MOST_LIKES:
        tally.skip(MANY, on.place or "", post.likes - MOST_LIKES)


def _deletion(post: Post, name: str, happened_at: datetime) -> Activity:
    """Takes away what an earlier export brought."""
    at = _when(post.deleted_at or post.updated_at or post.created_at) or happened_at
    return Activity(native=f"deleted-{post.id}", kind=Kind.DELETED, happened_at=at, about=f"post-{post.id}", place=name)


def _when(said: str) -> datetime | None:
    at = one(said)
    return None if at == UNREADABLE else EPOCH + timedelta(microseconds=at)


def _files(archive: Archive) -> list[str]:
    return [name for name in archive.names() if name.lower().endswith(".json")]


def _space(archive: Archive) -> Space:
    name = re.sub(r"[-_. ]?\bdiscourse\b", "", timeless(archive.name), flags=re.IGNORECASE).strip("-_. ")
    return Space(native=name or archive.name, name=name.title() or archive.name)

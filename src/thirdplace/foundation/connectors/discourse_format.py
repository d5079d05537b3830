"""A topic as Discourse's API returns it, as types: only what is read of it."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Tally
from thirdplace.foundation.connectors.jsonrows import WRONG, salvaged

LARGEST = 512 << 20  # bytes of one topic
LIKE = 2  # the number of a like among the actions on a post
Number = Annotated[int, msgspec.Meta(ge=-(1 << 62), lt=1 << 62)]


class Given(msgspec.Struct, gc=False):
    """How often something was done to a post: by whom is not told."""

    id: int = 0
    count: int = 0


class Post(msgspec.Struct, gc=False):
    """What is read of a post."""

    id: Number
    post_number: Number
    created_at: str
    cooked: str
    topic_id: Number = 0
    username: str = ""
    name: str | None = None
    user_id: Number | None = None
    updated_at: str | None = None
    version: int = 1
    post_type: int = 1
    reply_to_post_number: Number | None = None
    actions_summary: list[Given] = []
    moderator: bool = False
    admin: bool = False
    staff: bool = False
    hidden: bool = False
    deleted_at: str | None = None
    user_deleted: bool = False
    action_code: str | None = None
    accepted_answer: bool = False

    @property
    def likes(self) -> int:
        """How many liked it."""
        return sum(each.count for each in self.actions_summary if each.id == LIKE)


class Posts(msgspec.Struct, gc=False):
    """Those posts of a topic that the answer holds, and the numbers of all."""

    posts: list[Post]
    stream: list[Any] = []


class Topic(msgspec.Struct, gc=False):
    """One answer of the API: a topic, or a further part of one."""

    post_stream: Posts
    id: Number = 0
    title: str | None = None
    category_id: Number | None = None
    archetype: str = "regular"


class _Category(msgspec.Struct, gc=False):
    id: Number
    name: str = ""


class _CategoryList(msgspec.Struct, gc=False):
    categories: list[_Category] = []


class _Site(msgspec.Struct, gc=False):
    category_list: _CategoryList | None = None
    categories: list[_Category] = []


TOPIC = msgspec.json.Decoder(Topic)
_POST = msgspec.json.Decoder(Post)
_SITE = msgspec.json.Decoder(_Site)
PRIVATE = "private_message"
_PRIVATE = b'"archetype":"private_message"'


def is_topic(head: bytes) -> bool:
    """Whether a file begins like a topic."""
    return head.lstrip(BOM_UTF8 + b" \r\n").startswith(b"{") and b'"post_stream"' in head and b'"cooked"' in head


def topic(archive: Archive, name: str, tally: Tally) -> Topic:
    """A topic; of a damaged file those posts that are whole, and what still tells which topic they are of."""
    with archive.open(name, tally) as stream:
        data = stream.whole(LARGEST).removeprefix(BOM_UTF8)
    try:
        return TOPIC.decode(data)
    except WRONG:
        begins = max(data.find(b"[", data.find(b'"posts"')), 0)
        is_post = {"cooked", "post_number", "created_at"}.issubset
        posts = list(salvaged(data[begins:], _POST, lambda said: is_post(said), tally, name))
        if _PRIVATE in data.replace(b" ", b""):
            return Topic(post_stream=Posts(posts=posts), archetype=PRIVATE)
        return Topic(post_stream=Posts(posts=posts), id=posts[0].topic_id if posts else 0)


def categories(archive: Archive) -> Iterator[tuple[int, str]]:
    """The names of categories, where the archive holds what the API says of the site."""
    for name in ("categories.json", "site.json"):
        if name in archive:
            with archive.open(name) as stream:
                data = stream.whole(LARGEST).removeprefix(BOM_UTF8)
            try:
                site = _SITE.decode(data)
            except WRONG:
                continue
            told = site.categories + (site.category_list.categories if site.category_list else [])
            yield from ((each.id, each.name) for each in told if each.name)

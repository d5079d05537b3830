"""The shapes of answers, for OpenAPI. `shapes.py` makes them; these say so to whoever reads the description."""

import re
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict


def _written_out(value: object) -> object:
    """A day as 2026-03-31 only: not as the number of seconds that would pass for one."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("write a day as 2026-03-31")
    if isinstance(value, int | float):
        raise ValueError("write a day as 2026-03-31")
    return value


OnDay = Annotated[date, BeforeValidator(_written_out)]


class Sent(Schema):
    """What somebody sends. Fields that are not asked for are refused, so that a slip of the pen is no silence."""

    model_config = ConfigDict(extra="forbid")


class Told(Schema):
    """Why not, and what can be done about it."""

    what: str
    remedy: str


class Community(Schema):
    """A community, and its clock: live, or set to a day."""

    slug: str
    name: str
    zone: str
    clock_on: str | None
    now: str


class Member(Schema):
    """A member, in short."""

    id: int
    name: str
    is_staff: bool
    is_bot: bool
    staff_hint: str
    bot_hint: str
    first_at: str | None
    last_at: str | None
    spoken: int
    language: str | None


class Identity(Schema):
    """An account by which a member is known."""

    number: str
    source: int
    source_name: str
    native: str
    name: str
    handle: str
    said_bot: bool
    said_staff: bool
    deleted: bool
    joined_at: str | None


class Message(Schema):
    """A message, as it stands. Its text is what somebody wrote: hostile until shown harmless."""

    key: str
    source: int
    channel: str | None
    thread: str | None
    identity: str | None
    member: int | None
    name: str | None
    kind: str
    happened_at: str
    edited_at: str | None
    about: str | None
    language: str | None
    title: str | None
    text: str | None
    native: str
    place: str | None


class WholeMessage(Message):
    """A message, and where it can be opened at its own place."""

    original: str | None


class Deed(Schema):
    """What a steward did."""

    id: int
    action: str
    sentence: str
    subject_kind: str
    subject: str
    member: Member | None
    given: dict[str, Any]
    why: str
    signal: str | None
    steward: str
    done_at: str
    recorded_at: str
    undone_at: str | None
    can_undo: bool
    expects: dict[str, Any] | None


class WholeMember(Member):
    """A member with their accounts, and what was done for them."""

    identities: list[Identity]
    deeds: list[Deed]


class Item(Schema):
    """A line of Today."""

    finding: int
    signal: str
    state: str
    sentence: str
    why: str
    since: str
    place: str
    minutes: int
    began_at: str
    weight: float
    facts: dict[str, Any]
    member: Member | None
    message: Message | None
    original: str | None
    action: str
    button: str
    subject: str
    draft: str
    deed: int | None
    until: str | None
    until_at: str | None


class Question(Schema):
    """One of the eight questions."""

    slug: str
    ask: str
    answer: str
    can_tell: bool
    answered: bool
    minutes: int
    items: list[Item]
    more: int
    more_why: str
    later: list[Item]


class Day(Schema):
    """A day's round."""

    on: str
    today: str
    live: bool
    ended: str | None
    begins: str | None
    told: str
    title: str
    lead: str
    minutes: int
    answered: int
    can_tell: int
    questions: list[Question]
    deeds: list[Deed]


class Card(Schema):
    """What a definition says of itself."""

    headline: str
    lines: dict[str, str]


class ActionField(Schema):
    """One thing an action asks for."""

    name: str
    kind: str
    required: bool
    label: str
    choices: list[dict[str, str]] = []


class Action(Schema):
    """An action, and what it asks for."""

    slug: str
    verb: str
    card: Card
    needs: str
    undo: str | None
    no_undo: str | None
    fields: list[ActionField]


class Source(Schema):
    """A source, with how much it holds."""

    id: int
    format: str
    name: str
    base_url: str | None
    known_until: str | None
    channels: int
    threads: int
    identities: int
    activities: int
    messages: int
    reactions: int
    first_at: str | None
    last_at: str | None


class Import(Schema):
    """One reading of an archive."""

    id: int
    state: str
    source: str | None
    source_id: int | None
    format: str
    name: str
    found: dict[str, int]
    added: int
    already: int
    changed: int
    skipped: list[dict[str, Any]]
    cpu: dict[str, float]
    seconds: float
    done: int
    whole: int
    what: str | None
    remedy: str | None
    made_at: str
    finished_at: str | None
    undone_at: str | None


class Job(Schema):
    """Work that a worker does, and how far it is."""

    id: int
    task: str
    state: str
    progress: dict[str, Any]
    tries: int
    what: str | None
    remedy: str | None

"""Carrying out what the steward of the story did, through the same door as everybody: `perform`."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from thirdplace.demo.deeds import Planned, Thought, of, thoughts
from thirdplace.demo.town import Town
from thirdplace.flow import definitions, findings, reflections
from thirdplace.flow.actions import perform, undo
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community, Identity
from thirdplace.foundation.numbers import identity_number, item_number

CONNECTORS = {"questions": "stackexchange", "discord": "discord", "desk": "slack"}
ON_MESSAGES = ("welcome_newcomer", "answer_message")


def perform_all(community: Community, steward: Account, town: Town, *, refreshed: Callable[[], object]) -> int:
    """Do everything that was planned, each at its moment of the past; how many deeds it made.

    refreshed: brings what is derived up to date. Marks come before it, since it follows them; all else after.
    """
    definitions.load()
    sources = {source.connector: source.pk for source in Source.objects.filter(community=community)}
    planned = of(town)
    marks = [deed for deed in planned if deed.action.startswith("mark_")]
    done = sum(_perform(community, steward, deed, sources[CONNECTORS[deed.place]]) for deed in marks)
    refreshed()
    for deed in planned:
        if deed not in marks:
            done += _perform(community, steward, deed, sources[CONNECTORS[deed.place]])
    for thought in thoughts(town):
        _reflect(community, steward, thought, town)
    return done


def _perform(community: Community, steward: Account, deed: Planned, source: int) -> int:
    """One deed, and its undoing where it was a mistake; 0 when what it is about is not there."""
    now = datetime.fromtimestamp(deed.at, UTC)
    given: dict[str, Any] = {"text": deed.text} if deed.text else {}
    if deed.action in ON_MESSAGES:
        key = item_number(source, deed.number)
        if key not in Index(community.pk).messages([key]):
            return 0
        given["message"] = key
    else:
        number = identity_number(source, deed.number)
        member = Identity.objects.filter(community=community, number=number).values_list("member_id", flat=True).first()
        if member is None:
            return 0
        if deed.action == "set_aside":
            return _set_aside(community, steward, deed, member, now)
        given["member"] = member
    made = perform(deed.action, community=community, steward=steward, why=deed.why, now=now, recorded_at=now, **given)
    if deed.undo_after:
        undo(made, steward=steward, now=now + timedelta(minutes=deed.undo_after))
    return 1


def _set_aside(community: Community, steward: Account, deed: Planned, member: int, now: datetime) -> int:
    """A line of that day is put off, if the signal noticed it then."""
    on = now.astimezone(community.tz).date()
    _, lines = findings.of(community, on, wall=max(now, datetime.now(UTC)))
    line = next((line for line in lines if line.signal == deed.more["signal"] and line.member_id == member), None)
    if line is None:
        return 0
    until = on + timedelta(days=deed.more["until_after"])
    perform(
        "set_aside", community=community, steward=steward, why=deed.why, now=now, recorded_at=now,
        finding=line, because=deed.more["because"], until=until,
    )  # fmt: skip
    return 1


def _reflect(community: Community, steward: Account, thought: Thought, town: Town) -> None:
    on: date = town.almanac.ends_on - timedelta(days=thought.before)
    now = datetime.fromtimestamp(thought.at, UTC)
    reflections.keep(community, steward=steward, on=on, now=now, text=thought.text, differently=thought.differently)

"""How things look as JSON: the same over the API and behind `--json`.

Numbers of messages, channels, threads and identities have 64 bits, more than JSON's readers keep: they are strings.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from thirdplace.flow import deeds as deeds_door
from thirdplace.flow.actions import Action, actions
from thirdplace.flow.advice import Advice
from thirdplace.flow.fields import Field
from thirdplace.flow.lines import Item
from thirdplace.flow.models import Deed
from thirdplace.flow.worklist import Day, Question
from thirdplace.foundation.card import Card
from thirdplace.foundation.channels.models import Channel, Import, Source
from thirdplace.foundation.index import Message
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.members.models import Identity, Member

Shape = dict[str, Any]


def number(value: int | None) -> str | None:
    """A number of 64 bits."""
    return None if value is None else str(value)


def moment(value: datetime | None) -> str | None:
    """A moment, with its zone."""
    return None if value is None else value.isoformat()


def day(found: Day) -> Shape:
    """A day's round, with every line."""
    return {
        "on": found.on.isoformat(),
        "today": found.today.isoformat(),
        "live": found.live,
        "ended": found.ended.isoformat() if found.ended else None,
        "begins": found.begins.isoformat() if found.begins else None,
        "told": found.told,
        "title": found.title,
        "lead": found.lead,
        "minutes": found.minutes,
        "answered": found.answered,
        "can_tell": found.can_tell,
        "questions": [question(each) for each in found.questions],
        "deeds": [deed(each) for each in found.deeds],
    }


def question(asked: Question) -> Shape:
    """One of the eight questions, as it stands on a day."""
    return {
        "slug": asked.slug,
        "ask": asked.ask,
        "answer": asked.answer,
        "can_tell": asked.can_tell,
        "answered": asked.answered,
        "minutes": asked.minutes,
        "items": [item(each) for each in asked.items],
        "more": asked.more,
        "more_why": asked.more_why,
        "later": [item(each) for each in asked.later],
    }


def item(line: Item) -> Shape:
    """A line of Today."""
    return {
        "finding": line.pk,
        "signal": line.signal.slug,
        "state": line.state,
        "sentence": line.sentence,
        "why": line.why,
        "since": line.since,
        "place": line.place,
        "minutes": line.minutes,
        "began_at": moment(line.finding.began_at),
        "weight": line.weight,
        "facts": line.finding.facts,
        "member": member(line.member) if line.member else None,
        "message": message(line.words, line.member) if line.words else None,
        "original": line.original,
        "action": line.action.slug,
        "button": line.button,
        "subject": str(line.subject),
        "draft": line.draft,
        "deed": line.deed.pk if line.deed else None,
        "until": line.until.isoformat() if line.until else None,
        "until_at": moment(line.until_at),
    }


def member(found: Member) -> Shape:
    """A member, in short."""
    return {
        "id": found.pk,
        "name": found.name,
        "is_staff": found.is_staff,
        "is_bot": found.is_bot,
        "staff_hint": found.staff_hint,
        "bot_hint": found.bot_hint,
        "first_at": moment(found.first_at),
        "last_at": moment(found.last_at),
        "spoken": found.spoken,
        "language": found.language or None,
    }


def identity(found: Identity) -> Shape:
    """An account by which a member is known."""
    return {
        "number": str(found.number),
        "source": found.source_id,
        "native": found.native,
        "name": found.name,
        "handle": found.handle,
        "said_bot": found.said_bot,
        "said_staff": found.said_staff,
        "deleted": found.deleted,
        "joined_at": moment(found.joined_at),
    }


def message(found: Message, who: Member | None = None) -> Shape:
    """A message, as it stands. who: the member who said it."""
    return {
        "key": str(found.key),
        "source": found.source,
        "channel": number(found.channel),
        "thread": number(found.thread),
        "identity": number(found.identity),
        "member": who.pk if who else None,
        "name": who.name if who else None,
        "kind": found.kind,
        "happened_at": moment(found.happened_at),
        "edited_at": moment(found.edited_at),
        "about": number(found.about),
        "language": found.language,
        "title": found.title,
        "text": found.text,
        "native": found.native,
        "place": found.place,
    }


def channel(found: Channel) -> Shape:
    """A channel, by its number."""
    return {
        "number": str(found.number),
        "source": found.source_id,
        "name": found.name,
        "kind": found.kind,
        "native": found.native,
    }


def advice(piece: Advice) -> Shape:
    """What usually helps. The names of actions stand in it as their verbs."""
    return {
        "slug": piece.slug,
        "language": piece.language,
        "title": piece.title,
        "body": [piece.plain(each) for each in piece.body],
        "usually": piece.plain(piece.usually),
        "rarely": piece.plain(piece.rarely),
        "sure": piece.plain(piece.sure),
    }


def deed(done: Deed) -> Shape:
    """What a steward did."""
    known = actions.get(done.action)
    return {
        "id": done.pk,
        "action": done.action,
        "sentence": deeds_door.sentence(done),
        "subject_kind": done.subject_kind,
        "subject": str(done.subject),
        "member": member(done.member) if done.member else None,
        "given": done.given,
        "why": done.why,
        "signal": done.signal or None,
        "steward": done.steward.name,
        "done_at": moment(done.done_at),
        "recorded_at": moment(done.recorded_at),
        "undone_at": moment(done.undone_at),
        "can_undo": bool(known and known.undo and done.undone_at is None),
        "expects": done.expects,
    }


def action(known: Action) -> Shape:
    """An action and what it asks for."""
    return {
        "slug": known.slug,
        "verb": known.verb,
        "card": card(known.card),
        "needs": known.needs,
        "undo": known.undo,
        "no_undo": gettext(known.no_undo) if known.no_undo else None,
        "fields": [field(each) for each in known.fields],
    }


def field(asked: Field) -> Shape:
    """One thing an action asks for."""
    choices = [{"value": each.value, "label": each.label} for each in asked.choices]
    told = {"name": asked.name, "kind": asked.kind, "required": asked.required, "label": asked.label}
    return {**told, "choices": choices} if choices else told


def card(said: Card) -> Shape:
    """A definition's card, in the reader's language."""
    return {
        "headline": gettext(said.headline),
        "lines": {name: gettext(text) for name, text in said.lines.items()},
    }


def source(known: Source) -> Shape:
    """A source, without its figures."""
    return {
        "id": known.pk,
        "format": known.connector,
        "name": known.name,
        "base_url": known.base_url or None,
        "known_until": moment(known.known_until),
    }


def reading_of_archive(done: Import) -> Shape:
    """An import, as `import --json` says it, with where it stands."""
    return {
        "id": done.pk,
        "state": done.state,
        "source": done.source.name if done.source else None,
        "source_id": done.source_id,
        "format": done.connector,
        "name": done.name,
        "found": done.found,
        "added": done.added,
        "already": done.already,
        "changed": done.changed,
        "skipped": done.skipped,
        "cpu": done.cpu,
        "seconds": done.seconds,
        "done": done.done,
        "whole": done.whole,
        "what": done.what or None,
        "remedy": done.remedy or None,
        "made_at": moment(done.made_at),
        "finished_at": moment(done.finished_at),
        "undone_at": moment(done.undone_at),
    }


def job(known: Job) -> Shape:
    """A job, and how far it is."""
    return {
        "id": known.pk,
        "task": known.task,
        "state": known.state,
        "progress": known.progress,
        "tries": known.tries,
        "what": known.failure or None,
        "remedy": known.remedy or None,
    }

"""Actions: what a steward can do here, and `perform`, the only door by which it is done."""

import inspect
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from thirdplace.flow import fields
from thirdplace.flow.fields import SUBJECTS, Field
from thirdplace.flow.models import Deed, Finding
from thirdplace.flow.signals import signals
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.accounts.permissions import may
from thirdplace.foundation.card import Card, card_of
from thirdplace.foundation.errors import AlreadyDone, NotAllowed, Refused, ThirdplaceError
from thirdplace.foundation.index import Message
from thirdplace.foundation.members.models import Community, Identity, Member
from thirdplace.foundation.registry import Registry, WrongDefinition, file_of
from thirdplace.foundation.translation import gettext_noop

Draft = Callable[[str, Message | None], str]  # the member's name, and the message it is about


@dataclass(frozen=True)
class Expect:
    """What an action is expected to do to a measure: said before, so that it can be held against us after.

    days: how long after a deed. least: with fewer deeds than this we cannot tell.
    """

    measure: str
    direction: Literal["up", "down"]
    days: int
    least: int


@dataclass(frozen=True)
class NoUndo:
    """Said by an action that cannot be taken back; shown before it runs."""

    because: str


@dataclass(frozen=True)
class Done:
    """What an action returns when its undo needs to know more than the subject."""

    subject: "Message | Member | Finding"
    undo_with: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Action:
    """An action as every face shows it. Carried out by `perform` only."""

    slug: str
    verb_words: str
    button_words: str
    past_words: str
    needs: str
    undo: str | None
    no_undo: str  # why there is no undo; "" when there is one
    expects: Expect | None
    card: Card
    fields: list[Field]
    wants: frozenset[str]
    rests: bool
    draft: Draft | None
    function: Callable[..., Any] = field(repr=False)

    @property
    def verb(self) -> str:
        """The action's name, a verb, in the reader's language."""
        return gettext(self.verb_words)

    @property
    def subject(self) -> Field | None:
        """The field that says to what or whom it is done; None when it only takes back a deed."""
        return next((each for each in self.fields if each.kind in SUBJECTS), None)

    @property
    def asks(self) -> list[Field]:
        """The other fields, for forms."""
        return [each for each in self.fields if each is not self.subject]

    @property
    def listed(self) -> bool:
        """Whether it is offered by itself; what only takes back a deed is not."""
        return self.subject is not None

    def button(self, who: str = "") -> str:
        """The words on its button: a verb with an object, who is the first name of whom it is for."""
        return gettext(self.button_words) % {"who": who} if who else self.verb

    def past(self, who: str = "") -> str:
        """What was done, in the past tense."""
        return gettext(self.past_words) % {"who": who}

    def read(self, given: dict[str, Any], *, community: Community) -> dict[str, Any]:
        """What the function is given, from what a form, a command or a script gave."""
        known = [each.name for each in self.fields]
        if strange := sorted(set(given) - set(known)):
            raise ThirdplaceError(
                gettext("“%(verb)s” does not ask for '%(name)s'.") % {"verb": self.verb, "name": strange[0]},
                gettext("It asks for: %(names)s.") % {"names": ", ".join(known)},
            )
        said = {each.name: each.read(given.get(each.name), community=community) for each in self.fields}
        return {name: value for name, value in said.items() if value is not None}


_WHY = Field("why", "text", False, gettext_noop("Why"))
actions: Registry[Action] = Registry(gettext_noop("action"), "actions")


def action(
    *,
    verb: str,
    needs: str,
    undo: str | NoUndo,
    expects: Expect | None = None,
    button: str = "",
    past: str = "",
    rests: bool = True,
    draft: Draft | None = None,
) -> Callable[[Callable[..., Any]], Action]:
    """Make a function an action of the same name.

    needs: the permission it asks. undo: the action that takes it back, or why none can. expects: what it should bring.
    button and past: the words on its button and of its deed, with %(who)s. rests: whether its deed lets the finding
    rest that it came from. draft: writes a first text, with the member's name and the message, in their language.
    """

    def made(function: Callable[..., Any]) -> Action:
        if not (inspect.getdoc(function) or "").strip():
            raise WrongDefinition(
                f"{function.__name__} has no docstring.", "Say in a sentence what it does.", file_of(function)
            )
        asked, wants = fields.of_signature(function)
        if not wants & {"deed"} and not any(each.kind in SUBJECTS for each in asked):
            raise WrongDefinition(
                f"{function.__name__} has no subject.", "Take a Message or a Member first.", file_of(function)
            )
        known = Action(
            function.__name__, verb, button or verb, past or f"{verb}: %(who)s", needs,
            undo if isinstance(undo, str) else None, undo.because if isinstance(undo, NoUndo) else "",
            expects, card_of(function, ()), asked, wants, rests, draft, function,
        )  # fmt: skip
        return actions.register(known.slug, known, file=file_of(function))

    return made


def perform(
    slug: str,
    *,
    community: Community,
    steward: Account,
    why: str,
    now: datetime,
    finding: Finding | int | str | None = None,
    recorded_at: datetime | None = None,
    **given: Any,
) -> Deed:
    """Carry an action out: may they, do it, write down deed and jobs. All of it or none of it.

    now: by the community's clock. recorded_at: by the wall's, which is read when it is left out. given: the action's
    fields, as values or as a form gives them. finding: the line it comes from.
    """
    known = actions[slug]
    if known.subject is None:
        raise Refused(
            gettext("“%(verb)s” only takes back what was done.") % {"verb": known.verb},
            gettext("Undo the deed instead."),
        )
    _permit(known, steward, community)
    told = _come_from(finding, community)
    if known.subject.kind == "finding" and told is not None:
        given.setdefault(known.subject.name, told)
    reason = _WHY.read(why, community=community) or ""
    with transaction.atomic():
        ready = known.read(given, community=community)
        _refuse_other(told, known, ready.get(known.subject.name), community)
        result = _run(known, ready, community=community, steward=steward, now=now)
        done = result if isinstance(result, Done) else Done(result, {})
        return _write(
            known, done, ready, told, community=community, steward=steward, why=reason, done_at=now,
            recorded_at=recorded_at or timezone.now(),
        )  # fmt: skip


def undo(deed: Deed, *, steward: Account, now: datetime) -> Deed:
    """Take a deed back by its action's inverse, once; and return the deed as it stands then."""
    known = actions[deed.action]
    if known.undo is None:
        raise Refused(gettext("“%(verb)s” cannot be undone.") % {"verb": known.verb}, gettext(known.no_undo))
    inverse = actions[known.undo]
    _permit(inverse, steward, deed.community)
    with transaction.atomic():
        stands = Deed.objects.select_for_update().select_related("community", "member").get(pk=deed.pk)
        if stands.undone_at is not None:
            raise AlreadyDone(
                gettext("That has been undone already."), gettext("Nothing to do: see What we did for who undid it.")
            )
        _run(inverse, _to_undo(inverse, stands), community=stands.community, steward=steward, now=now, deed=stands)
        stands.undone_at, stands.undone_by = now, steward
        stands.save(update_fields=["undone_at", "undone_by"])
    return stands


def _to_undo(inverse: Action, deed: Deed) -> dict[str, Any]:
    """What the inverse is given: the deed's subject, and of what the deed was given the fields that it asks for."""
    known = {**deed.given, **deed.undo_with}
    if inverse.subject is not None:
        known[inverse.subject.name] = deed.subject
    names = {each.name for each in inverse.fields}
    return inverse.read({name: known[name] for name in known.keys() & names}, community=deed.community)


def _permit(known: Action, steward: Account, community: Community) -> None:
    if may(steward, known.needs, community=community):
        return
    raise NotAllowed(
        gettext("%(who)s may not use “%(verb)s” here.") % {"who": steward.name, "verb": known.verb},
        gettext("Ask an owner for the permission “%(permission)s”.") % {"permission": known.needs},
    )


def _come_from(finding: Finding | int | str | None, community: Community) -> Finding | None:
    if finding is None or finding == "":
        return None
    found: Finding = Field("finding", "finding", True, "Line").read(finding, community=community)
    return found


def _refuse_other(told: Finding | None, known: Action, done_to: Any, community: Community) -> None:
    """Refuse to say of a deed that it came from a line about somebody else: that line would rest by it."""
    if told is None or done_to is None or told == done_to:
        return
    kind, number, member = _subject(done_to, community)
    noticed = signals.get(told.signal)
    same = noticed is not None and (noticed.subject, told.subject) == (kind, number)
    if not same and (member is None or member.pk != told.member_id):
        raise Refused(
            gettext("That line is not about what “%(verb)s” is done to.") % {"verb": known.verb},
            gettext("Choose its own line, or leave the line out."),
        )


def _run(known: Action, ready: dict[str, Any], **performers: Any) -> Any:
    return known.function(**ready, **{name: each for name, each in performers.items() if name in known.wants})


def _write(known: Action, done: Done, ready: dict[str, Any], told: Finding | None, **columns: Any) -> Deed:
    kind, subject, member = _subject(done.subject, columns["community"])
    if told is None and isinstance(done.subject, Finding):
        told = done.subject
    from_finding = {"signal": told.signal, "finding_subject": told.subject, "finding_facts": told.facts} if told else {}
    subject_name = known.subject.name if known.subject else None
    return Deed.objects.create(
        action=known.slug,
        subject_kind=kind,
        subject=subject,
        member=member,
        given={name: _plain(value) for name, value in ready.items() if name != subject_name},
        undo_with=done.undo_with,
        expects=asdict(known.expects) if known.expects else None,
        **from_finding,
        **columns,
    )


def _subject(subject: "Message | Member | Finding", community: Community) -> tuple[str, int, Member | None]:
    """Of what kind a deed's subject is, its number, and the member whom the deed is for."""
    if isinstance(subject, Member):
        return "member", subject.pk, subject
    if isinstance(subject, Finding):
        known = signals.get(subject.signal)
        return (known.subject if known else "message"), subject.subject, subject.member
    named = Identity.objects.filter(community=community).select_related("member")
    who = None if subject.identity is None else named.filter(number=subject.identity).first()
    return "message", subject.key, who.member if who else None


def _plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Message):
        return value.key
    if isinstance(value, Member | Finding):
        return value.pk
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value

"""What an action asks for, read from its signature: the same fields make forms, commands and the API's schema."""

import enum
import inspect
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NewType

from django.db.models import Choices
from django.utils.translation import gettext

from thirdplace.flow.models import Deed, Finding
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.errors import NotFound, ThirdplaceError
from thirdplace.foundation.index import Index, Message
from thirdplace.foundation.members.models import Community, Member
from thirdplace.foundation.registry import WrongDefinition, file_of

FieldKind = Literal["message", "member", "finding", "text", "choice", "day", "bool", "url"]
Url = NewType("Url", str)  # an address that begins with https:// or http://
LONGEST_TEXT = 10_000  # letters; the longest message of any platform that we know is shorter
_KINDS: dict[Any, FieldKind] = {
    Message: "message", Member: "member", Finding: "finding", str: "text", date: "day", bool: "bool", Url: "url",
}  # fmt: skip
_PERFORMERS: dict[str, Any] = {"community": Community, "steward": Account, "now": datetime, "deed": Deed}
SUBJECTS = ("message", "member", "finding")


@dataclass(frozen=True)
class Label:
    """The words beside a field, in English; collected for the translators."""

    words: str


@dataclass(frozen=True)
class Choice:
    """One of the values of a choice, with the words for it."""

    value: str
    words: Any  # str, or a lazily translated one

    @property
    def label(self) -> str:
        """The words, in the reader's language."""
        return gettext(str(self.words))


@dataclass(frozen=True)
class Field:
    """One thing an action asks for. words: its label in English."""

    name: str
    kind: FieldKind
    required: bool
    words: str
    choices: tuple[Choice, ...] = ()
    made: Callable[[str], Any] | None = None  # for a choice: the value that the function is given

    @property
    def label(self) -> str:
        """The label, in the reader's language."""
        return gettext(self.words)

    def read(self, raw: Any, *, community: Community) -> Any:
        """What the function is given, from what a form, a command or a script gave. None when it was left empty."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            if self.kind == "bool":  # a form says nothing of a box that is not ticked
                return False
            if self.required:
                raise ThirdplaceError(
                    gettext("“%(field)s” is empty.") % {"field": self.label}, gettext("Fill it in, then try again.")
                )
            return None
        return _READERS[self.kind](self, raw, community)


def of_signature(function: Callable[..., Any]) -> tuple[list[Field], frozenset[str]]:
    """The fields of an action's function, and which of community, steward, now and deed it wants besides."""
    hints = typing.get_type_hints(function, include_extras=True)
    fields, wants = [], set()
    for nth, (name, parameter) in enumerate(inspect.signature(function).parameters.items()):
        if name not in hints:
            raise WrongDefinition(
                f"{function.__name__} does not say what {name} is.", "Annotate it.", file_of(function)
            )
        if nth and parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise WrongDefinition(
                f"{function.__name__} takes {name} by its place.", "Put a * after the subject.", file_of(function)
            )
        if name in _PERFORMERS:
            wants.add(name)
        else:
            fields.append(_field(function, name, hints[name], parameter.default is inspect.Parameter.empty))
    return fields, frozenset(wants)


def _field(function: Callable[..., Any], name: str, hint: Any, required: bool) -> Field:
    words = name.replace("_", " ").capitalize()
    if typing.get_origin(hint) is typing.Annotated:
        words = next((each.words for each in hint.__metadata__ if isinstance(each, Label)), words)
        hint = hint.__origin__
    if typing.get_origin(hint) in {typing.Union, types.UnionType} and type(None) in typing.get_args(hint):
        required = False
        hint = next(each for each in typing.get_args(hint) if each is not type(None))
    if typing.get_origin(hint) is Literal:
        choices = tuple(Choice(each, each.replace("_", " ").capitalize()) for each in typing.get_args(hint))
        return Field(name, "choice", required, words, choices, str)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        labels = hint.choices if issubclass(hint, Choices) else [(each.value, each.name.capitalize()) for each in hint]
        return Field(name, "choice", required, words, tuple(Choice(str(a), b) for a, b in labels), hint)
    if hint not in _KINDS:
        known = ", ".join(getattr(each, "__name__", str(each)) for each in _KINDS)
        raise WrongDefinition(
            f"{function.__name__} asks for {name} as {hint}.", f"Ask for one of {known}, a Literal or an enum.",
            file_of(function),
        )  # fmt: skip
    return Field(name, _KINDS[hint], required, words)


def _whole(field: Field, raw: Any) -> int:
    try:
        return int(raw)
    except (TypeError, ValueError):
        raise ThirdplaceError(
            gettext("“%(field)s” is '%(given)s'.") % {"field": field.label, "given": raw},
            gettext("Give its number, as the lists show it."),
        ) from None


def _message(field: Field, raw: Any, community: Community) -> Message:
    if isinstance(raw, Message):
        return raw
    key = _whole(field, raw)
    found = Index(community.pk).messages([key]).get(key)
    if found is None:
        raise NotFound(
            gettext("There is no message %(key)s here.") % {"key": key},
            gettext("It may have been deleted where it was said. Look it up in the stream."),
        )
    return found


def _member(field: Field, raw: Any, community: Community) -> Member:
    pk = raw.pk if isinstance(raw, Member) else _whole(field, raw)
    found = Member.objects.filter(community=community, pk=pk).first()
    if found is None:
        raise NotFound(
            gettext("There is no member %(number)s here.") % {"number": pk}, gettext("Look them up among the members.")
        )
    return found


def _finding(field: Field, raw: Any, community: Community) -> Finding:
    pk = raw.pk if isinstance(raw, Finding) else _whole(field, raw)
    found = Finding.objects.filter(community=community, pk=pk).select_related("member").first()
    if found is None:
        raise NotFound(
            gettext("That line is no longer here: what it noticed has changed."), gettext("Open Today again.")
        )
    return found


def _text(field: Field, raw: Any, _community: Community) -> str:
    words = str(raw).replace("\r\n", "\n").replace("\x00", "").strip()
    if len(words) > LONGEST_TEXT:
        raise ThirdplaceError(
            gettext("“%(field)s” is longer than %(most)s letters.") % {"field": field.label, "most": LONGEST_TEXT},
            gettext("Make it shorter."),
        )
    return words


def _choice(field: Field, raw: Any, _community: Community) -> Any:
    value = str(raw.value if isinstance(raw, enum.Enum) else raw)
    values = [each.value for each in field.choices]
    if value not in values or field.made is None:
        raise ThirdplaceError(
            gettext("“%(field)s” cannot be '%(given)s'.") % {"field": field.label, "given": value},
            gettext("Choose one of: %(choices)s.") % {"choices": ", ".join(values)},
        )
    return field.made(value)


def _day(field: Field, raw: Any, _community: Community) -> date:
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw).strip())
    except ValueError:
        raise ThirdplaceError(
            gettext("“%(field)s” is '%(given)s'.") % {"field": field.label, "given": raw},
            gettext("Write a day as 2026-03-31."),
        ) from None


def _bool(_field: Field, raw: Any, _community: Community) -> bool:
    return raw if isinstance(raw, bool) else str(raw).strip().lower() in {"1", "true", "yes", "on"}


def _url(field: Field, raw: Any, community: Community) -> Url:
    words = _text(field, raw, community)
    if not words.lower().startswith(("https://", "http://")) or any(each.isspace() for each in words):
        raise ThirdplaceError(
            gettext("“%(field)s” is not an address.") % {"field": field.label},
            gettext("Write it whole, such as https://forum.example.org."),
        )
    return Url(words)


_READERS: dict[FieldKind, Callable[[Field, Any, Community], Any]] = {
    "message": _message, "member": _member, "finding": _finding, "text": _text,
    "choice": _choice, "day": _day, "bool": _bool, "url": _url,
}  # fmt: skip

"""An action as a form: its fields from its signature, its first text, and what was typed when something was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from thirdplace.face.web.pages import languages
from thirdplace.flow.actions import Action
from thirdplace.flow.fields import Field
from thirdplace.flow.lines import DRAFTED, draft
from thirdplace.flow.wording import first_name
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.index import Message
from thirdplace.foundation.members.models import Member


@dataclass(frozen=True)
class Blank:
    """One field of a form, with what stands in it. language: of the text, "" when it is the steward's own."""

    field: Field
    value: str
    language: str = ""


@dataclass(frozen=True)
class Form:
    """An action on a subject, ready to be filled in."""

    action: Action
    subject: int
    blanks: list[Blank]
    button: str
    why: str = ""
    original: str = ""  # where the subject can be opened at its source
    error: ThirdplaceError | None = None
    said: Message | None = None  # what it answers, or their last words
    who: Member | None = None

    @property
    def prepares(self) -> bool:
        """Whether it prepares a text that is said elsewhere."""
        return self.action.draft is not None

    @property
    def unspoken(self) -> str:
        """What to know of the first text, when it is not in their language."""
        return unspoken(written(self.who, self.said)) if self.prepares else ""


def form(
    action: Action,
    subject: int,
    *,
    who: Member | None,
    message: Message | None = None,
    last: Message | None = None,
    typed: Mapping[str, str] | None = None,
    error: ThirdplaceError | None = None,
    original: str = "",
) -> Form:
    """The form of an action. last: their last words, only to be read. typed: what was sent before, beside its error."""
    known = who.name if who else ""
    language = spoken(who, message) if action.draft else ""
    text = draft(action, known, message, language) if action.draft else ""
    return Form(
        action, subject, blanks(action, text, language, typed), action.button(first_name(known) if known else ""),
        why=(typed or {}).get("why", ""), original=original, error=error, said=message or last, who=who,
    )  # fmt: skip


def blanks(action: Action, text: str, language: str, typed: Mapping[str, str] | None = None) -> list[Blank]:
    """The fields that an action asks for besides its subject; text stands first in those of words."""

    def value(asked: Field) -> str:
        if typed and asked.name in typed:
            return typed[asked.name]
        return text if asked.kind == "text" else ""

    return [Blank(asked, value(asked), language if asked.kind == "text" else "") for asked in action.asks]


def spoken(who: Member | None, message: Message | None) -> str:
    """The language to write to somebody in: theirs where we speak it, else English."""
    known = written(who, message)
    return known if known in DRAFTED else "en"


def written(who: Member | None, message: Message | None) -> str:
    """The language that somebody writes, by a message of theirs or by all they said; "" when nobody can tell."""
    return (message.language if message else None) or (who.language if who else "")


def unspoken(language: str | None) -> str:
    """What to know of a first text when they write a language that we have none in; "" where we do."""
    if not language or language in DRAFTED:
        return ""
    return gettext("They write in %(language)s. This first text is in English: we have none in that language.") % {
        "language": languages.title(language)
    }


def named(action: Any, who: Member | None) -> str:
    """An action's button with the first name of whom it is for."""
    return str(action.button(first_name(who.name) if who else ""))

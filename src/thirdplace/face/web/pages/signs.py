"""Which icon stands for what was done or said: by its nature, so that a new action or kind has one too."""

from thirdplace.flow.actions import actions
from thirdplace.flow.models import Deed, SetAside
from thirdplace.foundation.connectors.base import Kind

Because = SetAside.Because
_KINDS = {
    Kind.ASKED: "message-circle-question-mark",
    Kind.STARTED: "message-square-text",
    Kind.ANSWERED: "circle-check",
    Kind.REPLIED: "reply",
    Kind.SAID: "hash",
    Kind.COMMENTED: "quote",
    Kind.JOINED: "user-plus",
}


_ASIDE = {Because.LATER: "clock", Because.ELSEWHERE: "check", Because.HANDLED: "check"}


def of_deed(deed: Deed) -> str:
    """The icon of a deed: words said, a line set aside, something written down, or a mark."""
    known = actions.get(deed.action)
    if known is None:
        return "circle-dot"
    if known.draft is not None:
        return "send"
    if known.subject is not None and known.subject.kind == "finding":
        return _ASIDE.get(deed.given.get("because", ""), "eye-off")
    return "notebook-pen" if any(asked.kind == "text" for asked in known.asks) else "tag"


def of_kind(kind: str) -> str:
    """The icon of something that a member did."""
    return _KINDS.get(Kind(kind), "message-circle") if kind in set(Kind) else "message-circle"

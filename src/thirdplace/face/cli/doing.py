"""Commands made from actions: their arguments and options are the action's fields."""

import sys
from typing import TYPE_CHECKING, Any

import click

from thirdplace.face.cli.asked import Asked, note
from thirdplace.face.cli.command import CommunityCommand
from thirdplace.face.cli.inert import inert, inert_lines
from thirdplace.foundation.errors import NotFound, ThirdplaceError
from thirdplace.foundation.translation import gettext, gettext_noop

if TYPE_CHECKING:
    from thirdplace.flow.actions import Action
    from thirdplace.flow.fields import Field
    from thirdplace.flow.models import Deed, Finding
    from thirdplace.foundation.members.models import Community


def verbs() -> list[str]:
    """The names of all commands that actions make."""
    return [action.slug.replace("_", "-") for action in _actions() if action.listed]


def command_of(name: str) -> click.Command | None:
    """The command of an action, or None when there is no such action."""
    slug = name.replace("-", "_")
    action = next((each for each in _actions() if each.slug == slug and each.listed), None)
    return _made(action) if action else None


def _actions() -> "list[Action]":
    from thirdplace.face.cli.beginning import wake

    wake()
    from thirdplace.flow import definitions
    from thirdplace.flow.actions import actions

    definitions.load()
    return actions.values()


def _made(action: "Action") -> click.Command:
    """The command of one action: its subject as argument, its other fields as options."""

    @click.pass_obj
    def run(asked: Asked, /, **given: Any) -> None:
        _run(asked, action, given)

    params: list[click.Parameter] = []
    if action.subject is not None and action.subject.kind == "finding":
        params.append(click.Argument(["finding"], type=int, metavar="FINDING"))
    else:
        line = gettext_noop("The line of Today it comes from, and so what it is done to.")
        params.append(click.Option(["--finding"], type=int, help=line))
        if action.subject is not None:
            params.append(click.Argument([action.subject.name], required=False, metavar=action.subject.kind.upper()))
    params += [_option(field) for field in action.asks]
    params.append(click.Option(["--why"], default="", help=gettext_noop("Why; kept with the deed.")))
    if action.draft is not None:
        first = gettext_noop("Only show a first text, and where to answer.")
        params.append(click.Option(["--draft"], is_flag=True, help=first))
    name = action.slug.replace("_", "-")
    example = f"\b\nExample:\n  thirdplace do {name} {_example(action)}"
    return CommunityCommand(
        name, params=params, callback=run, help=f"{action.card.headline}\n\n{example}",
        context_settings={"ignore_unknown_options": True},  # numbers of messages may begin with a minus
    )  # fmt: skip


def _option(field: "Field") -> click.Option:
    name = "--" + field.name.replace("_", "-")
    if field.kind == "bool":
        return click.Option([name, field.name], is_flag=True, help=field.words)
    metavar = "|".join(each.value for each in field.choices) if field.choices else field.kind.upper()
    return click.Option([name, field.name], metavar=metavar, help=field.words)


def _example(action: "Action") -> str:
    kind = action.subject.kind if action.subject else ""
    subject = {"member": "17", "finding": "5"}.get(kind, "--finding 5")
    texts = [f'--{field.name.replace("_", "-")} "…"' for field in action.asks if field.required]
    return " ".join([subject, *texts, '--why "…"'])


def _run(asked: Asked, action: "Action", given: dict[str, Any]) -> None:
    """Do it, or show the text it begins with."""
    asked.begin()
    from django.utils import timezone

    from thirdplace.face.api import shapes
    from thirdplace.flow.actions import perform
    from thirdplace.flow.deeds import sentence

    community, wall = asked.community(), timezone.now()
    why, finding = given.pop("why"), _finding(given.pop("finding"), community)
    draft = given.pop("draft", False)
    if action.subject and action.subject.kind != "finding" and finding and given.get(action.subject.name) is None:
        given[action.subject.name] = _subject(action, finding)
    if draft:
        _show_draft(asked, action, given.get(action.subject.name) if action.subject else None, finding, community)
        return
    ready = {name: _from_stdin(value) for name, value in given.items()}
    done = perform(
        action.slug, community=community, steward=asked.steward(), why=why, now=community.now(wall),
        recorded_at=wall, finding=finding, **ready,
    )  # fmt: skip
    asked.answer(
        shapes.deed(done),
        lambda: [
            inert(sentence(done)) + ".",
            gettext("Take it back with: thirdplace undo %(number)s") % {"number": done.pk},
        ],
    )


def _from_stdin(value: Any) -> Any:
    """A lone minus stands for what comes in on standard input."""
    return sys.stdin.read() if value == "-" else value


def _finding(number: int | None, community: "Community") -> "Finding | None":
    from thirdplace.flow.models import Finding

    if number is None:
        return None
    found = Finding.objects.filter(community=community, pk=number).select_related("member").first()
    if found is None:
        raise NotFound(
            gettext("There is no line %(number)s on Today.") % {"number": number},
            gettext("Look at the numbers again: thirdplace today."),
        )
    return found


def _subject(action: "Action", finding: "Finding") -> int:
    """What an action is done to, when it comes from a line of Today."""
    from thirdplace.flow.signals import signals

    assert action.subject is not None
    about = signals[finding.signal].subject
    if action.subject.kind == about:
        return finding.subject
    if action.subject.kind == "member" and finding.member_id is not None:
        return finding.member_id
    raise ThirdplaceError(
        gettext("That line is not about what “%(verb)s” is done to.") % {"verb": action.verb},
        gettext("Give its number yourself, before the options."),
    )


def _show_draft(
    asked: Asked, action: "Action", subject: Any, finding: "Finding | None", community: "Community"
) -> None:
    """Print a first text and where the original can be opened, as Today has them. Nothing is done."""
    from django.utils import timezone

    from thirdplace.flow import drafts, worklist

    line = worklist.item_for(finding, wall=timezone.now()) if finding else None
    if line is not None and line.action is action and str(line.subject) == str(subject):
        made = drafts.Draft(line.draft, line.language, line.original)
    else:
        made = drafts.prepared(action, subject, community=community)
    if not asked.as_json and made.original:
        note(inert(made.original))
    value = {"text": made.text, "original": made.original, "language": made.language}
    asked.answer(value, lambda: [inert_lines(made.text)])


def deed_called(number: int, community: "Community") -> "Deed":
    """A deed of this community by its number."""
    from thirdplace.flow.models import Deed

    found = Deed.objects.filter(community=community, pk=number).select_related("member", "steward").first()
    if found is None:
        raise NotFound(
            gettext("There is no deed %(number)s here.") % {"number": number},
            gettext("Look at the numbers: thirdplace deeds."),
        )
    return found

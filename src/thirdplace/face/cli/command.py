"""The shape of a command: its shared options, and its help in the reader's language."""

import difflib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.inert import inert
from thirdplace.foundation.translation import gettext, gettext_noop

_EXAMPLE = gettext_noop("Example:")


def _remember(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:  # noqa: ARG001 - click's shape
        if value:
            setattr(ctx.ensure_object(Asked), name, value)
        return value

    return keep


def shared_options() -> list[click.Option]:
    """`--data` and `--json`, which stand before or after a command's name alike."""
    return [
        click.Option(
            ["--data"],
            type=click.Path(path_type=Path),
            metavar=gettext_noop("FOLDER"),
            help=gettext_noop("The data folder; otherwise THIRDPLACE_DATA, otherwise ./data."),
            expose_value=False,
            callback=_remember("data"),
        ),
        click.Option(
            ["--json", "as_json"],
            is_flag=True,
            help=gettext_noop("Answer with one JSON value, for programs."),
            expose_value=False,
            callback=_remember("as_json"),
        ),
    ]


def community_param() -> click.Option:
    """`--community`, for the commands that look into one."""
    return click.Option(
        ["--community"],
        metavar=gettext_noop("NAME"),
        help=gettext_noop("Which community, where there are several."),
        expose_value=False,
        callback=_remember("community_slug"),
    )


class Command(click.Command):
    """A command with the shared options, whose help is translated when it is shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(shared_options())

    def get_help(self, ctx: click.Context) -> str:
        """The help, in the reader's language."""
        translate(self)
        return super().get_help(ctx)

    def get_usage(self, ctx: click.Context) -> str:
        """The line above an error, in the reader's language."""
        translate(self)
        return super().get_usage(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Its first sentence, in the reader's language."""
        translate(self)
        return super().get_short_help_str(limit)


class CommunityCommand(Command):
    """A command that looks into one community, the first or the one named."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.insert(len(self.params) - 2, community_param())


class Group(click.Group):
    """Commands under one name, with the shared options."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(shared_options())

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was meant; where there is none, the name that was perhaps meant."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            near = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
            what = gettext("There is no command '%(name)s'.") % {"name": inert(name)}
            told = gettext("Did you mean '%(near)s'?") % {"near": near[0]} if near else gettext("See --help.")
            raise click.UsageError(f"{what} {told}", ctx)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """The help, in the reader's language."""
        translate(self)
        return super().get_help(ctx)

    def get_usage(self, ctx: click.Context) -> str:
        """The line above an error, in the reader's language."""
        translate(self)
        return super().get_usage(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Its first sentence, in the reader's language."""
        translate(self)
        return super().get_short_help_str(limit)


def texts(command: click.Command) -> list[str]:
    """Every sentence of a command's help, for the translators. Examples are not translated."""
    found = [paragraph for paragraph in _paragraphs(command.help or "") if not paragraph.startswith("\b")]
    for param in command.params:
        if isinstance(param, click.Option):
            found += [text for text in (param.help, param.metavar) if text]
        elif param.metavar:
            found.append(param.metavar)
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            found += texts(inner) if inner and not inner.hidden else []
    return [*found, _EXAMPLE] if command.help else found


def translate(command: click.Command) -> None:
    """Put the help into the reader's language. A sentence that is translated already stays as it is."""
    if command.help:
        command.help = "\n\n".join(_translated(paragraph) for paragraph in _paragraphs(command.help))
    for param in command.params:
        if param.metavar:
            param.metavar = gettext(param.metavar)
        if isinstance(param, click.Option) and param.help:
            param.help = gettext(param.help)


def _paragraphs(help_text: str) -> list[str]:
    """The paragraphs of a docstring; those that are set out in lines keep them."""
    rows = [part.strip("\n") for part in inspect.cleandoc(help_text).split("\n\n")]
    return [row if row.startswith("\b") else " ".join(row.split()) for row in rows if row.strip()]


def _translated(paragraph: str) -> str:
    if paragraph.startswith("\b"):
        return paragraph.replace(_EXAMPLE, gettext(_EXAMPLE), 1)
    return gettext(paragraph)

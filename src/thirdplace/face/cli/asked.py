"""What every command is asked with, and how it answers: words on one stream, progress on the other."""

import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thirdplace.face.cli.inert import inert

if TYPE_CHECKING:
    from thirdplace.foundation.accounts.models import Account
    from thirdplace.foundation.members.models import Community


@dataclass
class Asked:
    """The options that all commands share. data: None takes THIRDPLACE_DATA. community_slug: None takes the first."""

    data: Path | None = None
    as_json: bool = False
    community_slug: str | None = None

    def point(self) -> None:
        """Make the data folder asked for the one of this process and its children. Before anything reads a setting."""
        if self.data is not None:
            os.environ["THIRDPLACE_DATA"] = str(self.data.expanduser().absolute())

    def begin(self, *, definitions: bool = True, mend: bool = True) -> None:
        """Wake Django on the data folder, bring its tables up to date, and mend what a crash left."""
        self.point()
        from thirdplace.face.cli.beginning import begin

        begin(definitions=definitions, mend=mend)

    def community(self) -> "Community":
        """The community asked for, or the first there is."""
        from thirdplace.face.cli.beginning import community_called

        return community_called(self.community_slug)

    def steward(self) -> "Account":
        """Whose deeds these are: who works at this machine's command line is its owner."""
        from thirdplace.foundation.accounts.keeping import account_called

        return account_called("")

    def answer(self, value: Any, lines: Callable[[], Iterable[str]]) -> None:
        """Say the answer: one JSON value for programs, lines for people, computed only when they are shown."""
        if self.as_json:
            click.echo(json.dumps(value, default=str))
            return
        for line in lines():
            click.echo(line)


def note(words: str) -> None:
    """Say something beside the answer, on the error stream."""
    click.echo(words, err=True)


def is_talking() -> bool:
    """Whether somebody sits at both ends of the terminal, so that a question makes sense."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def complain(what: str, remedy: str, *, as_json: bool) -> None:
    """Say what happened and what to do now; for programs also as the JSON value they wait for."""
    note(inert(what))
    if remedy:
        note(inert(remedy))
    if as_json:
        click.echo(json.dumps({"what": what, "remedy": remedy}))

"""The command `thirdplace`. Each command is a file in `commands`, found by its name and read only when it is needed."""

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from thirdplace.face.cli import commands
from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import Group, texts
from thirdplace.face.cli.language import CLICK, speak
from thirdplace.face.cli.mishaps import told


class Commands(Group):
    """The commands in the folder `commands`. Listing them reads their files; running one reads only its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's shape
        """Their names, in order."""
        return sorted(module.name.strip("_").replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, from its file."""
        plain = cmd_name.replace("-", "_")
        for name in (plain, f"{plain}_"):  # `import` cannot be the name of a module one imports
            path = f"{commands.__name__}.{name}"
            if plain.isidentifier() and importlib.util.find_spec(path) is not None:
                command: click.Command = importlib.import_module(path).command
                command.name = cmd_name
                return command
        near = [each for each in self.list_commands(ctx) if each.startswith(cmd_name)]
        return self.get_command(ctx, near[0]) if len(near) == 1 else None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="thirdplace", message="Thirdplace %(version)s")
def thirdplace() -> None:
    """An open workbench for people who look after communities.

    \b
    Example:
      thirdplace demo
      thirdplace import my-export.zip
      thirdplace today
    """


def main(words: Sequence[str] | None = None) -> None:
    """Run a command, and end with its status: 0 done, 1 we failed, 2 something a person can mend."""
    speak()
    given = list(sys.argv[1:] if words is None else words)
    asked = Asked(data=_data(given), as_json="--json" in given[: _end(given)])
    asked.point()
    try:
        status = thirdplace.main(given, prog_name="thirdplace", obj=asked, standalone_mode=False)
    except BaseException as error:  # noqa: BLE001 - the one place where everything that goes wrong is told
        status = told(error, as_json=asked.as_json)
    sys.exit(status if isinstance(status, int) else 0)


def sentences() -> list[str]:
    """Every sentence that the help of commands says, for the translators."""
    return sorted({*texts(thirdplace), *CLICK})


def _data(given: list[str]) -> Path | None:
    """The folder named by `--data`, wherever it stands: commands made from definitions must know it before the rest."""
    for nth, word in enumerate(given[: _end(given)]):
        if word == "--data" and nth + 1 < len(given):
            return Path(given[nth + 1])
        if word.startswith("--data="):
            return Path(word.removeprefix("--data="))
    return None


def _end(given: list[str]) -> int:
    """Where the options end: what stands behind a lone `--` is not ours to read."""
    return given.index("--") if "--" in given else len(given)

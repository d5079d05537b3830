"""What the README and the guides name is there: commands with their options, addresses, the example of a definition."""

import re
import shlex
from pathlib import Path

import click
import pytest

from thirdplace.face.api.assembled import api
from thirdplace.face.cli.main import thirdplace as root
from thirdplace.flow import definitions
from thirdplace.flow.reports import reports
from thirdplace.foundation.engine import measures

ROOT = Path(__file__).parents[3]
TEXTS = [ROOT / "README.md", *sorted((ROOT / "docs" / "guides").glob("*.md"))]
EVERYWHERE = {"--data", "--json", "--help"}


def lines(text):
    """The commands in a text's blocks, without what stands behind a pipe, a comment or a redirection."""
    for block in re.findall(r"^```(?:sh|console)$(.*?)^```$", text.read_text(), re.MULTILINE | re.DOTALL):
        for part in re.split(r"&&|\n", block):
            words = shlex.split(re.split(r"\s[<|#]", part.lstrip("$ "))[0], comments=True)
            if words and Path(words[0]).name == "thirdplace":
                yield words[1:]


def resolved(words):
    """The command that words lead to, and the options they give it."""
    command, context = root, click.Context(root)
    for nth, word in enumerate(words):
        if not isinstance(command, click.Group):
            return command, {each.partition("=")[0] for each in words[nth:] if each.startswith("--")}
        name, inner, _ = command.resolve_command(context, [word])
        command, context = inner, click.Context(inner, info_name=name, parent=context)
    return command, set()


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_every_command_that_is_named_is_there(db, text):
    named = list(lines(text))
    assert named or text.name == "definitions.md"
    for words in named:
        command, options = resolved(words)
        known = {option for each in command.params for option in each.opts}
        assert options <= known | EVERYWHERE, words


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_every_address_that_is_named_is_there(db, text):
    paths = [re.sub(r"\{\w+\}", "[^/]+", path) for path in api.get_openapi_schema()["paths"]]
    for named in re.findall(r"/api/v1(?:/[\w.]+)+", text.read_text()):
        assert named == "/api/v1/openapi.json" or any(re.fullmatch(path, named) for path in paths), named


def test_the_examples_of_definitions_work(db, tmp_path, monkeypatch):
    guide = (ROOT / "docs" / "guides" / "definitions.md").read_text()
    (tmp_path / "allotments").mkdir()
    for name, code in re.findall(r"^```python\n# (\S+)\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL):
        (tmp_path / name).write_text(f'"""A definition."""\n\n{code}')
    (tmp_path / "allotments" / "__init__.py").write_text('"""A package."""\n')
    monkeypatch.syspath_prepend(tmp_path)
    definitions.load()
    try:
        assert definitions.add("allotments"), definitions.broken()
        assert "SELECT" in measures["gate_keepers"].sql()
        assert reports["the_gate"].tells == ("gate_keepers",)
    finally:
        definitions.take_out("allotments")

"""Definitions by name."""

import sys
from pathlib import Path

import pytest

from thirdplace.foundation.errors import NotFound
from thirdplace.foundation.registry import Registry, WrongDefinition, walk


@pytest.fixture
def tools() -> Registry[str]:
    registry: Registry[str] = Registry("tool", "tools")
    for slug in ("trowel", "spade"):
        registry.register(slug, slug.upper(), file=f"{slug}.py")
    return registry


def test_definitions_come_in_the_order_of_their_names(tools):
    assert list(tools) == ["spade", "trowel"]
    assert tools.values() == ["SPADE", "TROWEL"]
    assert dict(tools.items()) == {"spade": "SPADE", "trowel": "TROWEL"}
    assert (len(tools), "spade" in tools, tools.get("fork"), tools.file("spade")) == (2, True, None, "spade.py")


def test_two_of_one_name_are_refused_with_both_files(tools):
    with pytest.raises(WrongDefinition) as error:
        tools.register("spade", "other", file="other.py")
    assert str(error.value) == "Two tools are called 'spade': spade.py and other.py. Rename one of them. (other.py)"


def test_a_name_that_is_unknown_is_answered_with_the_nearest(tools):
    with pytest.raises(NotFound) as error:
        tools["Spate"]
    assert str(error.value) == "There is no tool called 'Spate'. Did you mean 'spade'?"


def test_without_a_near_one_all_are_named(tools):
    with pytest.raises(NotFound) as error:
        tools["xylophone"]
    assert error.value.remedy == "There are: spade, trowel."


def test_a_name_must_be_one_word(tools):
    with pytest.raises(WrongDefinition, match=r"'two words' cannot be the name of a tool\."):
        tools.register("two words", "x", file="x.py")


def test_a_forgotten_one_may_be_made_again(tools):
    tools.forget("spade")
    assert tools.register("spade", "new", file="new.py") == "new"


def test_the_same_module_loaded_again_is_no_second_one(tools):
    class Rake:
        """A rake."""

    tools.register("rake", Rake)
    assert tools.register("rake", Rake) is Rake


def test_walking_imports_every_file_in_order(tmp_path: Path, monkeypatch):
    package = tmp_path / "orchard"
    (package / "row").mkdir(parents=True)
    for name in ("__init__.py", "plum.py", "row/__init__.py", "row/apple.py"):
        (package / name).write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    assert [module.__name__ for module in walk("orchard")] == [
        "orchard",
        "orchard.plum",
        "orchard.row",
        "orchard.row.apple",
    ]
    assert "orchard.row.apple" in sys.modules

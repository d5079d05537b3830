"""The house stands: names lead somewhere, cards are whole, and everything is found by walking."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import thirdplace.practice
from thirdplace.flow import advice, definitions
from thirdplace.flow.actions import actions
from thirdplace.flow.questions import SLUGS
from thirdplace.flow.signals import signals
from thirdplace.foundation.connectors.connector import connectors
from thirdplace.foundation.engine import measures
from thirdplace.foundation.engine.pictures import pictures
from thirdplace.foundation.registry import Registry

PRACTICE = Path(thirdplace.practice.__file__).parent
ROOMS = ("advising", "analysing", "communicating", "creating", "guiding", "managing", "moderating", "organising")
definitions.load()


def files(kind: str, ending: str = ".py") -> list[Path]:
    return sorted(path for path in PRACTICE.glob(f"*/{kind}/*{ending}") if path.name != "__init__.py")


def ours(registry: Registry[object]) -> set[str]:
    return {slug for slug in registry if Path(registry.file(slug)).is_relative_to(PRACTICE)}


def test_there_are_eight_rooms() -> None:
    found = {each.name for each in pkgutil.iter_modules([str(PRACTICE)]) if each.ispkg}
    assert found == set(ROOMS)


@pytest.mark.parametrize("kind", ["measures", "pictures", "signals", "actions"])
def test_each_definition_is_one_file_that_has_its_name(kind: str) -> None:
    registry = {"measures": measures, "pictures": pictures, "signals": signals, "actions": actions}[kind]
    assert {path.stem for path in files(kind)} == ours(registry)
    for slug in ours(registry):
        assert Path(registry.file(slug)).stem == slug


@pytest.mark.parametrize("slug", list(signals))
def test_a_signal_suggests_an_action_and_has_its_advice(slug: str) -> None:
    signal = signals[slug]
    assert signal.suggests in actions
    assert signal.question in SLUGS
    assert 0 < signal.minutes <= 30
    assert set(signal.card.lines) == {"Why", "Evidence", "Rests"}
    found = advice.require(slug)
    assert found.usually


@pytest.mark.parametrize("slug", list(signals))
def test_what_a_signal_is_about_is_what_its_action_is_done_to(slug: str) -> None:
    subject = actions[signals[slug].suggests].subject
    assert subject is not None
    assert subject.kind in {signals[slug].subject, "member"}


@pytest.mark.parametrize("slug", list(actions))
def test_an_action_expects_a_measure_and_can_be_undone_or_says_why_not(slug: str) -> None:
    action = actions[slug]
    assert action.expects is None or action.expects.measure in measures
    assert (action.undo in actions) != bool(action.no_undo)
    assert action.card.headline.endswith(".")
    assert action.needs.count(".") == 1


@pytest.mark.parametrize("slug", list(actions))
def test_an_actions_permission_names_its_room(slug: str) -> None:
    assert actions[slug].needs.split(".")[0] in ROOMS


def test_what_undoes_asks_for_no_more_than_the_deed_tells() -> None:
    for action in actions.values():
        if action.undo:
            inverse = actions[action.undo]
            asked = {field.name for field in inverse.fields if field.required and field is not inverse.subject}
            assert asked <= {field.name for field in action.fields}, action.slug


@pytest.mark.parametrize("slug", list(measures))
def test_a_measures_card_is_whole(slug: str) -> None:
    assert list(measures[slug].card.lines) == ["Unit", "Better", "Source", "Counts", "Omits", "Empty"]


@pytest.mark.parametrize("slug", list(connectors))
def test_a_connectors_card_is_whole(slug: str) -> None:
    assert list(connectors[slug].card.lines) == ["Needs", "Brings", "Resumes", "Leaves"]


@pytest.mark.parametrize("path", files("advice", ".md"), ids=lambda path: path.name)
def test_advice_is_whole_and_names_actions_that_exist(path: Path) -> None:
    piece = advice.read(path)
    for words in (*piece.body, piece.usually, piece.rarely):
        for found in re.findall(r"`([a-z_]+)`", words):
            assert found in actions, found


@pytest.mark.parametrize("slug", advice.slugs())
def test_advice_speaks_all_three_languages(slug: str) -> None:
    for language in ("en", "nl", "sv"):
        found = advice.advice(slug, language=language)
        assert found is not None
        assert found.language == language


def test_no_room_imports_another() -> None:
    for path in PRACTICE.glob("*/**/*.py"):
        room = path.relative_to(PRACTICE).parts[0]
        text = path.read_text(encoding="utf-8")
        for other in set(ROOMS) - {room}:
            assert f"thirdplace.practice.{other}" not in text, path


def test_no_folder_is_called_what_no_folder_may_be_called() -> None:
    root = Path(importlib.import_module("thirdplace").__file__ or "").parent
    refused = {"utils", "core", "common", "services", "helpers", "managers"}
    assert not [path for path in root.rglob("*") if path.stem in refused and "static" not in path.parts]

"""Definitions of other packages: found, or set aside and reported; ours stop the start."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from thirdplace import settings
from thirdplace.flow import advice, definitions, texts
from thirdplace.flow.actions import actions
from thirdplace.flow.signals import signals
from thirdplace.foundation.connectors.connector import connectors
from thirdplace.foundation.engine import measures
from thirdplace.foundation.registry import WrongDefinition

GOOD = '''
"""Good."""
from thirdplace.flow.actions import NoUndo, action
from thirdplace.foundation.members.models import Member

@action(verb="Wave", needs="village.wave", undo={undo})
def wave_{name}(member: Member) -> Member:
    """Wave to somebody."""
    return member
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a package that is not installed yet."""
    monkeypatch.syspath_prepend(str(tmp_path))
    folder = tmp_path / f"neighbours_{tmp_path.name.replace('-', '_')}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    yield folder
    definitions.take_out(folder.name)
    for name in [name for name in sys.modules if name.partition(".")[0] == folder.name]:
        del sys.modules[name]


def test_one_file_each_and_no_list_is_edited(plugin: None) -> None:
    assert "parish_letter" in connectors
    assert "bell_ringers" in measures
    assert "bell_unanswered" in signals
    assert "ring_bell" in actions
    assert definitions.owner(actions.file("ring_bell")) == "plugin_package"
    assert definitions.owner(actions.file("write_note")) == ""


def test_its_words_are_collected_like_ours(plugin: None) -> None:
    words = set(texts.of_definitions())
    assert {"Ring the bell", "How many times", "Bell ringers", "A bell that was heard stays heard."} <= words
    assert {"Welcome", "Your welcome", "Note"} <= words


def test_a_package_comes_in_whole(package: Path) -> None:
    (package / "wave.py").write_text(GOOD.format(name="whole", undo='NoUndo("A wave is a wave.")'))
    assert definitions.add(package.name)
    assert "wave_whole" in actions
    definitions.take_out(package.name)
    assert "wave_whole" not in actions


def test_advice_comes_with_a_package_and_one_that_is_wrong_sets_it_aside(package: Path) -> None:
    (package / "wave.py").write_text(GOOD.format(name="advised", undo='NoUndo("A wave is a wave.")'))
    (package / "advice").mkdir()
    piece = package / "advice" / "wave_seen.md"
    piece.write_text("# When somebody waves\nWave back.", encoding="utf-8")
    assert not definitions.add(package.name)
    (broken,) = [each for each in definitions.broken() if each.package == package.name]
    assert (broken.what, "wave_seen.md" in broken.remedy) == ("The advice wave_seen.md lacks 'Usually helps'.", True)
    assert "wave_advised" not in actions
    assert advice.require("newcomer_waiting").title
    labels = "**Usually helps:** a hand. **Rarely helps:** a foot. **How sure are we:** weakly."
    piece.write_text(f"# When somebody waves\n{labels}", encoding="utf-8")
    definitions.take_out(package.name)
    sys.modules.pop(f"{package.name}.wave", None)
    assert definitions.add(package.name)
    assert advice.require("wave_seen").usually == "a hand."


def test_one_that_breaks_half_way_is_set_aside_whole_and_reported(package: Path) -> None:
    (package / "a_wave.py").write_text(GOOD.format(name="half", undo='NoUndo("A wave is a wave.")'))
    (package / "b_broken.py").write_text("raise RuntimeError('the bridge is out')")
    assert not definitions.add(package.name)
    assert "wave_half" not in actions
    (broken,) = [each for each in definitions.broken() if each.package == package.name]
    assert "the bridge is out" in broken.what
    assert broken.remedy


def test_a_name_that_leads_nowhere_is_said_with_the_nearest(package: Path) -> None:
    (package / "wave.py").write_text(GOOD.format(name="astray", undo='"remove_nota"'))
    assert not definitions.add(package.name)
    (broken,) = [each for each in definitions.broken() if each.package == package.name]
    assert broken.what == "wave_astray is undone by the action 'remove_nota', which is not there."
    assert "Did you mean 'remove_note'?" in broken.remedy
    assert "wave.py" in broken.remedy


def test_advice_that_names_no_action_is_said_with_the_nearest(package: Path) -> None:
    (package / "advice").mkdir()
    labels = "**Usually helps:** `write_not`. **Rarely helps:** a foot. **How sure are we:** weakly."
    (package / "advice" / "wave_lost.md").write_text(f"# When somebody waves\n{labels}", encoding="utf-8")
    assert not definitions.add(package.name)
    (broken,) = [each for each in definitions.broken() if each.package == package.name]
    assert broken.what == "wave_lost suggests the action 'write_not', which is not there."
    assert "Did you mean 'write_note'?" in broken.remedy
    assert "wave_lost" not in advice.pieces


def test_a_package_that_is_not_installed_is_reported() -> None:
    assert not definitions.add("no_such_neighbours")
    (broken,) = [each for each in definitions.broken() if each.package == "no_such_neighbours"]
    assert broken.what == "No package called “no_such_neighbours” is installed."
    definitions.take_out("no_such_neighbours")


def test_only_packages_that_settings_name_are_loaded(plugin: None) -> None:
    assert settings.PLUGINS == ()
    assert [each.__name__ for each in definitions.packages()] == ["plugin_package"]


def test_ours_broken_names_the_file_and_the_mend(package: Path) -> None:
    (package / "broken.py").write_text("import no_such_thing")
    with pytest.raises(WrongDefinition, match=r"No module named 'no_such_thing'.*Mend that file") as wrong:
        definitions.load_ours(package.name)
    assert wrong.value.file.endswith("broken.py")

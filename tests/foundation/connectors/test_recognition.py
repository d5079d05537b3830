"""What an export is taken for, and what is said when it is none."""

from pathlib import Path

import pytest
from exports import files_of, pack, recording

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.recognition import recognise
from thirdplace.foundation.errors import ThirdplaceError


def test_a_path_is_enough(tmp_path: Path):
    found = recognise(recording("slack"))
    assert found.connector.slug == "slack"
    assert "channels.json" in found.why
    assert found.asks == ("base_url",)


def test_of_a_large_tar_only_the_beginning_is_looked_at_when_that_is_enough(tmp_path: Path, monkeypatch):
    from thirdplace.foundation.connectors.archive import tarred

    monkeypatch.setattr(tarred, "PEEK", 1_000)
    files = files_of(recording("discord"))
    path = pack(files, "tar.xz", tmp_path)
    with Archive(path, spool=tmp_path / "spool", peek=True) as archive:
        assert recognise(archive).connector.slug == "discord"
        assert archive.peeked
        assert len(archive.names()) < len(files)
        archive.read_on()
        assert len(archive.names()) == len(files)


def test_when_the_beginning_is_not_enough_it_reads_on(tmp_path: Path, monkeypatch):
    from thirdplace.foundation.connectors.archive import tarred

    monkeypatch.setattr(tarred, "PEEK", 1_000)
    path = pack({"aaa.bin": b"x" * 5_000} | files_of(recording("slack")), "tar.gz", tmp_path)
    assert recognise(path, spool=tmp_path / "spool").connector.slug == "slack"
    assert not list((tmp_path / "spool").iterdir())


def test_what_nobody_knows_is_told_with_what_was_seen_and_what_can_be_read(tmp_path: Path):
    path = pack({f"{nth}.docx": b"x" for nth in range(9)}, "zip", tmp_path, name="holiday")
    with pytest.raises(ThirdplaceError) as error:
        recognise(path)
    assert "holiday" in error.value.what
    assert "0.docx, 1.docx" in error.value.what
    assert "8.docx" not in error.value.what
    for title in ("Slack", "Discord", "Stack Exchange"):
        assert title in error.value.remedy


@pytest.mark.parametrize("how", ["folder", "zip"])
def test_an_export_beside_other_things_is_named(how, tmp_path: Path):
    files = {f"b/Mill Lane/{name}": data for name, data in files_of(recording("slack")).items()}
    with pytest.raises(ThirdplaceError) as error:
        recognise(pack(files | {"notes.txt": b"x", "a/b.txt": b"y"}, how, tmp_path))
    assert error.value.remedy == "b in it is an export of Slack: import that folder by itself."


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path):
    with pytest.raises(ThirdplaceError) as error:
        recognise(tmp_path)
    assert "nothing to read" in error.value.what


def test_json_that_is_no_export_is_not_taken_for_one(tmp_path: Path):
    (tmp_path / "a.json").write_text('{"messages": [1, 2, 3]}')
    (tmp_path / "users.json").write_text("[]")
    with pytest.raises(ThirdplaceError):
        recognise(tmp_path)


def test_a_folder_of_archives_says_to_take_them_one_by_one(tmp_path: Path):
    pack(files_of(recording("slack")), "zip", tmp_path, name="one")
    pack(files_of(recording("discord")), "zip", tmp_path, name="two")
    with pytest.raises(ThirdplaceError) as error:
        recognise(tmp_path)
    assert "one.zip" in error.value.what
    assert "one by one" in error.value.remedy

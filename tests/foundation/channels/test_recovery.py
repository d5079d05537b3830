"""What a kill left half done is rolled forward or back, and the doctor sees what is wrong."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from jetty import jetty, word
from thirdplace.foundation import doctor
from thirdplace.foundation.channels import importing, recovery, settling
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.errors import AlreadyDone
from thirdplace.foundation.index import Index
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.folders import spool_folder
from thirdplace.foundation.members.models import Community, Member

Trouble = Callable[[Community], list[str]]


class Killed(BaseException):
    """The process is gone: nothing after this runs."""


def killed(*_: object, **__: object) -> None:
    raise Killed


def archive(tmp_path: Path) -> Path:
    return jetty(tmp_path / "a", {"pier": [word(1, "ann"), word(2, "ben")]})


def import_killed_at(community: Community, path: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Import until a place, and no step further: not even the ways out run."""
    with monkeypatch.context() as patch:
        patch.setattr(place, killed)
        patch.setattr(settling, "fail", killed)
        with pytest.raises(Killed):
            importing.import_archive(community, path)


def test_killed_while_reading_it_is_rolled_back(
    community: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    place = "thirdplace.foundation.lake.appending.Appending._finish"
    import_killed_at(community, archive(tmp_path), place, monkeypatch)
    assert trouble(community) == ["1 import was interrupted and stands half done."]
    (row,) = recovery.recover(community)
    assert (row.state, row.remedy, Source.objects.count()) == (Import.State.FAILED, "Import it again.", 0)
    assert (Lake(community.pk).files(), trouble(community)) == ([], [])


def test_killed_between_the_small_tables_and_the_activities_it_is_rolled_back(
    community: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    place = "thirdplace.foundation.lake.appending.Appending._seen_rows"
    import_killed_at(community, archive(tmp_path), place, monkeypatch)
    assert Lake(community.pk).version("people") == 1
    recovery.recover(community)
    assert (trouble(community), Member.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "place",
    [
        "thirdplace.foundation.lake.appending.Appending._metadata",
        "thirdplace.foundation.channels.settling.settle",
        "thirdplace.foundation.channels.settling.mirror",
        "thirdplace.foundation.members.people.mirror",
        "thirdplace.foundation.index.catching.finish",
    ],
)
def test_killed_anywhere_and_begun_again_it_is_the_same(
    community: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, trouble: Trouble
) -> None:
    path = archive(tmp_path)
    import_killed_at(community, path, place, monkeypatch)
    recovery.recover(community)
    assert trouble(community) == []
    importing.import_archive(community, path)
    assert sorted(Member.objects.values_list("name", flat=True)) == ["Ann", "Ben"]
    assert [each.text for each in Index(community.pk).latest()] == [
        "ben says this in minute 2",
        "ann says this in minute 1",
    ]
    assert trouble(community) == []


def test_killed_when_the_lake_had_it_it_is_rolled_forward_with_its_figures(
    community: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    import_killed_at(community, archive(tmp_path), "thirdplace.foundation.channels.importing.moment", monkeypatch)
    (row,) = recovery.recover(community)
    assert (row.state, row.added, row.found["messages"]) == (Import.State.DONE, 2, 2)
    assert (Index(community.pk).count(), trouble(community)) == (2, [])


def test_an_undoing_that_was_killed_goes_on(
    community: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    done = importing.import_archive(community, archive(tmp_path))
    for place in ("thirdplace.foundation.lake.erasing._erase", "thirdplace.foundation.index.catching.finish"):
        with monkeypatch.context() as patch:
            patch.setattr(place, killed)
            with pytest.raises(Killed):
                (importing.undo_import if done.state == Import.State.DONE else settling.take_back)(done)
    (row,) = recovery.recover(community)
    assert (row.state, Member.objects.count(), trouble(community)) == (Import.State.UNDONE, 0, [])


def test_an_undoing_that_was_killed_may_be_asked_for_again(
    community: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    done = importing.import_archive(community, archive(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr("thirdplace.foundation.lake.erasing._erase", killed)
        with pytest.raises(Killed):
            importing.undo_import(done)
    importing.undo_import(done)
    assert (done.state, Member.objects.count(), trouble(community)) == (Import.State.UNDONE, 0, [])
    with pytest.raises(AlreadyDone):
        importing.undo_import(done)


def test_what_was_unpacked_is_swept_away(community: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = "thirdplace.foundation.lake.appending.Appending._finish"
    import_killed_at(community, archive(tmp_path), place, monkeypatch)
    spool_folder(community.pk).mkdir(exist_ok=True)
    (spool_folder(community.pk) / "left.json").write_text("{}")
    recovery.recover(community)
    assert not spool_folder(community.pk).exists()


def test_when_nothing_is_wrong_nothing_is_asked(community: Community, tmp_path: Path) -> None:
    importing.import_archive(community, archive(tmp_path))
    assert recovery.recover(community) == []


def test_somebody_at_work_is_left_alone(community: Community) -> None:
    Import.objects.create(community=community, connector="discord", path="x", name="x", state=Import.State.READING)
    inner, outer = os.pipe()
    child = os.fork()
    if not child:
        with Lake(community.pk).writing():
            os.write(outer, b"1")
            os.read(inner, 0)
            import time

            time.sleep(60)
        os._exit(0)
    os.read(inner, 1)
    assert recovery.recover(community) == []
    assert [each.what for each in doctor.check(community)] == [
        "Something is being imported or undone at this moment, so nothing can be compared."
    ]
    os.kill(child, 9)
    os.waitpid(child, 0)
    assert len(recovery.recover(community)) == 1


def test_a_lost_file_is_named_and_cannot_be_mended(community: Community, tmp_path: Path) -> None:
    importing.import_archive(community, archive(tmp_path))
    path = Path(Lake(community.pk).files()[0])
    path.write_bytes(path.read_bytes()[:-10])
    (first, *_rest) = doctor.check(community)
    assert first.what == f"The lake misses files, or they are damaged: activities/{path.name}."


def test_a_damaged_index_is_made_again(community: Community, tmp_path: Path, trouble: Trouble) -> None:
    importing.import_archive(community, archive(tmp_path))
    for path in Index(community.pk).folder.glob("**/*.store"):
        path.write_bytes(b"")
    assert len(trouble(community)) == 1
    assert doctor.mend(community) == []
    assert Index(community.pk).count() == 2

"""A Slack workspace that is exported more than once, while its people go on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from thirdplace.foundation.channels import importing
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.index import Index
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.members.models import Community

Trouble = Callable[[Community], list[str]]
ANN, BEN = "U01ANN", "U02BEN"


def said(nth: int, who: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": who, "ts": f"{1_767_600_000 + nth}.000100", "text": text, **more}


GONE = said(2, "USLACKBOT", "This message was deleted.", subtype="tombstone", thread_ts=f"{1_767_600_002}.000100")


def export(
    folder: Path, *messages: dict[str, Any], names: dict[str, str] | None = None, team: str | None = "T1"
) -> Path:
    (folder / "quay").mkdir(parents=True)
    if names is not None:
        users = [{"id": who, "team_id": team, "name": name.lower(), "real_name": name} for who, name in names.items()]
        (folder / "users.json").write_text(json.dumps(users))
    (folder / "channels.json").write_text(json.dumps([{"id": "C1", "name": "quay"}]))
    (folder / "quay" / "2026-01-05.json").write_text(json.dumps(messages))
    return folder


NAMES = {ANN: "Ann", BEN: "Ben"}
FIRST = said(1, ANN, "who has the ladder?"), said(2, BEN, "I took it by mistake")
LATER = FIRST[0], GONE, said(9, ANN, "thank you")


def texts(community: Community) -> list[str]:
    return [each.text for each in Index(community.pk).latest(limit=9)]


@pytest.fixture
def exports(tmp_path: Path) -> tuple[Path, Path]:
    return export(tmp_path / "a", *FIRST, names=NAMES), export(tmp_path / "b", *LATER, names=NAMES)


def test_what_was_deleted_since_the_earlier_export_goes(community: Community, exports, trouble: Trouble) -> None:
    importing.import_archive(community, exports[0])
    assert texts(community) == ["I took it by mistake", "who has the ladder?"]
    later = importing.import_archive(community, exports[1])
    assert (later.added, later.changed) == (1, 1)
    assert texts(community) == ["thank you", "who has the ladder?"]
    assert trouble(community) == []
    importing.undo_import(later)
    assert texts(community) == ["I took it by mistake", "who has the ladder?"]
    assert trouble(community) == []


def test_an_older_export_does_not_bring_it_back(community: Community, exports, trouble: Trouble) -> None:
    importing.import_archive(community, exports[1])
    importing.import_archive(community, exports[0])
    assert texts(community) == ["thank you", "who has the ladder?"]
    assert trouble(community) == []


def test_a_third_export_that_says_so_too_is_a_second_witness(
    community: Community, exports, tmp_path: Path, trouble: Trouble
) -> None:
    importing.import_archive(community, exports[0])
    second = importing.import_archive(community, exports[1])
    third = importing.import_archive(community, export(tmp_path / "c", *LATER, said(12, BEN, "any time"), names=NAMES))
    assert (third.added, third.changed) == (1, 0)
    importing.undo_import(second)
    assert texts(community) == ["any time", "thank you", "who has the ladder?"]
    assert trouble(community) == []


def test_a_message_deleted_is_told_with_its_time(community: Community, exports, tmp_path: Path) -> None:
    importing.import_archive(community, exports[0])
    event = said(5, BEN, "", subtype="message_deleted", deleted_ts=FIRST[1]["ts"])
    importing.import_archive(community, export(tmp_path / "c", FIRST[0], event, names=NAMES))
    assert texts(community) == ["who has the ladder?"]


def test_a_new_name_is_no_edit_of_those_who_were_called_by_the_old(community: Community, tmp_path: Path) -> None:
    called = said(1, ANN, f"<@{BEN}> has it")
    importing.import_archive(community, export(tmp_path / "a", called, names=NAMES))
    later = importing.import_archive(
        community, export(tmp_path / "b", called, said(3, ANN, "he has"), names={ANN: "Ann", BEN: "Benjamin"})
    )
    assert (later.added, later.already, later.changed) == (1, 1, 0)
    assert texts(community) == ["he has", "@Ben has it"]


def test_without_a_workspaces_number_its_name_tells_that_it_is_the_same(
    community: Community, exports, tmp_path: Path
) -> None:
    first = export(tmp_path / "Quay Slack export Jan 5 2026 - Jan 5 2026", *FIRST, names=NAMES, team=None)
    later = export(tmp_path / "Quay Slack export Jan 5 2026 - Jan 9 2026 (1)", *LATER, names=NAMES, team=None)
    for path in (first, later):
        importing.import_archive(community, path)
    assert list(Source.objects.values_list("native", "name")) == [("Quay", "Quay")]
    assert texts(community) == ["thank you", "who has the ladder?"]


def test_a_deletion_of_what_never_was_here_changes_nothing(community: Community, exports) -> None:
    first = importing.import_archive(community, exports[1])
    again = importing.import_archive(community, exports[1])
    assert (first.added, first.changed) == (2, 0)
    assert (again.added, again.already, again.changed) == (0, 2, 0)
    assert Lake(community.pk).brought(first.pk) == (2, 0)

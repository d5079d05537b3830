"""A later archive that tells less of somebody, or of a place, takes nothing away from what an earlier one told."""

import json
from collections.abc import Callable
from pathlib import Path

from jetty import jetty, word
from thirdplace.foundation.channels import importing
from thirdplace.foundation.channels.models import Channel
from thirdplace.foundation.members.models import Community, Member

Trouble = Callable[[Community], list[str]]


def test_a_thread_exported_alone_leaves_its_channel_as_it_was(
    community: Community, tmp_path: Path, trouble: Trouble
) -> None:
    importing.import_archive(community, jetty(tmp_path / "a", {"pier": [word(1, "ann"), word(2, "ben")]}))
    (before,) = Channel.objects.values_list("name", "kind", "flat")
    (file,) = jetty(tmp_path / "b", {"pier": [word(9, "ann")]}).iterdir()
    told = json.loads(file.read_text())
    told["channel"] |= {"id": "500000000000009999", "type": "GuildPublicThread", "name": "planks", "category": "Pier!"}
    told["channel"]["categoryId"] = json.loads(next((tmp_path / "a").iterdir()).read_text())["channel"]["id"]
    file.write_text(json.dumps(told))
    importing.import_archive(community, tmp_path / "b")
    assert list(Channel.objects.values_list("name", "kind", "flat")) == [before] == [("pier", "channel", True)]
    assert trouble(community) == []


def test_an_export_without_its_list_of_people_takes_no_names_away(
    community: Community, tmp_path: Path, trouble: Trouble
) -> None:
    def export(folder: Path, second: int, *, users: bool) -> Path:
        (folder / "quay").mkdir(parents=True)
        ann = {"id": "U01ANN", "team_id": "T1", "name": "ann", "real_name": "Ann"}
        (folder / "users.json").write_text(json.dumps([ann] if users else [{"id": "U9", "team_id": "T1", "name": "x"}]))
        (folder / "channels.json").write_text(json.dumps([{"id": "C1", "name": "quay"}]))
        said = {"type": "message", "user": "U01ANN", "ts": f"{1_767_600_000 + second}.000100", "text": "good morning"}
        (folder / "quay" / "2026-01-05.json").write_text(json.dumps([said]))
        return folder

    importing.import_archive(community, export(tmp_path / "a", 1, users=True))
    importing.import_archive(community, export(tmp_path / "b", 9, users=False))
    assert set(Member.objects.values_list("name", flat=True)) == {"Ann", "x"}
    assert trouble(community) == []

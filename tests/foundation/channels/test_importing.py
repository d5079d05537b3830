"""From an archive to lake, index and database, and back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection

from jetty import BEGIN, jetty, word
from thirdplace.foundation.channels import importing
from thirdplace.foundation.channels.figures import figures
from thirdplace.foundation.channels.models import Channel, Import, Source
from thirdplace.foundation.connectors.discord import Discord
from thirdplace.foundation.errors import AlreadyDone, ThirdplaceError
from thirdplace.foundation.index import Index
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.folders import community_folder, spool_folder
from thirdplace.foundation.members.models import Community, Identity, Member

Trouble = Callable[[Community], list[str]]

PIER = [word(1, "ann"), word(2, "ben"), word(3, "ann", "Only two more planks are needed here", edited=4)]


def names() -> list[str]:
    return list(Member.objects.order_by("name").values_list("name", flat=True))


def test_an_archive_becomes_a_source_with_people_channels_and_messages(
    community: Community, tmp_path: Path, trouble: Trouble
) -> None:
    done = importing.import_archive(community, jetty(tmp_path / "a", {"pier": PIER, "boats": [word(9, "cho")]}))
    assert (done.state, done.added, done.already, done.changed) == (Import.State.DONE, 4, 0, 0)
    assert done.found["messages"] == 4
    assert set(done.cpu) == {"read", "lake", "index"}
    assert (done.reaches_at, done.lake_version) == (BEGIN + timedelta(minutes=9), 1)
    source = Source.objects.get()
    assert (source.connector, source.name, source.native) == ("discord", "The Jetty", "500000000000000077")
    assert source.known_until == BEGIN + timedelta(minutes=9)
    assert names() == ["Ann", "Ben", "Cho"]
    assert list(Channel.objects.order_by("name").values_list("name", flat=True)) == ["boats", "pier"]
    assert [each.text for each in Index(community.pk).latest(limit=2)] == [
        "cho says this in minute 9", "Only two more planks are needed here",
    ]  # fmt: skip
    assert trouble(community) == []
    assert not spool_folder(community.pk).exists()


def test_again_it_adds_nothing(community: Community, tmp_path: Path) -> None:
    path = jetty(tmp_path / "a", {"pier": PIER})
    first = importing.import_archive(community, path)
    again = importing.import_archive(community, path)
    assert (again.added, again.already, again.changed, again.found) == (0, 3, 0, first.found)
    assert (again.digest, again.lake_version) == (first.digest, first.lake_version)
    assert (Source.objects.count(), names()) == (1, ["Ann", "Ben"])
    community.refresh_from_db()
    assert community.people_version == 1


def test_undone_nothing_is_left(community: Community, tmp_path: Path, trouble: Trouble) -> None:
    done = importing.import_archive(community, jetty(tmp_path / "a", {"pier": PIER}))
    importing.undo_import(done)
    done.refresh_from_db()
    assert (done.state, done.source) == (Import.State.UNDONE, None)
    assert [model.objects.count() for model in (Source, Channel, Identity, Member)] == [0, 0, 0, 0]
    assert (Index(community.pk).count(), figures(community), trouble(community)) == (0, [], [])


def test_undone_the_same_archive_read_again_is_no_second_witness(
    community: Community, tmp_path: Path, trouble: Trouble
) -> None:
    path = jetty(tmp_path / "a", {"pier": PIER})
    first, again = importing.import_archive(community, path), importing.import_archive(community, path)
    importing.undo_import(first)
    again.refresh_from_db()
    assert again.state == Import.State.UNDONE
    assert (Source.objects.count(), Index(community.pk).count(), names(), trouble(community)) == (0, 0, [], [])


def test_undone_the_second_reading_takes_nothing_away(community: Community, tmp_path: Path, trouble: Trouble) -> None:
    path = jetty(tmp_path / "a", {"pier": PIER})
    first, again = importing.import_archive(community, path), importing.import_archive(community, path)
    importing.undo_import(again)
    first.refresh_from_db()
    assert first.state == Import.State.DONE
    assert (Index(community.pk).count(), names(), trouble(community)) == (3, ["Ann", "Ben"], [])


def test_undone_what_another_archive_holds_too_stays(community: Community, tmp_path: Path, trouble: Trouble) -> None:
    first = importing.import_archive(community, jetty(tmp_path / "a", {"pier": PIER, "boats": [word(9, "cho")]}))
    importing.import_archive(community, jetty(tmp_path / "b", {"pier": [*PIER[1:], word(5, "dee")]}))
    importing.undo_import(first)
    assert names() == ["Ann", "Ben", "Dee"]
    assert list(Channel.objects.values_list("name", flat=True)) == ["pier"]
    assert Index(community.pk).count() == 3
    assert Source.objects.get().known_until == BEGIN + timedelta(minutes=5)
    assert trouble(community) == []


def test_undone_and_imported_again_messages_keep_their_keys(community: Community, tmp_path: Path) -> None:
    path = jetty(tmp_path / "a", {"pier": PIER})
    first = importing.import_archive(community, path)
    keys = {each.key for each in Index(community.pk).latest()}
    importing.undo_import(first)
    importing.import_archive(community, jetty(tmp_path / "b", {"pier": [word(1, "ann")]}, guild="Another", number="78"))
    importing.import_archive(community, path)
    assert keys == {each.key for each in Index(community.pk).latest()} & keys
    assert Index(community.pk).count() == 4


def test_undone_its_words_leave_the_disk(community: Community, tmp_path: Path) -> None:
    importing.import_archive(community, jetty(tmp_path / "a", {"pier": PIER}))
    done = importing.import_archive(community, jetty(tmp_path / "b", {"boats": [word(9, "cho", "canary " * 9)] * 3}))
    importing.undo_import(done)
    Lake(community.pk).vacuum(hours=0)
    for path in community_folder(community.pk).rglob("*"):
        assert path.is_dir() or b"canary" not in path.read_bytes(), path


def test_an_import_is_undone_once(community: Community, tmp_path: Path) -> None:
    done = importing.import_archive(community, jetty(tmp_path / "a", {"pier": PIER}))
    importing.undo_import(done)
    with pytest.raises(AlreadyDone):
        importing.undo_import(done)


def test_newer_words_are_a_change(community: Community, tmp_path: Path, trouble: Trouble) -> None:
    importing.import_archive(community, jetty(tmp_path / "a", {"pier": PIER}))
    newer = jetty(tmp_path / "b", {"pier": [*PIER[:2], word(3, "ann", "No more planks", edited=60)]})
    done = importing.import_archive(community, newer)
    assert (done.added, done.already, done.changed) == (0, 2, 1)
    assert Index(community.pk).latest(limit=1)[0].text == "No more planks"
    older = importing.import_archive(community, jetty(tmp_path / "c", {"pier": PIER}))
    assert (older.changed, Index(community.pk).latest(limit=1)[0].text) == (0, "No more planks")
    importing.undo_import(done)
    assert Index(community.pk).latest(limit=1)[0].text == "Only two more planks are needed here"
    assert trouble(community) == []


def test_progress_is_told_from_reading_to_done(community: Community, tmp_path: Path) -> None:
    told: list[str] = []
    importing.import_archive(
        community, jetty(tmp_path / "a", {"pier": PIER}), progress=lambda row: told.append(row.state)
    )
    assert list(dict.fromkeys(told)) == ["reading", "settling", "done"]


def test_names_and_addresses_may_be_given(community: Community, tmp_path: Path) -> None:
    path = jetty(tmp_path / "a", {"pier": PIER})
    importing.import_archive(community, path, name="Our jetty", base_url="https://jetty.example.org")
    source = Source.objects.get()
    assert (source.name, source.base_url) == ("Our jetty", "https://jetty.example.org")


def test_an_archive_of_another_format_is_refused_for_a_source(community: Community, tmp_path: Path) -> None:
    other = Source.objects.create(community=community, connector="slack", native="x", name="Slack")
    with pytest.raises(ThirdplaceError, match="Slack is none"):
        importing.import_archive(community, jetty(tmp_path / "a", {"pier": PIER}), source=other)
    assert Import.objects.count() == 0


def test_what_cannot_be_recognised_leaves_no_import(community: Community, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear all")
    with pytest.raises(ThirdplaceError):
        importing.import_archive(community, tmp_path / "letter.txt")
    assert Import.objects.count() == 0


def test_a_source_never_stands_without_an_import(community: Community, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON channels_import BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    with pytest.raises(IntegrityError):
        importing.import_archive(community, jetty(tmp_path / "a", {"pier": PIER}))
    assert Source.objects.count() == 0


def test_a_mistake_of_ours_leaves_nothing_and_is_said(
    community: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    def breaks(self: Discord, *_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Discord, "columns", breaks)
    with pytest.raises(ZeroDivisionError):
        importing.import_archive(community, jetty(tmp_path / "a", {"pier": PIER}))
    row = Import.objects.get()
    assert (row.state, row.what) == (Import.State.FAILED, "The import ended by a mistake of ours: ZeroDivisionError.")
    assert (Source.objects.count(), Lake(community.pk).version(), trouble(community)) == (0, -1, [])


def test_stopped_it_leaves_nothing_and_says_so(community: Community, tmp_path: Path, trouble: Trouble) -> None:
    def stops(row: Import) -> None:
        if row.found:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.import_archive(community, jetty(tmp_path / "a", {"pier": PIER}), progress=stops)
    row = Import.objects.get()
    assert (row.state, row.what) == (
        Import.State.FAILED,
        "The import of a was interrupted, and nothing of it was kept.",
    )
    assert trouble(community) == []


def test_broken_text_and_strange_names_are_taken_in(community: Community, tmp_path: Path, trouble: Trouble) -> None:
    strange = "half \ud83d of a \x00 picture \u202e"
    path = jetty(tmp_path / "a", {"pier": [word(1, "ann", strange, name=strange), word(2, "ben", "x" * 300_000)]})
    done = importing.import_archive(community, path)
    assert done.added == 2
    texts = {each.text for each in Index(community.pk).latest()}
    assert texts == {"x" * 300_000, "half ? of a \x00 picture \u202e"}
    assert trouble(community) == []


def test_one_wrong_clock_does_not_make_a_source_known_for_years(community: Community, tmp_path: Path) -> None:
    late = {**word(5, "ben"), "timestamp": "2190-01-01T00:00:00+00:00"}
    importing.import_archive(community, jetty(tmp_path / "a", {"pier": [*PIER, late]}))
    known = Source.objects.get().known_until
    assert known is not None
    assert known.year < 2190


def test_the_figures_of_a_source(community: Community, tmp_path: Path) -> None:
    liked = word(
        9,
        "cho",
        reactions=[
            {"emoji": {"id": "", "name": "👍", "code": "+1"}, "count": 1, "users": [{"id": "9", "name": "dee"}]}
        ],
    )
    importing.import_archive(community, jetty(tmp_path / "a", {"pier": PIER, "boats": [liked]}))
    (told,) = figures(community)
    assert told == {
        "id": Source.objects.get().pk, "name": "The Jetty", "connector": "discord", "channels": 2, "identities": 4,
        "activities": 5, "messages": 4, "reactions": 1, "threads": 0, "first_at": BEGIN + timedelta(minutes=1),
        "last_at": BEGIN + timedelta(minutes=9),
    }  # fmt: skip


def test_two_communities_are_kept_apart(community: Community, tmp_path: Path, trouble: Trouble) -> None:
    other = Community.objects.create(name="Other", slug="other")
    path = jetty(tmp_path / "a", {"pier": PIER})
    importing.import_archive(community, path)
    importing.import_archive(other, path)
    assert Member.objects.filter(community=other).count() == 2
    importing.undo_import(Import.objects.get(community=community))
    assert (Index(community.pk).count(), Index(other.pk).count()) == (0, 3)
    assert trouble(other) == []

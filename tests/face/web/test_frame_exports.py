"""Bringing exports: dropped in pieces or pointed at, recognised, asked about once, read, taken back."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from doorstep import RECORDED
from thirdplace.face.web.models import Offer
from thirdplace.face.web.views.uploads import called, exports
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.lake.folders import uploads_folder
from thirdplace.foundation.members.models import Community, Member

BATCH = "0123456789abcdef" * 2
STREAM = "application/octet-stream"


@pytest.fixture
def zipped(tmp_path: Path) -> Path:
    """The recorded workspace as one zip."""
    return Path(shutil.make_archive(str(tmp_path / "seeds"), "zip", RECORDED / "slack"))


def send(client: Client, file: Path, size: int = 2_000) -> None:
    """Send a file in pieces, one of them twice, as a browser does after a lost answer."""
    body, at = file.read_bytes(), 0
    while at < len(body):
        piece = body[at : at + size]
        address = f"/uploads/{BATCH}?name={file.name}&at={at}"
        answer = client.post(address, piece, content_type=STREAM)
        assert client.post(address, piece, content_type=STREAM).json() == answer.json()
        at = answer.json()["there"]
    assert client.post(f"/uploads/{BATCH}/whole").status_code == 204


def test_a_dropped_file_is_recognised_asked_about_once_and_read(
    steward: Client, zipped: Path, work: Callable[[], int]
) -> None:
    """The whole way from the first drop to a home that is Today."""
    send(steward, zipped)
    offer = Offer.objects.get()
    assert (offer.connector, offer.name, offer.begun) == ("slack", "seeds.zip", False)
    page = steward.get("/first-run").content.decode()
    assert "In which time zone is its day?" in page
    wrong = steward.post("/offers/begin", {"name": "Mill Lane", "zone": "Europe/Nowhere"})
    assert (wrong.status_code, Job.objects.count()) == (422, 0)
    steward.post("/offers/begin", {"name": "Mill Lane", "zone": "Europe/Amsterdam"})
    community = Community.objects.get()
    assert (community.name, community.slug, community.zone) == ("Mill Lane", "mill-lane", "Europe/Amsterdam")
    assert "waits its turn" in steward.get("/first-run/files").content.decode()
    assert work() == 1
    page = steward.get("/first-run").content.decode()
    assert "Your community is in" in page
    assert "every 2s" not in page
    assert Import.objects.get().state == Import.State.DONE
    assert not list(uploads_folder(community.pk).rglob("*.zip"))
    assert steward.get("/")["Location"] == "/today"


def test_a_second_export_begins_at_once(steward: Client, house: Community, zipped: Path) -> None:
    """Name and zone are known; nothing is asked again."""
    steward.post("/offers", {"path": str(zipped)})
    assert Offer.objects.get().begun
    assert Job.objects.get().given["path"] == str(zipped)


def test_a_dropped_folder_goes_when_it_has_been_read(
    steward: Client, house: Community, work: Callable[[], int]
) -> None:
    """All of it, and what lies beside it stays."""
    for file in sorted((RECORDED / "slack").rglob("*.json")):
        name = f"mill lane/{file.relative_to(RECORDED / 'slack').as_posix()}"
        steward.post(f"/uploads/{BATCH}?name={quote(name)}&at=0", file.read_bytes(), content_type=STREAM)
    steward.post(f"/uploads/{BATCH}/whole")
    assert Offer.objects.get().name == "mill lane"
    assert work() == 1
    assert Import.objects.order_by("-pk")[0].added == 0
    assert not [path for path in uploads_folder(house.pk).rglob("*") if path.is_file()]


def test_what_cannot_be_read_is_said_and_not_kept(steward: Client, tmp_path: Path) -> None:
    """With what it would need; our copy goes, the steward's own file stays."""
    film = tmp_path / "IMG_2231.mov"
    film.write_bytes(b"\0" * 5_000)
    send(steward, film)
    page = steward.get("/first-run").content.decode()
    assert "Not something we can read" in page
    assert "DiscordChatExporter" in page
    assert not list(uploads_folder(Community.objects.get().pk).rglob("*.mov"))
    steward.post("/offers", {"path": str(film)})
    assert film.exists()


def test_what_was_dropped_beside_something_unreadable_is_read(
    steward: Client, house: Community, zipped: Path, work: Callable[[], int]
) -> None:
    """Each file is taken or left for itself; leaving one out leaves the others."""
    steward.post(f"/uploads/{BATCH}?name=IMG_2231.mov&at=0", b"\0" * 5_000, content_type=STREAM)
    steward.post(f"/uploads/{BATCH}?name=zz.mov&at=0", b"\0" * 5_000, content_type=STREAM)
    send(steward, zipped)
    assert [one.connector for one in Offer.objects.order_by("name")] == ["", "slack", ""]
    assert steward.get("/first-run").content.decode().count("Not something we can read") == 2
    steward.post(f"/offers/{Offer.objects.get(name='zz.mov').pk}/leave-out")
    assert work() == 1
    assert Import.objects.order_by("-pk")[0].state == Import.State.DONE
    assert not [path for path in uploads_folder(house.pk).rglob("*") if path.is_file()]


def test_a_path_that_is_not_there_is_said(steward: Client, tmp_path: Path) -> None:
    """With the path that was meant."""
    steward.post("/offers", {"path": str(tmp_path / "nothing.zip")})
    assert "nothing.zip." in Offer.objects.get().what


@pytest.mark.parametrize("name", ["../secret", "a/../../b", "/etc/passwd", "..\\..\\x", "", "a//b", "."])
def test_no_name_leads_outside_the_uploads(steward: Client, data_folder: Path, name: str) -> None:
    """Refused, and nothing written."""
    answer = steward.post(f"/uploads/{BATCH}?at=0&name={name}", b"x", content_type=STREAM)
    assert answer.status_code == 400
    assert not [path for path in data_folder.rglob("*") if path.is_file()]


def test_a_batch_has_a_plain_number(steward: Client, data_folder: Path) -> None:
    """It names a folder."""
    assert steward.post("/uploads/..?name=x&at=0", b"x", content_type=STREAM).status_code in (400, 404)


def test_loose_files_of_one_kind_are_one_export(tmp_path: Path) -> None:
    """Forty-one channels dropped together are one guild; an archive beside them is its own."""
    for name in ("a.json", "b.json", "c.JSON", "one.xml", "more.zip"):
        (tmp_path / name).write_text("{}")
    found = exports(tmp_path)
    assert [path.name for path in found] == ["files.json", "more.zip", "one.xml"]
    assert called(found[0]) == "3 files: a.json, …"
    assert called(found[1]) == "more.zip"


def test_an_import_is_taken_back_from_sources(steward: Client, house: Community, work: Callable[[], int]) -> None:
    """Nothing is left, and the page says so; it cannot be taken back twice."""
    which = Import.objects.get()
    assert "Take this import back" in steward.get("/sources").content.decode()
    steward.post(f"/imports/{which.pk}/undo")
    page = steward.get("/sources").content.decode()
    assert "Being taken back." in page
    assert "every 2s" in page
    assert "HX-Refresh" not in steward.get("/sources/files").headers
    assert work() == 1
    assert steward.get("/sources/files")["HX-Refresh"] == "true"
    assert not Source.objects.exists()
    assert not Member.objects.exists()
    assert "Taken back: nothing of it is left." in steward.get("/sources").content.decode()
    assert steward.post(f"/imports/{which.pk}/undo").status_code == 409


def test_a_failed_reading_says_why_and_can_be_tried_again(
    steward: Client, house: Community, zipped: Path, work: Callable[[], int]
) -> None:
    """A file that has gone since it was offered."""
    steward.post("/offers", {"path": str(zipped)})
    zipped.rename(zipped.with_suffix(".gone"))
    work()
    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    page = steward.get("/sources").content.decode()
    assert "Try again" in page
    assert "2 things need you." in page
    assert ">needs you<" in page
    zipped.with_suffix(".gone").rename(zipped)
    steward.post(f"/jobs/{job.pk}/again")
    assert work() == 1
    assert ">needs you<" not in steward.get("/sources").content.decode()


def test_where_originals_open_is_asked_and_kept(steward: Client, house: Community) -> None:
    """A web address, or nothing."""
    source = Source.objects.get()
    source.base_url = ""
    source.save()
    assert "Where does" in steward.get("/sources").content.decode()
    refused = steward.post(f"/sources/{source.pk}/where", {"base_url": "javascript:alert(1)"})
    assert refused.status_code == 400
    steward.post(f"/sources/{source.pk}/where", {"base_url": "forum.example.org"})
    source.refresh_from_db()
    assert source.base_url == "https://forum.example.org"


def test_a_sources_page_shows_channels_card_and_imports(steward: Client, house: Community) -> None:
    """And of another community's nothing."""
    source = Source.objects.get()
    page = steward.get(f"/sources/{source.pk}").content.decode()
    assert "general" in page
    assert "What it is" in page
    other = Community.objects.create(name="Other", slug="other")
    theirs = Source.objects.create(community=other, connector="slack", native="x", name="Theirs")
    assert steward.get(f"/sources/{theirs.pk}").status_code == 404
    assert steward.post(f"/sources/{theirs.pk}/where", {"base_url": "x.org"}).status_code == 404


def test_hostile_names_are_inert_on_the_first_run(steward: Client, tmp_path: Path) -> None:
    """A file's name, and the name a workspace gives itself."""
    evil = "<img src=x onerror=alert(1)>\u202egnp.exe"
    folder = tmp_path / "x" / evil.replace("/", "")
    shutil.copytree(RECORDED / "slack", folder)
    users = json.loads((folder / "users.json").read_text())
    users[0]["name"] = evil
    (folder / "users.json").write_text(json.dumps(users))
    steward.post("/offers", {"path": str(folder)})
    page = steward.get("/first-run").content.decode()
    assert "<img" not in page
    assert "\u202e" not in page

"""Archives as people have them, and as an attacker makes them."""

import io
import os
import random
import stat
import tarfile
import zipfile
from pathlib import Path

import py7zr
import pytest
from exports import PACKINGS, pack

from thirdplace.foundation.connectors.archive import Archive, names
from thirdplace.foundation.connectors.base import Tally
from thirdplace.foundation.errors import NotFound, ThirdplaceError

FILES = {"a.txt": b"alpha" * 50_000, "deep/b.txt": b"beta", "empty.txt": b""}


def told(archive: Archive) -> Tally:
    tally = Tally()
    archive.tell(tally)
    return tally


def read(archive: Archive, name: str, tally: Tally | None = None) -> bytes:
    with archive.open(name, tally) as stream:
        return b"".join(iter(lambda: stream.read(7_000), b""))


@pytest.mark.parametrize("how", PACKINGS)
def test_the_same_view_of_every_packing(how, tmp_path: Path):
    with Archive(pack(FILES, how, tmp_path), spool=tmp_path / "spool") as archive:
        assert archive.name == "export"
        assert archive.names() == sorted(FILES)
        assert {name: read(archive, name) for name in FILES} == FILES
        assert archive.size("a.txt") == 250_000
        assert archive.head("a.txt", 5) == b"alpha"
        assert "deep/b.txt" in archive
        assert "b.txt" not in archive
        assert told(archive).whole == 250_004
    assert not (tmp_path / "spool").exists() or not list((tmp_path / "spool").iterdir())


def test_what_was_fetched_twice_is_known_by_one_name():
    told = ("a.stackexchange.com (1).7z", "Mill Slack export(12).zip", "the (old) mill.tar.gz", "(1).zip")
    assert [*map(names.bare, told)] == ["a.stackexchange.com", "Mill Slack export", "the (old) mill", "(1)"]


def test_a_single_file_is_its_own_archive(tmp_path: Path):
    (tmp_path / "one.json").write_bytes(b"{}")
    with Archive(tmp_path / "one.json") as archive:
        assert (archive.name, archive.names(), read(archive, "one.json")) == ("one", ["one.json"], b"{}")


def test_a_single_packed_file_is_unpacked(tmp_path: Path):
    import gzip

    (tmp_path / "one.json.gz").write_bytes(gzip.compress(b"{}"))
    with Archive(tmp_path / "one.json.gz", spool=tmp_path / "spool") as archive:
        assert (archive.names(), read(archive, "one.json")) == (["one.json"], b"{}")


def test_what_a_desktop_leaves_behind_is_nobodys(tmp_path: Path):
    files = FILES | {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "deep/Thumbs.db": b"x"}
    with Archive(pack(files, "zip", tmp_path)) as archive:
        assert archive.names() == sorted(FILES)
        assert not told(archive).skipped


def test_nothing_there_is_said_as_that(tmp_path: Path):
    with pytest.raises(NotFound) as error:
        Archive(tmp_path / "nowhere.zip")
    assert "nowhere.zip" in error.value.what


EVIL = ["../outside.txt", "/etc/outside.txt", "C:\\outside.txt", "a/../../outside.txt", "..\\outside.txt"]


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("how", ["zip", "tar"])
def test_a_name_that_leads_outside_is_refused_and_the_rest_is_read(how, evil, tmp_path: Path):
    path = tmp_path / f"evil.{how}"
    if how == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(evil, "x")
            archive.writestr("good.txt", "y")
    else:
        with tarfile.open(path, "w") as tar:
            for name in (evil, "good.txt"):
                info = tarfile.TarInfo(name)
                info.size = 1
                tar.addfile(info, io.BytesIO(b"y"))
    with Archive(path, spool=tmp_path / "spool") as archive:
        assert archive.names() == ["good.txt"]
        assert told(archive).skipped == {names.OUTSIDE: 1}
    assert not list(tmp_path.rglob("outside*"))


def test_a_7z_that_leads_outside_is_refused(tmp_path: Path):
    with py7zr.SevenZipFile(tmp_path / "evil.7z", "w") as seven:
        seven.writef(io.BytesIO(b"y"), "good.txt")
        seven.writef(io.BytesIO(b"x"), "bad.txt")
        seven.header.files_info.files[1]["filename"] = "../outside.txt"
    with Archive(tmp_path / "evil.7z", spool=tmp_path / "spool") as archive:
        assert read(archive, "good.txt") == b"y"
        assert names.OUTSIDE in told(archive).skipped
    assert not list(tmp_path.rglob("outside*"))


def test_links_and_devices_are_not_followed(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with zipfile.ZipFile(tmp_path / "links.zip", "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, str(secret))
        archive.writestr("good.txt", "y")
    with tarfile.open(tmp_path / "links.tar", "w") as tar:
        for name, sort in (
            ("link.txt", tarfile.SYMTYPE),
            ("hard.txt", tarfile.LNKTYPE),
            ("pipe", tarfile.FIFOTYPE),
            ("dev", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = sort, str(secret)
            tar.addfile(info)
        info = tarfile.TarInfo("good.txt")
        info.size = 1
        tar.addfile(info, io.BytesIO(b"y"))
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "good.txt").write_text("y")
    (folder / "link.txt").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    for name, refused in (("links.zip", 1), ("links.tar", 4), ("links", 3)):
        with Archive(tmp_path / name, spool=tmp_path / "spool") as archive:
            assert archive.names() == ["good.txt"]
            assert told(archive).skipped == {names.LINK: refused}


@pytest.mark.parametrize("how", ["zip", "tar.xz", "7z"])
def test_a_bomb_stops_at_the_limit(how, tmp_path: Path):
    path = pack({"a.txt": b"0" * 3_000_000, "b.txt": b"0" * 3_000_000}, how, tmp_path)
    assert path.stat().st_size < 20_000
    with pytest.raises(ThirdplaceError) as error, Archive(path, spool=tmp_path / "spool", limit=5_000_000) as archive:
        archive.head("b.txt")
    assert "THIRDPLACE_SPOOL_LIMIT_MB" in error.value.remedy
    assert not (tmp_path / "spool").exists() or not list((tmp_path / "spool").iterdir())


@pytest.mark.parametrize("packed", ["gz", "xz", "bz2"])
def test_zeros_that_nobody_keeps_are_a_bomb_too(packed, tmp_path: Path):
    """A tar goes on behind zeros; unpacked from a few kB, they could take hours."""
    path = tmp_path / f"a.tar.{packed}"
    with tarfile.open(path, f"w:{packed}") as tar:
        tar.addfile(tarfile.TarInfo("a.txt"))
        assert tar.fileobj is not None
        tar.fileobj.write(bytes(12_000_000))
    assert path.stat().st_size < 20_000
    with pytest.raises(ThirdplaceError) as error:
        Archive(path, spool=tmp_path / "spool", limit=5_000_000)
    assert "THIRDPLACE_SPOOL_LIMIT_MB" in error.value.remedy
    assert not list((tmp_path / "spool").iterdir())


def test_what_is_no_file_is_said_and_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ThirdplaceError) as error:
        Archive(tmp_path / "pipe")
    assert "neither a file nor a folder" in error.value.what


@pytest.mark.parametrize("how", ["folder", "tar"])
def test_a_name_that_is_no_text_is_told_as_text(how, tmp_path: Path):
    strange = os.fsdecode(b"n\xff.txt")
    with Archive(pack({strange: b"alpha", "b.txt": b""}, how, tmp_path, name=os.fsdecode(b"\xfe"))) as archive:
        assert (archive.name, archive.names()) == ("?", ["b.txt", "n?.txt"])
        assert read(archive, "n?.txt") == b"alpha"


def test_a_file_larger_than_is_read_says_so(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"0" * 3_000)
    tally = Tally()
    with Archive(tmp_path) as archive, archive.open("a.txt", tally) as stream:
        assert stream.whole(1_000) == b"0" * 1_000
    assert tally.skipped == {names.TOO_LARGE: 1}


def test_a_file_that_unpacks_to_more_than_it_says_is_cut_there(tmp_path: Path):
    path = pack({"a.txt": b"0" * 300_000}, "zip", tmp_path)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (1_000).to_bytes(4, "little")
    path.write_bytes(data)
    tally = Tally()
    with Archive(path) as archive:
        assert len(read(archive, "a.txt", tally)) == 1_000
    assert tally.skipped


def test_too_many_names_are_refused(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(names, "MOST_NAMES", 10)
    with pytest.raises(ThirdplaceError) as error:
        Archive(pack({f"{nth}.txt": b"" for nth in range(11)}, "zip", tmp_path))
    assert "10" in error.value.what


def test_a_name_that_stands_twice_is_read_once(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as archive:
        archive.writestr("a.txt", "first")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "second")
    with Archive(tmp_path / "twice.zip") as archive:
        assert read(archive, "a.txt") == b"first"
        assert told(archive).skipped == {names.TWICE: 1}


def test_a_password_is_said(tmp_path: Path):
    with py7zr.SevenZipFile(tmp_path / "locked.7z", "w", password="gate") as seven:
        seven.writef(io.BytesIO(b"y"), "good.txt")
    with pytest.raises(ThirdplaceError) as error:
        Archive(tmp_path / "locked.7z", spool=tmp_path / "spool")
    assert "password" in error.value.what


@pytest.mark.parametrize("how", ["zip", "tar", "tar.gz", "tar.xz", "tar.bz2"])
def test_of_a_cut_off_archive_what_is_whole_is_read_and_the_loss_is_said(how, tmp_path: Path):
    dice = random.Random(3)
    files = {f"{nth}.txt": dice.randbytes(250_000) for nth in range(9)}
    path = pack(files, how, tmp_path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.75)])
    tally = Tally()
    with Archive(path, spool=tmp_path / "spool") as archive:
        archive.tell(tally)
        heard = {name: read(archive, name, tally) for name in archive.names()}
    whole = [name for name, data in heard.items() if data == files[name]]
    assert len(whole) >= 3
    assert all(files[name].startswith(data) for name, data in heard.items())
    assert names.CUT in tally.skipped


def test_a_cut_off_7z_says_why_nothing_of_it_can_be_read(tmp_path: Path):
    path = pack(FILES, "7z", tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ThirdplaceError) as error:
        Archive(path, spool=tmp_path / "spool")
    assert "7z" in error.value.what


def test_a_zip_that_is_still_being_written_to_is_read_by_what_stands_before_each_file(tmp_path: Path):
    class Pipe(io.RawIOBase):
        """A place that cannot be gone back in: sizes then stand after each file."""

        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, piece) -> int:
            self.data += bytes(piece)
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in FILES.items():
            archive.writestr(name, data)
    (tmp_path / "streamed.zip").write_bytes(pipe.data[: pipe.data.index(b"PK\x01\x02")])
    tally = Tally()
    with Archive(tmp_path / "streamed.zip") as archive:
        archive.tell(tally)
        assert {name: read(archive, name, tally) for name in archive.names()} == FILES
    assert tally.skipped == {names.CUT: 1}


def test_a_wrong_checksum_is_said_and_the_words_are_kept(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", b"alpha beta")
    data = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(data.replace(b"alpha", b"alphA", 1))
    tally = Tally()
    with Archive(tmp_path / "a.zip") as archive:
        assert read(archive, "a.txt", tally) == b"alphA beta"
    assert tally.skipped == {names.CHECKSUM: 1}


def test_utf_16_comes_as_utf_8(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes("Grüße 🌱 ".encode("utf-16") * 1)
    with Archive(tmp_path / "a.txt") as archive:
        assert read(archive, "a.txt").decode().strip("\ufeff") == "Grüße 🌱 "

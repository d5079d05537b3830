"""Files beside the pages: hashed, compressed, kept for ever, and light."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from thirdplace.face.web import static_files
from thirdplace.face.web.templatetags.house import icons

WEB = Path(static_files.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SHEETS = sorted((WEB / "static").rglob("*.css"))
FIRST = 200_000  # bytes over the wire on first load, fonts included


def test_a_file_is_served_by_its_hash_and_never_asked_for_again(visitor: Client) -> None:
    """Compressed for who can read that, whole for who cannot."""
    name = static_files.files().hashed("house.css")
    packed = visitor.get(f"/static/{name}", headers={"accept-encoding": "gzip, br"})
    assert re.fullmatch(r"house\.[0-9a-f]{12}\.css", name)
    assert packed["Cache-Control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(packed.content) == visitor.get(f"/static/{name}").content
    again = visitor.get(f"/static/{name}", headers={"if-none-match": packed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert visitor.get("/static/house.css").status_code == 404
    assert visitor.get("/static/../django_settings.py").status_code == 404


def test_what_a_stylesheet_links_to_is_served(visitor: Client) -> None:
    """Its addresses carry the hash of what they lead to."""
    sheet = visitor.get(f"/static/{static_files.files().hashed('fonts.css')}").content.decode()
    linked = re.findall(r"url\(([^)]+)\)", sheet)
    assert len(linked) == 6
    for address in linked:
        assert visitor.get(f"/static/{address}").status_code == 200


def test_the_first_load_is_light() -> None:
    """Sheets, scripts and the fonts of English, as they go over the wire; a page's own html comes on top."""
    files = static_files.files()
    first = [
        "tokens.css",
        "fonts.css",
        "house.css",
        "charts.css",
        "house.js",
        "charts.js",
        "vendor/htmx.js",
        "icon.svg",
    ]
    first += [f"fonts/{name}-latin-wght-normal.woff2" for name in ("hanken-grotesk", "literata")]
    served = [files.by_hash[files.hashed(name)] for name in first]
    assert sum(len(one.packed or one.body) for one in served) < FIRST - 60_000


def test_pages_go_compressed_to_who_can_read_that(visitor: Client) -> None:
    """A few kilobytes each."""
    packed = visitor.get("/welcome", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert b"<h1>" in gzip.decompress(packed.content)
    assert b"<h1>" in visitor.get("/welcome").content


def test_the_sheet_of_the_house_stays_small() -> None:
    """What passes 32 KB has become a page's own."""
    assert (WEB / "static" / "house.css").stat().st_size <= 32 * 1024


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_no_template_has_script_or_style_of_its_own(path: Path) -> None:
    """Our policy would refuse it; and every icon and file it names is there."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|javascript:|<script(?![^>]*\ssrc=)", text)
    assert "hx-on" not in text
    for name in re.findall(r"{%\s*icon\s+[\"']([^\"']+)[\"']", text):
        assert name in icons()
    for name in re.findall(r"{%\s*static\s+[\"']([^\"']+)[\"']", text):
        assert static_files.files().hashed(name) != name, f"{name} is not there"


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_sheets_use_our_tokens_and_our_machine_only(path: Path) -> None:
    """No colour outside tokens.css, nothing from elsewhere, no side that only left-to-right has."""
    text = re.sub(r"url\(\"data:[^\"]*\"\)|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "http" not in text
    if path.name in ("tokens.css", "fonts.css"):
        return
    assert not re.search(r"#[0-9a-f]{3,6}\b(?![^{]*\{)", re.sub(r"light-dark\([^)]*\)|color-mix\([^)]*\)", "", text))
    assert not re.search(r"(margin|padding|border)-(left|right)", text)

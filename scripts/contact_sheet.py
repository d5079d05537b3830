"""Every page of the demo on one sheet: phone and wide, light and dark, in three languages.

    python scripts/contact_sheet.py FOLDER [--data DEMO] [--languages en,nl,sv] [--only today,members]

Makes the demo (or serves the one in --data), goes through every page in a real browser, and writes into FOLDER a
picture of each, index.html with all of them, and contact-sheet-<language>.png. To be looked at beside the design.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
import contact_states  # noqa: E402 - it lies beside this file

WIDTHS, THEMES, LANGUAGES = (1440, 390), ("light", "dark"), ("en", "nl", "sv")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
TALL = 2600  # pixels of a page that are kept; what lies below is more of the same

# a name, and how one gets there: an address, then perhaps the first link that fits, then perhaps something to open
PAGES: dict[str, tuple[str, ...]] = {
    "today": ("/today",),
    "today-past": ("/today?on=2026-01-05",),
    "today-before": ("/today?on=2001-01-01",),
    "today-more": ("/today?round", "", ".q > details.more > summary"),
    "line": ("/today?round", "", "#q-hand .line > details > summary"),
    "later": ("/today?round", "", ".line.at [data-key=l]"),
    "not-useful": ("/today?round", "", ".line.at [data-key=x]"),
    "stream": ("/stream",),
    "message": ("/stream", "a[href^='/stream/']"),
    "members": ("/members",),
    "member": ("/members", "main a[href^='/members/']"),
    "do": ("/today?round", "main a[href^='/members/']", "", "a[href^='/do/thank_member']"),
    "note": ("/today?round", "main a[href^='/members/']", "", "a[href^='/do/write_note']"),
    "answer": ("/today?round", "main a[href^='/stream/']", "", "a[href^='/do/answer_message']"),
    "measures": ("/measures",),
    "reports": ("/reports",),
    "report": ("/reports/the_week",),
    "measure": ("/measures", "main a[href^='/measures/']"),
    "deeds": ("/deeds",),
    "sources": ("/sources",),
    "source": ("/sources", "main a[href^='/sources/']"),
    "settings": ("/settings",),
    "import-undo": ("/sources", "", ".imp details:has(form) > summary"),
    "found": ("/palette?q=map",),
    "palette": ("/settings", "", "[data-palette]"),
    "more": ("/more",),
    "keys": ("/today", "", "body"),
    "not-found": ("/nowhere",),
}
OUTSIDE = {"welcome": "/welcome", "owner": "/owner", "first-run": "/first-run", "login": "/login"}
LAST = {"today-done": ("/today",)}  # after every line has been answered
KEYS = {"keys": "?"}  # pressed when one is there


@contextmanager
def served(*command: str, data: Path) -> Iterator[tuple[str, int]]:
    """Thirdplace on a free port, until the block ends: its address, its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "thirdplace", *command, "--port", str(port), "--data", str(data)]
    running = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        at = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{at}/health", timeout=2).close()
                break
            except OSError:
                if running.poll() is not None:
                    raise SystemExit("Thirdplace ended before it answered.") from None
                time.sleep(0.2)
        yield at, running.pid
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(20)


def go(page: Page, at: str, way: tuple[str, ...]) -> bool:
    """Go to a page; False when its way is not there."""
    page.goto(at + way[0])
    for nth, step in enumerate(way[1:]):
        found = page.locator(f"{step}:visible").first if step else None
        if found is None:
            continue
        if not found.count():
            return False
        if nth == 1:
            found.click()
        else:
            page.goto(at + str(found.get_attribute("href")))
    page.wait_for_timeout(350)
    return True


def shoot(browser: Browser, at: str, pages: dict[str, tuple[str, ...]], folder: Path, language: str) -> list[Path]:
    """A picture of every page in one language."""
    taken = []
    for context, end in _contexts(browser, language):
        page = context.new_page()
        for name, way in pages.items():
            if not go(page, at, way):
                print(f"not found: {name} ({language}, {end})", file=sys.stderr)
                continue
            if name in KEYS:
                page.keyboard.press(KEYS[name])
            taken.append(_picture(page, folder / f"{language}-{name}-{end}.png"))
    return taken


def states(browser: Browser, folder: Path, scratch: Path, languages: list[str], only: set[str]) -> list[Path]:
    """A picture, in every language, of each state that a house of one's own goes through."""
    taken: list[Path] = []
    with served("serve", data=scratch / "own") as (at, process):

        def each(
            name: str, path: str, *, inside: BrowserContext | None = None, then: Callable[[Page], object] | None = None
        ) -> None:
            if name not in only:
                return
            known = inside.storage_state() if inside else None
            for language in languages:
                for context, end in _contexts(browser, language, known):
                    page = context.new_page()
                    page.goto(at + path)
                    if then:
                        then(page)
                    page.wait_for_timeout(350)
                    taken.append(_picture(page, folder / f"{language}-{name}-{end}.png"))

        contact_states.walk(browser, at, process, contact_states.exports(scratch / "exports"), only, each)
    return taken


def _contexts(browser: Browser, language: str, known: Any = None) -> Iterator[tuple[BrowserContext, str]]:
    """A visitor for every width and theme, with what their pictures are called by. known: the cookies they bring."""
    for width in WIDTHS:
        for theme in THEMES:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if theme == "dark" else "light",
                locale=language,
                timezone_id="Europe/Oslo",
                storage_state=known,
            )
            yield context, f"{width}-{theme}"
            context.close()


def _picture(page: Page, file: Path) -> Path:
    """The page as it stands, whole; only the screen while a dialog is open."""
    page.evaluate("scrollTo(0, 0)")
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALL)
    fixed = bool(page.locator("dialog[open]").count())
    width = int(page.evaluate("innerWidth"))
    if width < 600 and not fixed:  # the bar at its foot stands below what it covers
        page.set_viewport_size({"width": width, "height": height})
    page.screenshot(
        path=file, full_page=not fixed, clip=None if fixed else {"x": 0, "y": 0, "width": width, "height": height}
    )
    return file


def lay(browser: Browser, folder: Path, taken: list[Path], language: str) -> None:
    """All pictures of a language on one sheet."""
    names = list(dict.fromkeys(file.name.split("-", 1)[1].rsplit("-", 2)[0] for file in taken))
    rows = []
    for name in names:
        cells = "".join(
            f'<span class="{"wide" if "-1440-" in file.name else "phone"}"><img src="{file.as_uri()}"></span>'
            for file in taken
            if file.name.split("-", 1)[1].rsplit("-", 2)[0] == name
        )
        rows.append(f"<section><h2>{escape(name)}</h2><div>{cells}</div></section>")
    style = (
        "body { font: 15px sans-serif; margin: 24px; background: #ddd; columns: 2; column-gap: 32px }"
        "section { break-inside: avoid; margin-bottom: 20px } h2 { margin: 0 0 6px; font-size: 17px }"
        "div { display: flex; gap: 8px; align-items: start } span { overflow: hidden; height: 400px }"
        ".wide { width: 420px } .phone { width: 160px } img { width: 100%; display: block }"
    )
    sheet = folder / f"contact-sheet-{language}.html"
    sheet.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(rows)}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 2460, "height": 900})
    page.goto(sheet.as_uri())
    page.screenshot(path=folder / f"contact-sheet-{language}.png", full_page=True)
    page.close()


def main() -> None:
    """Make the sheets."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--data", type=Path, help="the demo's data folder; otherwise one is made and thrown away")
    asked.add_argument("--languages", default=",".join(LANGUAGES))
    asked.add_argument("--only", default="", help="names of pages, with commas")
    given = asked.parse_args()
    only = set(filter(None, given.only.split(",")))
    pages = {name: way for name, way in PAGES.items() if not only or name in only}
    last = {name: way for name, way in LAST.items() if not only or name in only}
    passing = {name for name in contact_states.NAMES if not only or name in only}
    given.folder.mkdir(parents=True, exist_ok=True)
    languages = given.languages.split(",")
    taken: dict[str, list[Path]] = {language: [] for language in languages}
    os.environ.pop("THIRDPLACE_DATA", None)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        found = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=found, args=ARGS)
        if passing:
            for file in states(browser, given.folder, Path(scratch), languages, passing):
                taken[file.name.split("-", 1)[0]].append(file)
        if pages or last:
            with served("demo", data=given.data or Path(scratch) / "demo") as (at, _):
                for language in languages:
                    taken[language] += shoot(browser, at, pages, given.folder, language)
                if last and given.data is None:
                    contact_states.answer_all(browser, at)
                    for language in languages:
                        taken[language] += shoot(browser, at, last, given.folder, language)
        for language in languages:
            lay(browser, given.folder, taken[language], language)
        browser.close()
    print(f"{sum(map(len, taken.values()))} pictures in {given.folder}")


if __name__ == "__main__":
    main()

"""The first visit, by somebody who reads nothing: a file dropped on the welcome page; and a look around first."""

import base64
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import lock_keepers
from doorstep import PASSWORD
from lock_house import serving

pytestmark = pytest.mark.browser
DROP = """([name, packed]) => {
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0)), moved = new DataTransfer();
  moved.items.add(new File([bytes], name, { type: "application/zip" }));
  const into = { dataTransfer: moved, bubbles: true, cancelable: true };
  for (const sort of ["dragenter", "dragover", "drop"])
    document.querySelector(".drop").dispatchEvent(new DragEvent(sort, into));
}"""


@pytest.fixture
def door(browser: Browser, tmp_path: Path) -> Iterator[tuple[str, Page, Path]]:
    """A new house, its first visitor at the welcome, and where it keeps everything."""
    with serving(tmp_path / "data") as address:
        context = browser.new_context(
            locale="en-GB", timezone_id="Europe/Amsterdam", viewport={"width": 1440, "height": 900}
        )
        page, broken = context.new_page(), []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda told: broken.append(told.text) if "Content Security" in told.text else None)
        page.goto(address)
        yield address, page, tmp_path / "data"
        context.close()
        assert broken == []


def test_a_file_dropped_on_the_welcome_is_read_once_there_is_an_account(
    door: tuple[str, Page, Path], tmp_path: Path
) -> None:
    address, page, data = door
    archive = lock_keepers.export(tmp_path / "locks.zip")
    page.evaluate(DROP, [archive.name, base64.b64encode(archive.read_bytes()).decode()])
    expect(page.get_by_role("heading", name="Who looks after this house?")).to_be_visible()
    expect(page.locator("[data-names]")).to_contain_text("locks.zip")
    expect(page.get_by_label("Your name")).to_be_focused()
    assert Axe().run(page).response["violations"] == []
    assert not (data / "communities").exists()
    page.get_by_label("Your name").fill("Marit Oosterveld")
    page.get_by_label("A password").fill("short")
    page.keyboard.press("Enter")
    expect(page.locator("#password-error")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Marit Oosterveld")
    page.get_by_label("A password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("What is your community called?").fill("Lock Keepers")
    page.get_by_role("button", name="Read it").click()
    _until(page, f"{address}/today", "Noor Haddad")


def test_files_that_were_not_meant_are_let_go(door: tuple[str, Page, Path], tmp_path: Path) -> None:
    _, page, _ = door
    page.locator("input[type=file]").set_input_files(lock_keepers.export(tmp_path / "locks.zip"))
    page.get_by_role("button", name="Not these files").click()
    expect(page.get_by_role("heading", name="Who needs you today?")).to_be_visible()
    expect(page.locator("input[type=file]")).to_be_focused()


def test_one_looks_around_and_begins_with_one_s_own(door: tuple[str, Page, Path]) -> None:
    _, page, data = door
    page.get_by_role("button", name="Open Hedgerow").click()
    expect(page.get_by_role("heading", name="Making Hedgerow")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.wait_for_url("**/today", timeout=120_000)
    expect(page.get_by_text("Hedgerow is invented:")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("link", name="Begin with your own").click()
    page.get_by_label("Your name").fill("Marit Oosterveld")
    page.get_by_label("A password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Give us what you have")).to_be_visible()
    assert list((data / "communities").iterdir()) == []


def _until(page: Page, address: str, words: str) -> None:
    """Load a page until it says something."""
    for _ in range(120):
        page.goto(address)
        if page.get_by_text(words).count():
            return
        time.sleep(0.5)
    raise AssertionError(f"{address} never says {words}")

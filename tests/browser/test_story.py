"""The story of the house, in each language: from a dropped file to a worked Today, and down to a message."""

import base64
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
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


@pytest.fixture(params=["en", "nl", "sv"])
def first(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[tuple[str, str, Page]]:
    """The first visitor of a new house, with their language and its address."""
    with serving(tmp_path / "data") as address:
        context = browser.new_context(
            locale=request.param, timezone_id="Europe/Amsterdam", viewport={"width": 1440, "height": 900}
        )
        yield request.param, address, context.new_page()
        context.close()


def test_from_a_dropped_file_to_the_message_behind_a_number(first: tuple[str, str, Page], tmp_path: Path) -> None:
    language, address, page = first
    _come_in(page, address)
    _drop(page, lock_keepers.export(tmp_path / "locks.zip"))
    _until_today_knows(page, address, "Noor Haddad")
    expect(page.locator("html")).to_have_attribute("lang", language)
    _answer_and_undo(page)
    _from_a_measure_to_a_message(page, address)


def _come_in(page: Page, address: str) -> None:
    """The first visitor makes the owner's account."""
    page.goto(address)
    page.locator("main a[href='/owner']").click()
    page.locator("#name").fill("Marit Oosterveld")
    page.locator("#password").fill(PASSWORD)
    page.locator("form .b.main").click()
    expect(page.locator(".drop").first).to_be_visible()


def _drop(page: Page, archive: Path) -> None:
    """The export is dropped on the page, the community named, and reading begins."""
    page.evaluate(DROP, [archive.name, base64.b64encode(archive.read_bytes()).decode()])
    page.locator("#community-name").fill("Lock Keepers")
    expect(page.locator("#community-zone")).to_have_value("Europe/Amsterdam")
    page.locator("#asks .b.main").click()


def _until_today_knows(page: Page, address: str, who: str) -> None:
    """Reading takes a few seconds; Today then knows who waits."""
    for _ in range(120):
        page.goto(f"{address}/today")
        if page.locator(".line[data-line]", has_text=who).count():
            return
        time.sleep(0.5)
    raise AssertionError(f"{who} is not found waiting")


def _answer_and_undo(page: Page) -> None:
    """The newcomer who waits is answered, seen resting; undone, they wait again."""
    noor = page.locator(".line", has_text="Noor Haddad")
    expect(noor).to_contain_text("The upper gate sticks half way")
    noor.locator("textarea").fill("Hello Noor, turn the wheel by the hut first.")
    noor.locator("button[value=do]").click()
    rest = page.locator(".line.rest", has_text="Noor Haddad")
    expect(rest).to_be_visible()
    expect(page.locator(".toast")).to_be_visible()
    page.reload()
    expect(rest).to_be_visible()
    rest.get_by_role("button").click()
    expect(page.locator(".line[data-line]", has_text="Noor Haddad")).to_be_visible()


def _from_a_measure_to_a_message(page: Page, address: str) -> None:
    """A measure is opened down to the message behind it."""
    page.goto(f"{address}/measures")
    page.locator("a.m[href*='/newcomers']").click()
    page.locator("#which summary").click()
    expect(page.locator("#which a[href*='/rows']").last).to_be_visible()
    page.goto(f"{address}/measures/newcomers/rows?grain=month&on=2026-10-01")
    row = page.locator("tbody tr", has_text="Noor Haddad")
    row.locator("td.words a").click()
    expect(page.locator("#focus")).to_contain_text("I do not want to force it")

"""Searching by keyboard: to the field, through what was found, into the thread, and a view kept and taken back."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_searching_needs_no_pointer(page: Page, locks: str) -> None:
    page.goto(f"{locks}/stream")
    page.keyboard.press("/")
    expect(page.locator("main [type=search][name=q]")).to_be_focused()
    page.keyboard.type('"upper gate" heron')
    page.keyboard.press("Enter")
    page.wait_for_url("**/stream?q=*")
    expect(page.locator(".msg mark").first).to_have_text("heron")
    found = page.locator(".msg")
    assert found.count() > 2
    page.keyboard.press("j")
    expect(found.first).to_be_focused()
    page.keyboard.press("j")
    expect(found.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("j")
    second = found.nth(1).get_attribute("data-pane")
    page.keyboard.press("Enter")
    expect(found.nth(1)).to_have_attribute("aria-current", "true")
    expect(page.locator("#thread #focus mark").first).to_be_visible()
    assert f"m={second}" in page.url

    page.get_by_role("button", name="Keep this view").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#view-name")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Herons at the gate")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stream/views/*")
    tab = page.locator(".views [aria-current=page]")
    expect(tab).to_have_text("Herons at the gate")
    page.locator("h1").click()
    page.keyboard.press("z")
    page.wait_for_url("**/stream")
    expect(page.locator(".views", has_text="Herons at the gate")).to_have_count(0)


def test_from_the_palette_to_all_that_was_found(page: Page, locks: str) -> None:
    page.goto(f"{locks}/today")
    page.keyboard.press("Control+k")
    page.keyboard.type("windlass")
    last = page.locator("#palette [role=option]").last
    expect(last).to_contain_text("messages in search")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stream?q=windlass")
    expect(page.locator(".found b")).to_contain_text("messages")


def test_found_on_a_phone_nothing_overflows(page: Page, locks: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for at in ("/stream?q=heron", "/stream?q=zeppelin+heron", "/stream?q=" + "w" * 300):
        page.goto(locks + at)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), at
    page.goto(f"{locks}/stream?q=heron")
    page.locator(".msg").first.click()
    page.wait_for_url("**/stream/*?q=heron")
    expect(page.locator("#focus mark").first).to_have_text("heron")

"""Today by keyboard: arrows and letters move, Escape lays a line down, a menu takes the focus and gives it back."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def round_(page: Page, locks: str) -> Page:
    """The round, with its first line in hand."""
    page.goto(f"{locks}/today?round")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    return page


def at(page: Page) -> int:
    """Which of the lines holds the focus."""
    return int(
        page.evaluate(
            "[...document.querySelectorAll('#round .line[data-line]')].indexOf(document.activeElement.closest('.line'))"
        )
    )


def test_arrows_and_letters_move_between_lines(round_: Page) -> None:
    assert round_.locator("#round .line[data-line]").count() >= 2
    round_.keyboard.press("k")
    first = at(round_)
    for key, nth in (
        ("ArrowDown", first + 1),
        ("ArrowUp", first),
        ("j", first + 1),
        ("ArrowDown", first + 1),
        ("k", first),
    ):
        round_.keyboard.press(key)
        assert at(round_) == nth, key


def test_escape_leaves_a_field_and_then_lays_the_line_down(round_: Page) -> None:
    line = round_.locator("#round .line[data-line]").nth(at(round_))
    if line.locator("details").first.get_attribute("open") is None:
        round_.keyboard.press("Enter")
    line.locator("textarea").focus()
    round_.keyboard.press("Escape")
    expect(line.locator("summary").first).to_be_focused()
    expect(line.locator("details[name=line]")).to_have_attribute("open", "")
    round_.keyboard.press("Escape")
    expect(line.locator("details[name=line]")).not_to_have_attribute("open", "")
    expect(line.locator("summary").first).to_be_focused()


@pytest.mark.parametrize("key", ["l", "x"])
def test_a_menu_takes_the_focus_and_gives_it_back(round_: Page, key: str) -> None:
    round_.keyboard.press(key)
    choices = round_.locator(":popover-open button")
    expect(choices.first).to_be_focused()
    round_.keyboard.press("ArrowDown")
    expect(choices.nth(1)).to_be_focused()
    round_.keyboard.press("Escape")
    expect(round_.locator(":popover-open")).to_have_count(0)
    expect(round_.locator("#round .line.at")).to_have_count(1)


def test_a_text_is_copied_as_it_stands(round_: Page, locks: str) -> None:
    round_.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=locks)
    line = round_.locator("#round .line.at")
    line.locator("textarea").fill("Turn it by hand, Noor.")
    line.locator("[data-copy]").click()
    expect(round_.locator(".toast")).to_contain_text("Copied.")
    assert round_.evaluate("navigator.clipboard.readText()") == "Turn it by hand, Noor."

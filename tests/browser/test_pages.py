"""Every page can be used by everybody: no finding of axe by day or night, wide or on a phone; and by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
ADDRESSES = (
    "/today", "/today?on=2026-10-12", "/stream", "/stream?q=heron&since=90&language=en", "/stream?q=zeppelin",
    "/members", "/members?view=to-mark", "/measures", "/measures?grain=month", "/measures/messages",
    "/measures/time_to_first_response?back=all", "/measures/first_reply_share?grain=week",
    "/measures/active_members?staff=with&grain=day", "/measures/messages/rows", "/deeds", "/reports",
    "/reports/the_week",
)  # fmt: skip
OPENED = {
    "/today": [".pickday summary", ".more > summary", "[popovertarget^=later]"],
    "/stream": [".filters details:nth-of-type(2) summary"],
    "/measures/messages": ["#which summary", ".whom summary"],
    "/deeds": [".deedrow summary"],
}


def findings(page: Page) -> list[tuple[str, str]]:
    return [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]


def sound(page: Page, where: str) -> None:
    """No finding, and nothing that goes over the screen's edge."""
    assert findings(page) == [], where
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_every_page(locks: str, page: Page, theme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    for path in (*ADDRESSES, *named(page, locks)):
        page.goto(locks + path)
        page.wait_for_load_state("networkidle")
        sound(page, path)
        for selector in OPENED.get(path, []):
            page.locator(selector).first.click()
            page.wait_for_load_state("networkidle")
            sound(page, f"{path} {selector}")
            if "popover" in selector:
                page.keyboard.press("Escape")


def named(page: Page, locks: str) -> list[str]:
    """One page of each sort whose address is not known beforehand."""
    page.goto(f"{locks}/stream?q=cottage")
    message = page.locator("a.msg").first.get_attribute("href") or ""
    page.goto(f"{locks}/members?q=oda")
    member = page.locator(".people a.who").first.get_attribute("href") or ""
    number = member.rsplit("/", 1)[1]
    return [message, f"/do/answer_message/{message.rsplit('/', 1)[1]}", member, f"{member}?show=ours",
            f"/do/thank_member/{number}"]  # fmt: skip


def test_text_at_twice_its_size_goes_nowhere_over_the_edge(locks: str, page: Page) -> None:
    page.set_viewport_size({"width": 720, "height": 900})
    for path in ADDRESSES:
        page.goto(locks + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_it_reflows_to_the_narrowest_phone(locks: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for path in (*ADDRESSES, *named(page, locks)):
        page.goto(locks + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_stream_is_gone_through_by_keyboard(locks: str, page: Page) -> None:
    """J, J, enter: the second message stands in its thread, its end in sight."""
    page.goto(f"{locks}/stream")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("a.msg").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(second).to_have_attribute("aria-current", "true")
    expect(page.locator("#focus time")).to_have_attribute(
        "datetime", str(second.locator("time").get_attribute("datetime"))
    )
    expect(page.locator("#focus")).to_be_in_viewport()


def test_the_round_is_gone_through_by_keyboard(locks: str, page: Page) -> None:
    """J, enter, L; then escape, E on the next, Z to take it back."""
    page.goto(f"{locks}/today")
    page.keyboard.press("j")
    noor = page.locator(".line", has_text="Noor Haddad")
    expect(noor.locator("summary").first).to_be_focused()
    page.keyboard.press("l")
    expect(page.locator("[popover]:popover-open")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[popover]:popover-open")).to_have_count(0)
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    oda = page.locator(".line", has_text="Oda Brandt")
    expect(oda.locator("summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(oda.locator("textarea")).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator(".line.rest", has_text="Oda Brandt")).to_be_visible()
    expect(page.locator(".toast")).to_contain_text("Thanked Oda Brandt")
    expect(noor.locator("summary").first).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("Undone")
    expect(page.locator(".line[data-line]", has_text="Oda Brandt")).to_be_visible()


def test_without_script_everything_can_still_be_done(locks: str, page: Page) -> None:
    """Forms and links alone: open a line, answer it, undo it, filter the stream, open the rows of a measure."""
    assert page.context.browser is not None
    plain = page.context.browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    still = plain.new_page()
    still.goto(f"{locks}/today")
    still.locator(".line", has_text="Noor Haddad").locator("button[value=do]").click()
    expect(still.locator(".line.rest", has_text="Noor Haddad")).to_be_visible()
    still.locator(".line.rest", has_text="Noor Haddad").get_by_role("button").click()
    expect(still.locator(".line[data-line]", has_text="Noor Haddad")).to_be_visible()
    still.goto(f"{locks}/stream?q=cottage")
    still.locator("a.msg").first.click()
    expect(still.locator("#focus")).to_contain_text("I do not want to force it")
    still.goto(f"{locks}/measures/messages")
    still.locator("#which summary").click()
    still.locator("#which a").first.click()
    expect(still.locator("table tbody tr").first).to_be_visible()
    plain.close()


def test_a_thread_opens_beside_the_list_where_there_is_room(locks: str, page: Page) -> None:
    page.goto(f"{locks}/stream")
    page.locator("a.msg").nth(4).click()
    expect(page.locator("a.msg").nth(4)).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(r"/stream\?m=-?\d+"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("a.msg").nth(2).click()
    expect(page).to_have_url(re.compile(r"/stream/-?\d+$"))


def test_which_ones_come_into_the_page_when_they_are_asked_for(locks: str, page: Page) -> None:
    page.goto(f"{locks}/measures/messages")
    page.locator("#which summary").click()
    expect(page.locator("#which tbody tr").first).to_be_visible()
    page.locator("details", has_text="How is this counted?").last.locator("summary").click()
    expect(page.locator(".opens pre code")).to_contain_text("SELECT")


def test_members_are_marked_from_the_list(locks: str, page: Page) -> None:
    page.goto(f"{locks}/members?q=greta")
    expect(page.get_by_role("button", name="Mark as staff", exact=True)).to_be_hidden()
    page.get_by_label("Choose Greta Lindqvist").check()
    page.get_by_role("button", name="Mark as staff", exact=True).click()
    expect(page.locator(".people .sub").first).to_have_text("staff")
    page.locator(".toast").get_by_role("button").click()
    expect(page.locator(".people .sub").first).to_have_text("regular")

"""An archive whose every field is hostile, in a real browser: nothing of it runs, asks elsewhere, or breaks a page."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from conftest import PASSWORD

pytestmark = pytest.mark.browser
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
PAGES = (
    "/today", "/stream", "/stream?words=script", "/stream?view=waiting", "/members", "/members?sort=name", "/measures",
    "/measures/newcomers", "/measures/time_to_first_response", "/measures/newcomers/rows", "/deeds", "/sources",
    "/sources/1", "/sources/2", "/sources/3", "/settings", "/first-run", "/more", "/palette?q=script",
)  # fmt: skip
ASKED = (Path(__file__).parent / "asked.js").read_text(encoding="utf-8")
FORBIDDEN, CUT = (f"() => {{ {ASKED}; return {name}(); }}" for name in ("forbidden", "cut"))


class Watch:
    """What a browser did that it should not have."""

    def __init__(self, context, at):
        self.at, self.wrong = at, []
        context.on("request", self._request)
        context.on("dialog", lambda dialog: (self.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(f"error: {error.error}"))

    def _request(self, request):
        if not request.url.startswith((f"{self.at}/", "data:image/")):
            self.wrong.append(f"asked {request.url[:200]}")

    def _console(self, told):
        if told.type == "error" or "Content Security Policy" in told.text:
            self.wrong.append(f"console: {told.text[:300]}")


@pytest.fixture(scope="module")
def page(house, deeds, chromium):
    """The owner's browser, watched."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(15_000)
        opened = context.new_page()
        opened.watch = Watch(context, house.at)
        opened.goto(f"{house.at}/login")
        opened.get_by_label("Your name").fill("Marit")
        opened.get_by_label("Your password").fill(PASSWORD)
        opened.get_by_role("button", name="Come in").click()
        opened.wait_for_url(lambda url: urlsplit(url).path != "/login")
        yield opened
        browser.close()


@pytest.fixture
def watch(page, house):
    """What went wrong during the test; at its end nothing may have."""
    before = json.loads(house.owner("/csp-report").text)["reports"]
    page.watch.wrong.clear()
    yield page.watch
    assert page.watch.wrong == []
    assert json.loads(house.owner("/csp-report").text)["reports"] == before


def look(page, address):
    """Open a page at both widths; what is wrong with it."""
    wrong = []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address, wait_until="load")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{width}: {each}" for each in page.evaluate(CUT)]
    wrong += page.evaluate(FORBIDDEN)
    wrong += ["a script of theirs ran"] if page.evaluate("() => window.__owned !== undefined") else []
    return wrong


def test_every_sort_of_page(page, house, watch):
    assert {path: found for path in PAGES if (found := look(page, f"{house.at}{path}"))} == {}


def test_members_and_what_they_said(page, house, watch):
    members = json.loads(house.script("/api/v1/members?limit=200&sort=spoken").text)["members"]
    messages = json.loads(house.script("/api/v1/messages?limit=100").text)["messages"]
    longest = sorted(messages, key=lambda each: -len(each["text"] or ""))
    paths = [f"/members/{each['id']}" for each in members[:6] + members[60:63]]
    paths += [f"/stream/{each['key']}" for each in longest[:3] + messages[:2]]
    paths += [f"/do/write_note/{members[0]['id']}", f"/do/answer_message/{longest[0]['key']}"]
    assert {path: found for path in paths if (found := look(page, f"{house.at}{path}"))} == {}


def test_every_line_of_today_opened(page, house, watch):
    """One after another, as on a phone."""
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{house.at}/today")
    lines = page.locator("[data-line] > details")
    assert lines.count() > 30
    for nth in range(lines.count()):
        lines.nth(nth).evaluate("one => { one.open = true }")
        assert page.evaluate(CUT) == [], lines.nth(nth).inner_text()[:200]
    page.wait_for_load_state("networkidle")
    assert page.evaluate(CUT) == []
    assert page.evaluate(FORBIDDEN) == []
    assert page.evaluate("() => window.__owned") is None


def test_the_palette_and_which_ones(page, house, watch):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{house.at}/measures/newcomers")
    page.get_by_text("Which ones?").first.click()
    page.wait_for_load_state("networkidle")
    page.goto(f"{house.at}/members")
    page.keyboard.press("Control+k")
    for words in ("script", "onerror", "javascript", "%(", "{{"):
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
        page.wait_for_timeout(350)
    assert page.evaluate(FORBIDDEN) == []
    assert page.evaluate("() => window.__owned") is None


def test_a_deed_done_and_undone_in_the_browser(page, house, watch):
    member = json.loads(house.script("/api/v1/members?name=onerror").text)["members"][0]
    page.goto(f"{house.at}/do/write_note/{member['id']}")
    page.locator("main textarea").first.fill("<img src=x onerror=window.__owned=1> {{ x }} %(who)s")
    page.locator("main form .b.main").first.click()
    page.wait_for_load_state("networkidle")
    assert look(page, f"{house.at}/deeds") == []
    assert look(page, f"{house.at}/members/{member['id']}") == []

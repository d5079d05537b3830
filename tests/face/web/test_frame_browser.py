"""The house in a real browser: dropped exports, keys, the palette, colours, and that everybody can use it."""

import shutil
import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from doorstep import PASSWORD, RECORDED
from lock_house import chromium, serving

pytestmark = pytest.mark.browser
INSIDE = ("/sources", "/sources/1", "/settings", "/more", "/first-run", "/palette?q=a", "/nowhere")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Thirdplace as people run it: web and worker, on a data folder of its own."""
    with serving(tmp_path_factory.mktemp("house")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def inside(house: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> BrowserContext:
    """The owner, inside a house into which they dropped the recorded workspace."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, timezone_id="Europe/Stockholm")
    page = context.new_page()
    page.goto(house)
    expect(page).to_have_url(f"{house}/welcome")
    page.get_by_role("link", name="Make your account first").click()
    page.get_by_label("Your name").fill("Marit Oosterveld")
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    zipped = shutil.make_archive(str(tmp_path_factory.mktemp("exports") / "seeds"), "zip", RECORDED / "slack")
    page.locator("input[type=file]").set_input_files(zipped)
    expect(page.get_by_label("In which time zone is its day?")).to_have_value("Europe/Stockholm")
    page.get_by_label("What is your community called?").fill("Mill Lane")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Your community is in")).to_be_visible(timeout=60_000)
    page.close()
    return context


@pytest.fixture
def page(inside: BrowserContext) -> Iterator[Page]:
    """A page that may not break anything, nor try what the policy forbids."""
    opened, broken = inside.new_page(), []
    opened.on("pageerror", lambda error: broken.append(str(error)))
    opened.on("console", lambda told: broken.append(told.text) if "Content Security Policy" in told.text else None)
    yield opened
    opened.close()
    assert broken == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_everybody_can_use_every_page(house: str, page: Page, theme: str, width: int) -> None:
    """No finding of axe, and no page wider than its screen."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    for path in INSIDE:
        page.goto(f"{house}{path}")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("path", ["/welcome", "/login"])
def test_everybody_can_come_in(house: str, browser: Browser, path: str) -> None:
    """The door, before there is a session."""
    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    page.goto(f"{house}{path}")
    assert Axe().run(page).response["violations"] == []
    page.context.close()


def test_a_file_dropped_on_the_page_is_taken_in(house: str, page: Page) -> None:
    """By a real drop event, with a file that nobody can read."""
    page.goto(f"{house}/first-run")
    moved = page.evaluate_handle(
        """() => { const moved = new DataTransfer();
        moved.items.add(new File([new Uint8Array(9000000)], "IMG_2231.mov")); return moved; }"""
    )
    page.dispatch_event(".drop", "dragenter", {"dataTransfer": moved})
    expect(page.locator(".drop")).to_have_class("drop over")
    page.dispatch_event(".drop", "drop", {"dataTransfer": moved})
    expect(page.get_by_text("Not something we can read")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Take IMG_2231.mov off this list").click()
    expect(page.get_by_text("Not something we can read")).to_have_count(0)


def test_the_palette_is_worked_from_the_keyboard(house: str, page: Page) -> None:
    """It opens, finds, is walked through, goes, and closes."""
    page.goto(f"{house}/settings")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.type("sour")
    chosen = page.locator("#palette [aria-selected=true]")
    expect(chosen).to_contain_text("Sources")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("ArrowDown")
    expect(chosen).to_contain_text("Search the whole stream")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{house}/sources")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_enter_waits_for_what_was_typed(house: str, page: Page) -> None:
    """Whoever types fast does not do what stood there before."""
    page.goto(f"{house}/settings")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette [aria-selected=true]")).to_be_visible()
    page.keyboard.insert_text("sources")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{house}/sources")


def test_a_day_that_is_chosen_sets_the_clock_to_it(house: str, page: Page) -> None:
    """It is not lost because the clock was live."""
    page.goto(f"{house}/settings")
    page.get_by_role("radio", name="Live").check()
    page.get_by_label("The day").fill("2025-03-04")
    expect(page.get_by_role("radio", name="Set to a day")).to_be_checked()


def test_a_new_key_is_in_sight(house: str, page: Page) -> None:
    """It is shown this once: not below the fold."""
    page.goto(f"{house}/settings")
    page.get_by_label("Which script is it for?").fill("nightly")
    page.keyboard.press("Enter")
    expect(page.get_by_label("The key", exact=True)).to_be_in_viewport()


def test_single_letters_help_and_can_be_switched_off(house: str, page: Page) -> None:
    """A letter typed into a field is a letter."""
    page.goto(f"{house}/settings")
    page.get_by_label("Its name").press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Single letters as keys").uncheck()
    page.locator("#you button").click()
    expect(page.get_by_role("status")).to_contain_text("Kept how you read and work here.")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.get_by_label("Single letters as keys").check()
    page.locator("#you button").click()


def test_colours_follow_the_screen_until_one_chooses(house: str, page: Page) -> None:
    """The ground of the page, by day and by night."""
    page.goto(f"{house}/settings")
    ground = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) != light
    page.get_by_label("Light", exact=True).check()
    page.locator("#you button").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.evaluate(ground) == light
    page.get_by_label("As the screen", exact=True).check()
    page.locator("#you button").click()


@pytest.mark.parametrize(("language", "words"), [("nl", "Nederlands"), ("sv", "Svenska")])
def test_the_door_speaks_three_languages(house: str, browser: Browser, language: str, words: str) -> None:
    """By the browser's wish, and by a button."""
    context = browser.new_context(locale=language)
    page = context.new_page()
    page.goto(f"{house}/login")
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name=words).click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    context.close()


def test_an_import_is_taken_back_in_the_browser(house: str, inside: BrowserContext, page: Page) -> None:
    """Asked for with what goes, said by a toast, gone from the page; last, for the others need it."""
    page.goto(f"{house}/sources")
    page.get_by_text("Take it back…").click()
    page.get_by_role("button", name="Take this import back").click()
    expect(page.get_by_role("status").first).to_contain_text("Taking")
    for _ in range(60):
        page.reload()
        if page.get_by_text("Taken back: nothing of it is left.").count():
            break
        time.sleep(0.5)
    expect(page.get_by_text("Nothing has been read yet.")).to_be_visible()

"""A browser, and a house in which the keepers of a small canal's locks have been read."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import lock_keepers
from doorstep import PASSWORD
from lock_house import chromium, run, serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a file: while it is open, its loop is the thread's, and Django refuses the database."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def locks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house with the locks read, which lets its visitor in."""
    folder = tmp_path_factory.mktemp("locks")
    run(folder, "account", "make", "Marit Oosterveld", "--password", PASSWORD)
    archive = lock_keepers.export(folder / "locks.zip")
    run(folder, "import", str(archive), "--name", "Lock Keepers", "--zone", "Europe/Amsterdam")
    run(folder, "do", "write-note", "2", "--text", "Prefers mornings.", "--why", "asked at the weir")
    with serving(folder, THIRDPLACE_DEMO="1") as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor of one's own."""
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, locks: str) -> Iterator[Page]:
    """A page that may break nothing, fetch nothing from elsewhere, and try nothing that the policy forbids."""
    opened, broken = context.new_page(), []
    opened.on("pageerror", lambda error: broken.append(str(error)))
    opened.on("console", lambda told: broken.append(told.text) if "Content Security Policy" in told.text else None)
    elsewhere = lambda asked: broken.append(asked.url) if not asked.url.startswith((locks, "data:")) else None  # noqa: E731
    opened.on("request", elsewhere)
    yield opened
    assert broken == []

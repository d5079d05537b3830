"""Pages that come and go: a house of one's own, from its first visit to a read archive, for the contact sheet."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

PASSWORD = "hedges and stiles"  # noqa: S105 - of a house that is thrown away
NAMES = (
    "welcome", "welcome-held", "owner", "not-found-outside", "looking", "first-run", "first-run-recognised",
    "first-run-reading", "first-run-read", "login",
)  # fmt: skip
Shoot = Callable[..., None]


def exports(folder: Path) -> list[Path]:
    """Hedgerow's three archives, and a film that nobody can read."""
    code = (
        "import sys; from datetime import date; from pathlib import Path; from thirdplace import demo;"
        "demo.build(Path(sys.argv[1]), ends_on=date(2026, 11, 17))"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True)
    (folder / "IMG_2231.mov").write_bytes(bytes(9_000_000))
    return sorted(each for each in folder.iterdir() if each.is_file())


def answer_all(browser: Browser, at: str) -> None:
    """Tick every line of Today as done elsewhere, and do one in earnest, until the day is done."""
    page = browser.new_page()
    page.goto(f"{at}/today?round")
    press = page.locator(".line.at .b.main")
    while press.count():
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            press.first.dispatch_event("click")
        page.wait_for_timeout(400)  # it may be on its way to the day done by itself
        page.goto(f"{at}/today?round")
        press = page.locator(".tick")
    page.close()


def walk(browser: Browser, at: str, process: int, files: list[Path], only: set[str], shoot: Shoot) -> None:
    """Take every state in its turn, as the first visitor of the house at this address meets it."""
    context = browser.new_context(timezone_id="Europe/Amsterdam")
    page = context.new_page()
    _outside(page, at, process, files, shoot)
    if not only & {name for name in NAMES if name.startswith("first-run") or name == "login"}:
        return
    page.goto(f"{at}/owner")
    page.locator("#name").fill("Marit Oosterveld")
    page.locator("#password").fill(PASSWORD)
    page.locator("form .b.main").click()
    page.wait_for_url("**/first-run")
    shoot("first-run", "/first-run", inside=context)
    page.locator("input[type=file]").set_input_files(files)
    page.locator("#asks").wait_for()
    shoot("first-run-recognised", "/first-run", inside=context)
    page.locator("#community-name").fill("Hedgerow")
    page.locator("#asks .b.main").click()
    with _stopped(process, lambda: _is_reading(page, at)):
        shoot("first-run-reading", "/first-run", inside=context)
    while page.locator("#reading[hx-get]").count():
        time.sleep(0.5)
        page.goto(f"{at}/first-run")
    shoot("first-run-read", "/first-run", inside=context)
    context.close()
    shoot("login", "/login")


def _outside(page: Page, at: str, process: int, files: list[Path], shoot: Shoot) -> None:
    """Before anybody has an account."""
    shoot("welcome", "/welcome")
    shoot("welcome-held", "/welcome", then=lambda page: page.locator("input[type=file]").set_input_files(files))
    shoot("owner", "/owner")
    shoot("not-found-outside", "/nowhere")
    page.goto(f"{at}/welcome")
    page.locator(".example button").click()
    with _stopped(process, lambda: page.locator(".steps .done").count() > 1):
        shoot("looking", "/look-around", inside=page.context)
    page.goto(f"{at}/look-around")
    page.locator(".leaving button, .invented button").first.click()
    page.wait_for_url("**/welcome")


def _is_reading(page: Page, at: str) -> bool:
    page.goto(f"{at}/first-run")
    return page.locator(".fil.reading").count() > 0 and page.locator(".fil.waits").count() > 0


@contextmanager
def _stopped(process: int, when: Callable[[], bool]) -> Iterator[None]:
    """Once something is so, let the worker stand still."""
    for _ in range(400):
        if when():
            break
        time.sleep(0.03)
    worker = next(each for each in _children(process) if b"worker" in Path(f"/proc/{each}/cmdline").read_bytes())
    os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(worker, signal.SIGCONT)


def _children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]

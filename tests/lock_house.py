"""Thirdplace as people run it, for tests in a real browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ARGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
        "--disable-component-update")  # fmt: skip
COMMAND = (sys.executable, "-c", "from thirdplace.face.cli.main import main; main()")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a command is started with: the data folder, and no settings of the tests."""
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**kept, "THIRDPLACE_DATA": str(folder), **more}


def run(folder: Path, *words: str) -> None:
    """A command, to its end."""
    subprocess.run([*COMMAND, *words], env=environment(folder), check=True, capture_output=True, timeout=120)


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[str]:
    """Web and worker on a data folder; the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)], env=environment(folder, **more), stdout=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}/health", served)
        yield f"http://127.0.0.1:{port}"
    finally:
        served.send_signal(signal.SIGINT)
        served.wait(20)


def _wait(address: str, served: subprocess.Popen[bytes]) -> None:
    """Until it answers."""
    for _ in range(300):
        assert served.poll() is None, "it ended"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or "/usr/bin/chromium"
        opened = playwright.chromium.launch(executable_path=found, args=list(ARGS))
        yield opened
        opened.close()

"""A house into which three hostile archives were imported as people import them, served, with its owner inside."""

import contextlib
import http.cookiejar
import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from archives import write  # noqa: E402
from attacks import ATTACKS, OWN  # noqa: E402

PASSWORD = "hedges and stiles"
NAME = f"<script>{OWN}</script> %(name)s {{{{ x }}}} \u202e"
PLENTY = {"THIRDPLACE_TODAY_LINES": "60", "THIRDPLACE_TODAY_MINUTES": "9000"}


class Command:
    """Runs the command on one data folder, and keeps all that it said."""

    def __init__(self, data: Path) -> None:
        self.env = {**os.environ, **PLENTY, "THIRDPLACE_DATA": str(data), "LANG": "C.UTF-8"}
        for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "THIRDPLACE_PLUGINS", "THIRDPLACE_DEMO"):
            self.env.pop(name, None)
        self.said: dict[str, str] = {}

    def __call__(self, *words: object) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "thirdplace", *map(str, words)],
            capture_output=True, env=self.env, timeout=120,
        )  # fmt: skip
        out, err = done.stdout.decode(), done.stderr.decode()  # with their line ends as they are
        assert "Traceback" not in out + err
        assert done.returncode == 0, err
        self.said[" ".join(map(str, words))[:100]] = out + err
        return out

    def on_a_terminal(self, every: list[list[object]]) -> dict[str, str]:
        """What commands say to a real terminal, where nothing is left out of what they say; by their words."""
        ours, theirs = pty.openpty()
        wanted = json.dumps([list(map(str, words)) for words in every])
        env = self.env | {"TERM": "xterm", "COLUMNS": "100", "TERMINAL": wanted}
        with subprocess.Popen([sys.executable, "-c", MANY], env=env, stdin=theirs, stdout=theirs, stderr=theirs):
            os.close(theirs)
            said = b""
            with contextlib.suppress(OSError):  # the other end is closed
                while read := os.read(ours, 65_536):
                    said += read
        os.close(ours)
        parts = said.decode().replace("\r\n", "\n").split(SEPARATOR)
        assert "Traceback" not in said.decode()
        return {" ".join(map(str, words))[:100]: part for words, part in zip(every, parts, strict=False)}


SEPARATOR = "=-=-= that was one command =-=-=\n"
MANY = f"""
import json, os, sys
from thirdplace.face.cli.main import main
for words in json.loads(os.environ["TERMINAL"]):
    sys.argv = ["thirdplace", *words]
    try:
        main()
    except SystemExit as end:
        assert end.code in (None, 0, 2), words  # 2: the doctor, who may look while the workers still count
    sys.stdout.write({SEPARATOR!r})
    sys.stdout.flush()
"""


@dataclass
class Answer:
    """What the web answered."""

    status: int
    headers: dict[str, str]
    text: str


class Visitor:
    """Somebody with a browser's cookies, or a script with a key."""

    def __init__(self, at: str, key: str = "") -> None:
        self.at, self.key = at, key
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def __call__(self, path: str, given: object = None, *, form: bool = False, method: str | None = None) -> Answer:
        address = path if path.startswith("http") else f"{self.at}{path}"
        data = None if given is None else (urlencode(given) if form else json.dumps(given)).encode()
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        headers = {"Content-Type": kind, "Origin": self.at}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            answer = self.opener.open(urllib.request.Request(address, data, headers, method=method), timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            text = answer.read().decode("utf-8")
            return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, text)

    def token(self) -> str:
        """The form token of the last page with a form."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self("/login").text)
        assert found
        return found[1]


@dataclass
class House:
    """The house: its command line, its address, a script with a key, its owner inside."""

    command: Command
    at: str
    script: Visitor
    owner: Visitor


@pytest.fixture(scope="session")
def read_house(tmp_path_factory):
    """A data folder with the three archives in it and an owner."""
    folder = tmp_path_factory.mktemp("hostile")
    command = Command(folder / "data")
    archives = write(folder / "archives", datetime.now(UTC))
    first = ("--name", NAME, "--zone", "Europe/Amsterdam")
    for path in archives.values():
        command("import", path, *first)
        first = ()
    command("account", "make", "Marit", "--password", PASSWORD)
    return command


@pytest.fixture(scope="session")
def house(read_house, tmp_path_factory):
    """The same, served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    key = read_house("account", "key", "tests").splitlines()[0]
    words = [sys.executable, "-m", "thirdplace", "serve", "--port", str(port)]
    log = tmp_path_factory.mktemp("serving") / "log"
    with log.open("wb") as err:
        running = subprocess.Popen(words, env=read_house.env, stdout=subprocess.PIPE, stderr=err)
    try:
        assert running.stdout is not None
        assert str(port) in running.stdout.readline().decode(), log.read_text()
        at = f"http://127.0.0.1:{port}"
        owner = Visitor(at)
        form = {"csrfmiddlewaretoken": owner.token(), "name": "Marit", "password": PASSWORD, "next": ""}
        assert owner("/login", form, form=True).status == 200
        made = House(read_house, at, Visitor(at, key), owner)
        for number in (1, 2, 3):  # so that links to the originals are drawn, with whatever their ids hold
            where = {"base_url": "https://originals.example"}
            assert made.script(f"/api/v1/sources/{number}", where, method="PATCH").status == 200
        yield made
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(20)
    assert "Traceback" not in log.read_text()


@pytest.fixture(scope="session")
def deeds(house):
    """Each action done upon hostile members, lines and messages, with hostile words: (action, the answer)."""
    lines = [line for each in json.loads(house.script("/api/v1/today").text)["questions"] for line in each["items"]]
    members = json.loads(house.script("/api/v1/members?limit=200").text)["members"]
    messages = json.loads(house.script("/api/v1/messages?limit=100").text)["messages"]
    told = [each["slug"] for each in json.loads(house.script("/api/v1/actions").text)]
    done = []
    for nth, slug in enumerate(told):
        whom = 4 * told.index(slug.removeprefix("un"))
        for step in range(2 if slug.startswith("un") else 4):
            words = ATTACKS[(nth * 4 + step) % len(ATTACKS)][:2_000].encode(errors="replace").decode()
            given = {"finding": lines[step]["finding"]} if slug == "set_aside" else {}
            subject = {"message": messages[nth + step]["key"], "member": members[whom + step]["id"]}
            answer = house.script(f"/api/v1/actions/{slug}", given | _fields(house, slug, subject, words))
            done.append((slug, answer))
            if step == 3 and answer.status == 200:
                done.append(("undo", house.script(f"/api/v1/deeds/{json.loads(answer.text)['id']}/undo", {})))
    return done


def _fields(house, slug, subject, words):
    """What an action asks for, filled with attacks."""
    (action,) = [each for each in json.loads(house.script("/api/v1/actions").text) if each["slug"] == slug]
    known = {**subject, "text": f"{words} .", "choice": "no_problem", "url": 'https://evil.example/"><b>'}
    asked = {each["name"]: known[each["kind"]] for each in action["fields"] if each["kind"] in known}
    return {"why": words, **asked}


@pytest.fixture(scope="session")
def chromium():
    """Where Debian's Chromium is."""
    return shutil.which("chromium") or "/usr/bin/chromium"

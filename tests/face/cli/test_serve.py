"""`serve`, as a process: says its address, refuses a second one, mends its children, and leaves nothing behind."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

RECORDED = Path(__file__).parents[2] / "recorded"


class Served:
    """A `serve` that runs."""

    def __init__(self, thirdplace, *words, **env):
        self.thirdplace = thirdplace
        self.process = subprocess.Popen(
            [sys.executable, "-m", "thirdplace", "serve", "--json", *words],
            env={**thirdplace.env, **env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def up(self):
        """Wait for the address."""
        self.told = json.loads(self.process.stdout.readline())
        self.address = self.told["address"]
        return self

    def family(self):
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, word):
        """The child that runs this command; None between one life and the next."""
        for each in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):
                if word in each.cmdline():
                    return each
        return None

    def ask(self, path, *, key=None, given=None):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        data = json.dumps(given).encode() if given is not None else None
        request = urllib.request.Request(self.address + path, data=data, headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())

    def answers(self):
        try:
            return bool(self.ask("health"))
        except OSError:
            return False


@pytest.fixture
def serve(thirdplace):
    begun = []

    def begin(*words, **env):
        begun.append(Served(thirdplace, *words, **env))
        return begun[-1]

    yield begin
    for each in begun:
        if each.process.poll() is None:
            each.process.terminate()
        each.process.communicate(timeout=10)


def lives(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def soon(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def within(seconds, condition):
    """Wait without resting, by the processor's time that this gets: where many work, a second is longer for all."""
    until = time.thread_time() + seconds
    while not condition():
        assert time.thread_time() < until


def test_it_serves_is_alone_and_ends_with_everything(serve, thirdplace):
    served = serve().up()
    assert served.answers()
    assert served.told["process"] == served.process.pid
    second = thirdplace("serve")
    assert (second.status, served.address in second.err) == (2, True)
    family = served.family()
    assert len(family) >= 3
    host, port = served.address.removeprefix("http://").rstrip("/").split(":")
    assert host == "127.0.0.1"
    with socket.create_connection((host, int(port))) as held_open:
        held_open.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert held_open.recv(12) == b"HTTP/1.1 200"
        served.process.send_signal(signal.SIGINT)
        within(2, lambda: served.process.poll() is not None)
        assert served.process.returncode == 0
    soon(lambda: not any(map(lives, family)))


def test_killed_it_leaves_nothing(serve):
    served = serve().up()
    family = served.family()
    served.process.kill()
    soon(lambda: not any(map(lives, family)))


def test_what_dies_comes_back(serve):
    served = serve().up()
    for word in ("web", "worker"):
        child = served.child(word)
        os.kill(child.pid, signal.SIGKILL)
        soon(lambda word=word, old=child: served.child(word) not in (None, old))
    soon(served.answers)


def test_a_port_that_is_taken(serve, thirdplace):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = thirdplace("serve", "--port", port)
        assert (said.status, str(port) in said.err, "--port" in said.err) == (2, True, True)
        served = serve(THIRDPLACE_PORT=str(port)).up()
        assert served.address != f"http://127.0.0.1:{port}/"
        assert served.answers()


def test_a_worker_reads_an_export_that_the_api_was_given(serve, thirdplace):
    thirdplace("account", "make", "Marit")
    thirdplace("import", RECORDED / "discord", "--name", "Mill Lane")
    key = thirdplace("account", "key", "tests", "--json").json["key"]
    served = serve().up()
    job = served.ask("api/v1/imports", key=key, given={"path": str(RECORDED / "slack")})
    served.child("worker").kill()
    soon(lambda: served.ask(f"api/v1/jobs/{job['id']}", key=key)["state"] == "done", seconds=60)
    assert {each["format"] for each in served.ask("api/v1/sources", key=key)} == {"discord", "slack"}
    assert thirdplace("doctor").status == 0


def test_what_keeps_it_from_starting_is_said(thirdplace, tmp_path):
    (tmp_path / "data" / "thirdplace.sqlite3").mkdir(parents=True)
    said = thirdplace("serve")
    assert said.status == 2
    assert "database" in said.err

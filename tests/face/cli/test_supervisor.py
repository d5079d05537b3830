"""Children live as long as the supervisor, and no longer: by being asked, by being ended, by its death."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

KEEPER = str(Path(__file__).with_name("keeper.py"))


class Keeper:
    """A supervisor that runs."""

    def __init__(self, folder, kind):
        self.folder = folder
        command = [sys.executable, KEEPER, str(folder), kind]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def begun(self, name):
        path = self.folder / name
        return path.read_text().count("begun") if path.exists() else 0

    def wait(self, condition, seconds=20):
        until = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < until
            time.sleep(0.02)

    def family(self):
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture
def keep(tmp_path):
    kept = []

    def begin(kind):
        kept.append(Keeper(tmp_path, kind))
        return kept[-1]

    yield begin
    for keeper in kept:
        if keeper.process.poll() is None:
            keeper.process.kill()
        keeper.process.wait()
        keeper.process.stdout.close()


def lives(process):
    """Whether it still runs; one that only waits for its parent to hear of its end does not."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def are_gone(family, within):
    until = time.monotonic() + within
    while any(map(lives, family)) and time.monotonic() < until:
        time.sleep(0.01)
    return not any(map(lives, family))


def within(seconds, condition):
    """Wait without resting, by the processor's time that this gets: where many work, a second is longer for all."""
    until = time.thread_time() + seconds
    while not condition():
        assert time.thread_time() < until


@pytest.mark.parametrize("kind", ["good", "deaf"])
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_everything_within_two_seconds(keep, kind, asked):
    keeper = keep(kind)
    keeper.wait(lambda: keeper.begun("one") and keeper.begun("two"))
    keeper.wait(lambda: len(keeper.family()) == (4 if kind == "good" else 2))
    family = keeper.family()
    keeper.process.send_signal(asked)
    within(2, lambda: keeper.process.poll() is not None)
    assert keeper.process.returncode == 0
    assert are_gone(family, within=1)


@pytest.mark.parametrize("kind", ["deaf", "pipe"])
def test_when_it_is_killed_nothing_is_left(keep, kind):
    keeper = keep(kind)
    keeper.wait(lambda: keeper.begun("one") and keeper.begun("two"))
    family = keeper.family()
    assert len(family) == 2
    keeper.process.kill()
    assert are_gone(family, within=1)


def test_a_child_that_is_killed_begins_again_at_once_and_leaves_nothing_behind(keep):
    keeper = keep("good")
    keeper.wait(lambda: keeper.begun("one") and keeper.begun("two"))
    keeper.wait(lambda: len(keeper.family()) == 4)
    first = next(child for child in keeper.family() if str(keeper.folder / "one") in child.cmdline())
    its_own = first.children()
    os.kill(first.pid, signal.SIGKILL)
    keeper.wait(lambda: keeper.begun("one") == 2, seconds=2)
    assert are_gone(its_own, within=1)
    assert keeper.begun("two") == 1


def test_a_child_that_dies_each_time_begins_again_ever_later(keep):
    keeper = keep("dying")
    keeper.wait(lambda: keeper.begun("one") == 3)
    time.sleep(0.5)
    keeper.process.terminate()
    told = [line.split() for line in keeper.process.stdout.read().splitlines() if line.startswith("one")]
    assert told[:3] == [["one", "3", "0"], ["one", "3", "1"], ["one", "3", "2"]]

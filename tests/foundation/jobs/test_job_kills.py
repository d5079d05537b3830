"""Workers are killed with signal 9, stopped past their lease, told to end: nothing is lost, nothing is done twice."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

ERRANDS = str(Path(__file__).with_name("errands.py"))
STEPS = 5


class House:
    """A data folder with real workers in it."""

    def __init__(self, folder, **env):
        self.folder = folder
        self.env = {**os.environ, **{name: str(value) for name, value in env.items()}}
        self.workers = {}
        self.run("migrate")

    def run(self, *words):
        subprocess.run([sys.executable, ERRANDS, str(self.folder), *map(str, words)], check=True, env=self.env)

    def work(self, slot):
        command = [sys.executable, ERRANDS, str(self.folder), "work", str(slot)]
        self.workers[slot] = subprocess.Popen(command, env=self.env)

    def ask_the_table(self, query):
        with sqlite3.connect(self.folder / "thirdplace.sqlite3", timeout=20) as connection:
            return connection.execute(query).fetchall()

    def states(self):
        return Counter(state for (state,) in self.ask_the_table("SELECT state FROM jobs_job"))

    def wait(self, condition, seconds=90):
        until = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < until, self.states()
            time.sleep(0.05)

    def noted(self):
        return Counter((nth, step) for nth, step in self.ask_the_table("SELECT nth, step FROM noted"))

    def end(self):
        for worker in self.workers.values():
            if worker.poll() is None:
                worker.send_signal(signal.SIGCONT)
                worker.kill()
            worker.wait()


@pytest.fixture
def house(tmp_path, request):
    made = House(tmp_path, **getattr(request, "param", {}))
    yield made
    made.end()


def all_once(nths):
    return Counter({(nth, step): 1 for nth in nths for step in range(STEPS)})


def test_kills_lose_nothing_and_double_nothing(house):
    house.run("ask", 40)
    kept = [nth for nth in range(40) if nth % 10 != 9]
    house.work(0)
    house.work(1)
    dice = random.Random(7)
    for _ in range(6):
        house.wait(lambda: house.workers)
        time.sleep(dice.uniform(0.9, 1.6))
        slot = dice.choice([0, 1])
        house.workers[slot].kill()
        house.workers[slot].wait()
        house.work(slot)
    house.wait(lambda: house.states() == {"done": len(kept)})
    assert house.noted() == all_once(kept)
    been = {tuple(map(int, line.split())) for line in (house.folder / "been").read_text().splitlines()}
    assert been == set(all_once(kept))


@pytest.mark.parametrize("house", [{"ERRAND_LEASE": 2, "ERRAND_PAUSE": 0.15}], indirect=True)
def test_a_worker_that_slept_past_its_lease_writes_nothing_more(house):
    house.run("ask", 3)
    house.work(0)
    house.wait(lambda: house.noted())
    house.workers[0].send_signal(signal.SIGSTOP)
    house.work(1)
    house.wait(lambda: house.states() == {"done": 3})
    house.workers[0].send_signal(signal.SIGCONT)
    time.sleep(1)
    assert house.noted() == all_once(range(3))
    assert house.workers[0].poll() is None  # it let go of the job, and goes on working


@pytest.mark.parametrize("house", [{"ERRAND_PAUSE": 0.3}], indirect=True)
def test_a_worker_told_to_end_puts_its_job_back(house):
    house.run("ask", 1)
    house.work(0)
    house.wait(lambda: house.noted())
    house.workers[0].terminate()
    assert house.workers[0].wait(timeout=2) == 0
    assert house.ask_the_table("SELECT state, tries, token FROM jobs_job") == [("ready", 0, "")]
    house.work(0)
    house.wait(lambda: house.states() == {"done": 1})
    assert house.noted() == all_once([0])


def test_a_slot_has_one_worker(house):
    house.work(0)
    house.wait(lambda: (house.folder / "run" / "worker-0.lock").exists())
    time.sleep(0.3)
    second = subprocess.run(
        [sys.executable, ERRANDS, str(house.folder), "work", "0"], env=house.env, capture_output=True, text=True
    )
    assert "already at work" in second.stderr

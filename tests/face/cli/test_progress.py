"""Progress and questions: only where somebody sits at the terminal, and never on standard output."""

import io
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from thirdplace.face.cli import progress

RECORDED = Path(__file__).parents[2] / "recorded"


class Screen(io.StringIO):
    """An error stream that somebody looks at, or not."""

    def __init__(self, seen):
        super().__init__()
        self.seen = seen

    def isatty(self):
        return self.seen


@pytest.mark.parametrize("seen", [True, False])
def test_a_line_is_drawn_over_itself_and_taken_away(monkeypatch, seen):
    screen = Screen(seen)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "EVERY", 0)
    bar = progress.Progress()
    bar.show("Reading \x1b[2J", 1, 4)
    bar.show("Reading", 2, 4)
    bar.end()
    if not seen:
        assert screen.getvalue() == ""
        return
    drawn = screen.getvalue().split("\r")
    assert "25%" in drawn[1]
    assert "50%" in drawn[2]
    assert drawn[-2].strip() == ""
    assert "\x1b" not in screen.getvalue()


def test_somebody_at_the_terminal_is_asked_for_name_and_zone_once(thirdplace):
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "thirdplace", "import", str(RECORDED / "slack")]
    asked = subprocess.Popen(words, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, text=True, env=thirdplace.env)
    os.close(theirs)
    shown, answers = "", ["Mill Lane\n", "Mars/Olympus\n", "europe/amsterdam\n", "https://mill.slack.com\n"]
    until = time.monotonic() + 60
    while asked.poll() is None and time.monotonic() < until:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                shown += os.read(ours, 4096).decode()
            except OSError:
                break
        if shown.count("]: ") + shown.count("know): ") > 4 - len(answers) and answers:
            os.write(ours, answers.pop(0).encode())
    asked.communicate(timeout=30)
    os.close(ours)
    assert asked.returncode == 0, shown
    assert "What is the community called?" in shown
    assert "not a time zone" in shown
    assert "“Mill Lane” and lives in Europe/Amsterdam" in shown
    again = thirdplace("import", RECORDED / "slack")
    assert (again.status, "called?" in again.err) == (0, False)

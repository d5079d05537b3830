"""Running a script of this folder in a process of its own, and killing it."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def run(
    script: str, data: Path, steps: list[list[Any]], *, kill_after: float | None = None
) -> tuple[float, dict[str, Any] | None]:
    """Do steps in a process of their own: how long they took, and how everything stands; None when it was killed."""
    command = [sys.executable, str(Path(__file__).with_name(script)), str(data), json.dumps(steps)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        assert first == "begun 0\n", process.stderr.read()
        began = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            process.kill()
        last, wrong = process.communicate()
        took = time.monotonic() - began
        assert process.returncode in (0, -9), wrong
        return took, json.loads(last) if last.startswith("{") and last.endswith("}\n") else None

"""A supervisor as a real process, for the tests that kill it: keeper.py FOLDER KIND, two children of that kind."""

import sys
from pathlib import Path

from thirdplace.face.cli.supervisor import Child, Supervisor

FOLDER = Path(sys.argv[1])
KINDS = {
    # holds on to its parent, has a child of its own, and ends when asked
    "good": """
import subprocess, sys, time
from thirdplace.face.cli import lifeline
lifeline.hold()
open(sys.argv[1], "a").write("begun\\n")
subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"])
""",
    # the same, but deaf to being asked
    "deaf": """
import signal, sys, time
from thirdplace.face.cli import lifeline
signal.signal(signal.SIGTERM, signal.SIG_IGN)
lifeline.hold()
open(sys.argv[1], "a").write("begun\\n")
while True: time.sleep(600)
""",
    # holds on by the pipe only, as on a system that does not tell of a parent's death
    "pipe": """
import sys, time
sys.platform = "elsewhere"
from thirdplace.face.cli import lifeline
lifeline.hold()
open(sys.argv[1], "a").write("begun\\n")
while True: time.sleep(600)
""",
    "dying": "import sys; open(sys.argv[1], 'a').write('begun\\n'); sys.exit(3)",
}

if __name__ == "__main__":
    code = KINDS[sys.argv[2]]
    children = [Child(name, [sys.executable, "-c", code, str(FOLDER / name)]) for name in ("one", "two")]
    Supervisor(children, died=lambda name, status, pause: print(name, status, f"{pause:.0f}", flush=True)).run()

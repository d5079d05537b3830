"""What an import of a Discord export costs, in CPU seconds by stage, with its readings; each phase in its own process.

    python benchmarks/import_million.py EXPORT [--data FOLDER] [--phases first,again,batch]

EXPORT: a folder that DiscordChatExporter wrote. first: into an empty house. again: the same, adding nothing. batch:
two times 1,000 new messages into what is there (the first time, libraries are still to be loaded). One JSON line each.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PHASES = ("first", "again", "batch")


def main() -> None:
    """Run the phases that were asked for, one process each."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("export", type=Path)
    asked.add_argument("--data", type=Path)
    asked.add_argument("--phases", default=",".join(PHASES))
    asked.add_argument("--only", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.only:
        phase(given.only, given.export)
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "THIRDPLACE_DATA": str(given.data or folder)}
        for each in given.phases.split(","):
            command = [sys.executable, __file__, str(given.export), "--only", each]
            subprocess.run(command, env=environment, check=True)


def phase(name: str, export: Path) -> None:
    """One phase, in a house that has woken before the clock runs."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "thirdplace.face.web.django_settings"
    import django

    django.setup()
    from django.core.management import call_command

    from thirdplace.flow import definitions
    from thirdplace.foundation.members.models import Community

    call_command("migrate", verbosity=0)
    definitions.load()
    community, _made = Community.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    if name != "batch":
        told(name, community, export)
        return
    with tempfile.TemporaryDirectory() as folder:
        for nth in (1, 2):
            told(f"{name} {nth}", community, batch(export, Path(folder) / f"batch{nth}.json", nth))


def told(name: str, community: Any, path: Path) -> None:
    """Import a path and say what it cost."""
    from thirdplace.flow import imports

    began, wall = time.process_time(), time.monotonic()
    done = imports.run(community, path, wall=datetime.now(UTC))
    cost = {
        "phase": name,
        "added": done.added,
        "already": done.already,
        "cpu": done.cpu,
        "cpu_in_all": round(time.process_time() - began, 2),
        "seconds": round(time.monotonic() - wall, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(cost), flush=True)


def batch(export: Path, path: Path, nth: int) -> Path:
    """An export of 1,000 messages more in one of the channels: what came in since, by people who are there."""
    head, messages = _sample(export)
    dice = random.Random(nth)
    authors = [message["author"] for message in messages]
    at = max(datetime.fromisoformat(message["timestamp"]) for message in messages) + timedelta(
        days=400, hours=nth % 1000
    )
    said = []
    for number in range(1000):
        at += timedelta(seconds=dice.randrange(5, 120))
        text = " ".join(dice.choice(messages)["content"].split()[:9])
        told = {"id": str(10**18 + nth * 10**6 + number), "timestamp": at.isoformat(), "timestampEdited": None}
        said.append({**messages[0], **told, "content": text, "author": dice.choice(authors), "reactions": []})
    path.write_text(json.dumps({**head, "messages": said, "messageCount": 1000}, indent=2), encoding="utf-8")
    return path


def _sample(export: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The head of a small file of the export, and its messages."""
    files = sorted((path for path in export.rglob("*.json")), key=lambda path: path.stat().st_size)
    whole = json.loads(files[len(files) // 2].read_text(encoding="utf-8"))
    messages = [each for each in whole.pop("messages") if each["type"] == "Default" and each["content"]]
    return whole, messages


if __name__ == "__main__":
    main()

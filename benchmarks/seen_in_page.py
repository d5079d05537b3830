"""From 1,000 new messages that are dropped to the page that shows them: seconds, with `serve` at work on a large house.

    THIRDPLACE_DATA=FOLDER python benchmarks/seen_in_page.py EXPORT [--rounds 5]

FOLDER: a house that import_million.py filled from EXPORT. Each round sends an export of 1,000 messages over HTTP, and
asks until the Stream shows the last of them and until the reading of messages has risen.
"""

import argparse
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

from import_million import batch

PATIENCE = 120  # seconds


def main() -> None:
    """Serve, send, and wait until it is seen; several rounds."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("export", type=Path)
    asked.add_argument("--rounds", type=int, default=5)
    given = asked.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "thirdplace.face.web.django_settings"
    import django

    django.setup()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "thirdplace", "serve", "--port", str(port)]
    serving = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        visitor = Visitor(f"http://127.0.0.1:{port}")
        stream, readings = [], []
        for nth in range(given.rounds):
            seen = once(visitor, given.export, int(time.time()) % 10**7 * 100 + nth)
            print(json.dumps(seen), flush=True)
            stream.append(seen["stream"])
            readings.append(seen["reading"])
        middle = statistics.median(stream), statistics.median(readings)
        print("median: in the Stream {:.1f} s, in the reading {:.1f} s".format(*middle))
    finally:
        serving.send_signal(signal.SIGINT)
        serving.wait(20)


class Visitor:
    """The owner of the house, over HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._cookies = _cookies()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                self.get("/today")
                return
            except urllib.error.URLError:
                time.sleep(0.2)
        raise SystemExit("The house did not open.")

    def get(self, path: str) -> str:
        """A page."""
        return self._ask(urllib.request.Request(self.address + path))

    def send(self, path: str, fields: dict[str, str], file: Path | None = None) -> str:
        """A form, with its token, and perhaps a file."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/first-run"))
        assert token, "no form"
        fields = {"csrfmiddlewaretoken": token.group(1), **fields}
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        if file is not None:
            head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n\r\n'
            parts += [head.encode(), file.read_bytes(), b"\r\n"]
        body = b"".join([*parts, f"--{edge}--\r\n".encode()])
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}", "Origin": self.address}
        return self._ask(urllib.request.Request(self.address + path, data=body, headers=kind))

    def _ask(self, request: urllib.request.Request) -> str:
        request.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in self._cookies.items()))
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            for told in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = told.partition(";")[0].partition("=")
                self._cookies[name] = value
            return str(answer.read().decode())


def _cookies() -> dict[str, str]:
    """What the owner's browser holds after a login."""
    from django.test import Client

    from thirdplace.foundation.accounts.models import Account

    owner = Account.objects.filter(is_owner=True).first() or Account.objects.create_user("bench", is_owner=True)
    client = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    client.force_login(owner)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def once(visitor: Visitor, export: Path, nth: int) -> dict[str, float]:
    """One round: seconds from the sending to what is seen."""
    from thirdplace.foundation.engine.models import Reading

    mark = f"seen{nth}"
    with tempfile.TemporaryDirectory() as folder:
        path = batch(export, Path(folder) / f"{mark}.json", nth)
        told = json.loads(path.read_text(encoding="utf-8"))
        told["messages"][-1]["content"] = f"The last of them {mark}"
        path.write_text(json.dumps(told), encoding="utf-8")

        def counted() -> float:
            rows = Reading.objects.filter(measure="messages", grain="month", slice="all")
            return sum(value or 0 for value in rows.values_list("value", flat=True))

        before, began = counted(), time.monotonic()
        visitor.send("/offers", {}, path)
        visitor.send("/offers/begin", {})
        taken: dict[str, float] = {"sent": round(time.monotonic() - began, 2)}
        while len(taken) < 3:
            now = time.monotonic() - began
            if "stream" not in taken and "The last of them" in visitor.get(f"/stream?words={mark}"):
                taken["stream"] = round(time.monotonic() - began, 2)
            if "reading" not in taken and counted() >= before + 500:
                taken["reading"] = round(time.monotonic() - began, 2)
            if now > PATIENCE:
                raise SystemExit(f"Not seen within {PATIENCE} s: {taken}")
            time.sleep(0.05)
    return taken


if __name__ == "__main__":
    main()

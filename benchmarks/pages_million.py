"""What pages cost the server over a house that was filled before: milliseconds, queries, and bytes on first load.

    THIRDPLACE_DATA=FOLDER python benchmarks/pages_million.py [--rounds 40]

Pages are asked through Django's own handler in this process, signed in, so that the figure is the server's time alone.
"""

import argparse
import gzip
import os
import re
import statistics
import time
from collections.abc import Iterator
from typing import Any


def main() -> None:
    """Ask every page many times; say its median and its slowest hundredth."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=40)
    rounds = asked.parse_args().rounds
    os.environ["DJANGO_SETTINGS_MODULE"] = "thirdplace.face.web.django_settings"
    import django

    django.setup()
    client = signed_in()
    everything: list[float] = []
    print(f"{'page':44} {'first':>8} {'median':>8} {'p99':>8} {'CPU':>8}  ms; queries")
    for name, addresses in pages():
        first = timed(client, addresses[0])[0]
        taken = [timed(client, addresses[nth % len(addresses)]) for nth in range(rounds)]
        times = sorted(each[0] for each in taken)
        everything += times
        cpu, queries = statistics.median(each[1] for each in taken), max(each[2] for each in taken)
        print(f"{name:44} {first:8.1f} {statistics.median(times):8.1f} {high(times):8.1f} {cpu:8.1f}  {queries}")
    everything.sort()
    print(f"{'all pages together':44} {'':8} {statistics.median(everything):8.1f} {high(everything):8.1f}")
    print(f"first load of Today: {first_load(client) / 1000:.0f} kB over the wire, fonts included (asked: under 200)")


def signed_in() -> Any:
    """A client who is inside, as the owner of this house."""
    from django.test import Client

    from thirdplace.flow import definitions
    from thirdplace.foundation.accounts.models import Account

    definitions.load()
    owner = Account.objects.filter(is_owner=True).first()
    if owner is None:
        owner = Account.objects.create_user("bench", is_owner=True)
    client = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    client.force_login(owner)
    return client


def pages() -> Iterator[tuple[str, list[str]]]:
    """Every kind of page with addresses of it: busy and quiet members, large and small channels."""
    from thirdplace.foundation.channels.models import Channel
    from thirdplace.foundation.engine.measuring import measures
    from thirdplace.foundation.members.models import Member

    busy = list(Member.objects.order_by("-spoken").values_list("pk", flat=True)[:10])
    quiet = list(Member.objects.filter(spoken=1).values_list("pk", flat=True)[:10])
    channels = list(Channel.objects.values_list("number", flat=True)[:12])
    yield "Today", ["/today"]
    yield "Stream", ["/stream"]
    yield "Stream, a channel", [f"/stream?channel={each}" for each in channels]
    yield "Stream, a common word", ["/stream?words=release", "/stream?words=docker", "/stream?words=the"]
    yield "Members", ["/members", "/members?sort=name", "/members?sort=spoken"]
    yield "Member, busy", [f"/members/{each}" for each in busy]
    yield "Member, quiet", [f"/members/{each}" for each in quiet]
    yield "Measures", ["/measures"]
    for slug in measures:
        yield f"Measure, {slug}", [f"/measures/{slug}"]
    for name, part in (("which ones", "rows"), ("by language and staff", "parts"), ("how long they wait", "curve")):
        yield f"Measures, {name}", [f"/measures/{slug}/{part}" for slug in measures]
    yield "What we did", ["/deeds"]
    yield "Sources", ["/sources"]


def timed(client: Any, address: str) -> tuple[float, float, int]:
    """Milliseconds of one answer, those of them (on all cores) that were work, and its queries of the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as seen:
        began, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        taken, cpu = (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return taken, cpu, len(seen)


def high(times: list[float]) -> float:
    """The 99th percentile of sorted times."""
    return times[min(len(times) - 1, round(len(times) * 0.99))]


def first_load(client: Any) -> int:
    """Bytes of Today and of all it asks for, compressed as they are sent; fonts of the Latin script."""
    html = client.get("/today").content
    whole, seen = len(gzip.compress(html)), set()
    queue = re.findall(r'(?:href|src)="(/static/[^"]+)"', html.decode())
    while queue:
        if (address := queue.pop()) in seen:
            continue
        seen.add(address)
        body = b"".join(client.get(address, HTTP_ACCEPT_ENCODING="identity"))
        packed = body if address.endswith((".woff2", ".png")) else gzip.compress(body)
        whole += len(packed)
    return whole


if __name__ == "__main__":
    main()

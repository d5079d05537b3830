"""What readings cost over a community that has been imported, in CPU seconds and in milliseconds of opening a page.

    python benchmarks/readings.py --data FOLDER [--again]

FOLDER: a data folder with one community, as `import_million.py EXPORT --data FOLDER --phases first` leaves it. --again:
compute everything derived anew first. One JSON line for each thing asked.
"""

import argparse
import json
import os
import resource
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any


def main() -> None:
    """Ask everything once and say what it cost."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", required=True)
    asked.add_argument("--again", action="store_true")
    given = asked.parse_args()
    os.environ["THIRDPLACE_DATA"] = given.data
    os.environ["DJANGO_SETTINGS_MODULE"] = "thirdplace.face.web.django_settings"
    import django

    django.setup()

    from thirdplace.flow import definitions
    from thirdplace.foundation import engine
    from thirdplace.foundation.engine.models import Settled
    from thirdplace.foundation.members.models import Community

    definitions.load()
    community = Community.objects.get()
    moment = Settled.objects.get(community=community).moment
    assert moment is not None
    if given.again:
        told("everything derived, anew", lambda: engine.rebuild(community, now=moment), lambda done: done.cpu)
    told("refresh, nothing new", lambda: engine.refresh(community, now=moment), lambda done: {"changed": done.changed})
    pages(community, moment)
    signals(community, moment)
    told("doctor's comparison", lambda: engine.rollups.trouble(community), len)


def told(what: str, do: Callable[[], Any], about: Callable[[Any], Any]) -> None:
    """Do it and print what it cost."""
    cpu, wall = time.process_time(), time.monotonic()
    done = do()
    spent = {"cpu": round(time.process_time() - cpu, 3), "seconds": round(time.monotonic() - wall, 3)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"what": what, **spent, "peak_mb": peak, "told": about(done)}), flush=True)


def pages(community: Any, moment: Any) -> None:
    """Series as pages ask for them: stored ones; others on their first opening and on their second."""
    from thirdplace.foundation.engine import Period, measures, tables

    week = Period.of(moment.date() - timedelta(days=10), "week")
    stored, opened, again, rows = [], [], [], []
    for measure in measures.values():
        stored += [clocked(lambda m=measure, g=grain: m.series(community, g)) for grain in ("day", "week", "month")]
        for part in ("language:en", "staff:with"):
            opened.append(clocked(lambda m=measure, p=part: m.series(community, "week", p)))
            again.append(clocked(lambda m=measure, p=part: m.series(community, "week", p)))
        seen = tables(community, moment)
        rows.append(clocked(lambda m=measure, s=seen: m.rows(s, week)))
    for what, times in {
        "a stored series": stored, "a slice, first opened": opened, "a slice, opened again": again,
        "which ones, 50 rows": rows,
    }.items():  # fmt: skip
        print(json.dumps({"what": what, "median_ms": median(times), "worst_ms": max(times), "n": len(times)}))


def signals(community: Any, moment: Any) -> None:
    """Every signal, today and on ten days of the past."""
    from thirdplace.flow.signals import signals as registry
    from thirdplace.foundation.engine import tables

    for slug, signal in registry.items():
        signal.findings(tables(community, moment))
        past = [moment - timedelta(days=30 * nth) for nth in range(10)]
        times = [clocked(lambda s=signal, at=at: s.findings(tables(community, at))) for at in past]
        print(json.dumps({"what": f"{slug}, a day", "median_ms": median(times), "worst_ms": max(times)}))


def clocked(do: Callable[[], Any]) -> float:
    """Milliseconds of the wall that it took."""
    began = time.monotonic()
    do()
    return round(1000 * (time.monotonic() - began), 1)


if __name__ == "__main__":
    main()

"""Compiles the queries of our definitions into the package, so that whoever only asks never loads Ibis.

compile_queries.py            write them
compile_queries.py --check    change nothing; fail when they are not those of the code
"""

import json
import os
import sys
import tempfile
from pathlib import Path


def compiled() -> dict[str, tuple[str, str]]:
    """Every query of ours with its mark, made anew."""
    import django

    django.setup()

    from thirdplace.flow.signals import signals
    from thirdplace.foundation.engine import measures, queries, rollups
    from thirdplace.foundation.engine.look import ONLY, WITH, WITHOUT
    from thirdplace.foundation.engine.pictures import pictures
    from thirdplace.foundation.registry import walk

    walk("thirdplace.practice")
    queries.SHIPPED = Path(os.devnull)
    names = [f"rollup {name}" for name in ("standing", *rollups.NAMES)]
    for name in ("standing", *rollups.NAMES):
        rollups.made_by(name)
    for measure in measures.values():
        for staff in (WITHOUT, WITH, ONLY):
            measure.sql(staff)
            names.append(f"measure {measure.slug} {staff}")
    for picture in pictures.values():
        for staff in (WITHOUT, WITH, ONLY):
            picture.sql(staff)
            names.append(f"picture {picture.slug} {staff}")
    for signal in signals.values():
        signal.sql()
        names.append(f"signal {signal.slug}")
    return queries.known(names)


def main() -> int:
    """Write the queries, or say whether they are those of the code."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "thirdplace.face.web.django_settings"
    os.environ["THIRDPLACE_DATA"] = tempfile.mkdtemp()  # where nothing is remembered yet
    from thirdplace.foundation.engine import queries

    shipped, made = queries.SHIPPED, compiled()
    if "--check" not in sys.argv:
        queries.keep(made, shipped)
        return 0
    there = json.loads(shipped.read_text(encoding="utf-8")) if shipped.exists() else {}
    if there != {name: list(each) for name, each in made.items()}:
        print("The compiled queries are not those of the code. Run scripts/compile_queries.py.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

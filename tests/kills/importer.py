"""One process of a test: `importer.py DATA STEPS`; says "begun", and at the end how everything stands.

STEPS is JSON: a list of ["import", path] and ["undo", name].
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

WALL = datetime(2026, 4, 1, tzinfo=UTC)


def main(data: str, steps: list[list[Any]]) -> None:
    """Wake, mend, do it, and say how everything stands."""
    os.environ["THIRDPLACE_DATA"] = data
    os.environ["DJANGO_SETTINGS_MODULE"] = "thirdplace.face.web.django_settings"
    import django

    django.setup()
    from django.core.management import call_command

    from thirdplace.flow import definitions, imports, refresh
    from thirdplace.foundation.channels import recovery
    from thirdplace.foundation.channels.models import Import
    from thirdplace.foundation.members.models import Community

    call_command("migrate", verbosity=0)
    definitions.load()
    community, _made = Community.objects.get_or_create(slug="jetty", defaults={"name": "Jetty"})
    recovery.recover(community)
    refresh.refresh(community, wall=WALL)  # as the house does at its start: first the stores, then what follows
    left = Import.objects.filter(state__in=recovery.UNDER_WAY).count()
    print(f"begun {left}", flush=True)
    for what, given in steps:
        if what == "import":
            imports.run(community, Path(given), wall=WALL)
        elif what == "undo":
            for row in Import.objects.filter(state=Import.State.DONE, name=given):  # unless it is undone already
                imports.undo(row, wall=WALL)
    print(json.dumps(standing(community)), flush=True)


def standing(community: Any) -> dict[str, Any]:
    """Of everything that is stored: how much, and a digest that tells it from anything else."""
    from thirdplace.flow.models import Finding
    from thirdplace.foundation import doctor
    from thirdplace.foundation.channels.models import Channel, Source
    from thirdplace.foundation.engine.models import Reading
    from thirdplace.foundation.index import Index
    from thirdplace.foundation.lake import Lake
    from thirdplace.foundation.lake.query import asking
    from thirdplace.foundation.lake.standing import standing as as_it_stands
    from thirdplace.foundation.members.models import Identity, Member

    lake = Lake(community.pk)
    with asking() as connection:
        rows = as_it_stands(lake.files(), lake.files("changes"))
        stands = (
            connection.sql(f"SELECT COLUMNS(* EXCLUDE import_id)::VARCHAR FROM ({rows})").fetchall()
            if lake.files()
            else []
        )
    reading = ("measure", "grain", "slice", "begins_on", "value", "low", "high", "n", "more")
    people = ("number", "source_id", "native", "name", "handle", "said_bot", "member__name", "member__is_bot")
    figures = ("name", "first_at", "last_at", "spoken", "language")
    return {
        "lake": told(stands),
        "index": told(map(str, Index(community.pk).latest(limit=100_000))),
        "identities": told(Identity.objects.values_list(*people)),
        "members": told(Member.objects.values_list(*figures)),
        "channels": told(Channel.objects.values_list("number", "name")),
        "sources": told(Source.objects.values_list("native", "known_until")),
        "readings": told(Reading.objects.values_list(*reading)),
        "findings": told(Finding.objects.values_list("on", "signal", "began_at", "weight", "member__name")),
        "troubles": [each.what for each in doctor.check(community)],
    }


def told(rows: Iterable[Any]) -> list[Any]:
    """How many rows, and a digest of them in any order."""
    lines = sorted(map(str, rows))
    return [len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]]


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))

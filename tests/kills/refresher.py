"""One process of a test: `refresher.py DATA STEPS`; says "begun", and at the end how everything stands.

STEPS is JSON: ["import", path], ["mark", name], ["bot", name], ["zone", name], ["refresh", moment]. "begun" is said
before the last of them.
"""

import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from importer import standing, told


def main(data: str, steps: list[list[Any]]) -> None:
    """Do it, and say how everything stands."""
    os.environ["THIRDPLACE_DATA"] = data
    os.environ["DJANGO_SETTINGS_MODULE"] = "thirdplace.face.web.django_settings"
    import django

    django.setup()
    from django.core.management import call_command

    from thirdplace.flow import definitions
    from thirdplace.foundation.members.models import Community

    call_command("migrate", verbosity=0)
    definitions.load()
    community, _made = Community.objects.get_or_create(slug="jetty", defaults={"name": "Jetty"})
    for step in steps[:-1]:
        _do(community, *step)
    print("begun 0", flush=True)
    began = time.monotonic()
    _do(community, *steps[-1])
    took = {"took": time.monotonic() - began}
    print(json.dumps(standing(community) | {"rollups": _rollups(community)} | took), flush=True)


def _do(community: Any, what: str, given: str) -> None:
    from thirdplace.foundation import engine
    from thirdplace.foundation.channels.importing import import_archive
    from thirdplace.foundation.members.models import Member

    if what == "import":
        import_archive(community, Path(given))
    elif what == "refresh":
        engine.refresh(community, now=datetime.fromisoformat(given))
    elif what == "zone":
        community.zone = given
        community.save(update_fields=["zone"])
    else:
        member = Member.objects.get(community=community, name=given)
        setattr(member, "is_bot" if what == "bot" else "is_staff", True)
        setattr(member, "bot_mark" if what == "bot" else "staff_mark", True)
        member.save()
        engine.touch_people(community, member)


def _rollups(community: Any) -> list[Any]:
    from thirdplace.foundation.engine.derived import SCHEMAS, Derived
    from thirdplace.foundation.engine.warehouse import cursor
    from thirdplace.foundation.lake.query import parquet

    rows = []
    for name in ("member_day", "openings"):
        files = Derived(community.pk, name).files()
        rows += (
            cursor().execute(f"SELECT COLUMNS(*)::VARCHAR FROM {parquet(files, like=SCHEMAS[name])}").fetchall()
            if files
            else []
        )
    return told(rows)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))

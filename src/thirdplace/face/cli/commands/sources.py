"""`thirdplace sources`: what has been read."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import CommunityCommand
from thirdplace.face.cli.inert import inert
from thirdplace.foundation.translation import gettext, gettext_noop

if TYPE_CHECKING:
    from thirdplace.foundation.members.models import Community


_STATES = {
    "waiting": gettext_noop("waits its turn"),
    "reading": gettext_noop("being read"),
    "settling": gettext_noop("nearly done"),
    "done": gettext_noop("done"),
    "failed": gettext_noop("failed"),
    "undoing": gettext_noop("being taken back"),
    "undone": gettext_noop("taken back"),
}


@click.command(cls=CommunityCommand)
@click.pass_obj
def command(asked: Asked) -> None:
    """List the sources that have been read, how much each holds and how far it goes, and the imports that brought it.

    \b
    Example:
      thirdplace sources
      thirdplace sources --json
    """
    asked.begin(definitions=False)
    from thirdplace.face.api.sources import of_community
    from thirdplace.foundation.members.models import Community

    if asked.community_slug is None and not Community.objects.exists():
        asked.answer([], lambda: [gettext("Nothing has been read yet: thirdplace import FILE")])
        return
    community = asked.community()
    value = of_community(community)
    asked.answer(value, lambda: _lines(value, community))


def _lines(value: list[dict[str, Any]], community: "Community") -> Iterator[str]:
    from thirdplace.face.api.sources import FIGURES
    from thirdplace.face.web import counted
    from thirdplace.foundation.channels.models import Import

    if not value:
        yield gettext("Nothing has been read yet: thirdplace import FILE")
    for source in value:
        yield click.style(inert(source["name"]), bold=True) + f"  ({source['format']})"
        held = counted.found({name: source[name] for name in FIGURES}, most=len(FIGURES))
        yield "  " + (held or gettext("Nothing of it stands any more."))
        if source["first_at"] and source["last_at"]:
            first, last = (
                datetime.fromisoformat(source[which]).astimezone(community.tz).date()
                for which in ("first_at", "last_at")
            )
            yield "  " + gettext("%(begin)s to %(end)s") % {"begin": first, "end": last}
    for done in Import.objects.filter(community=community).order_by("pk"):
        words = {"n": done.pk, "name": inert(done.name), "state": gettext(_STATES[done.state])}
        words["added"] = counted.number(done.added)
        yield gettext("  import %(n)s: %(name)s, %(state)s, %(added)s new") % words
        if done.what:
            yield f"    {inert(done.what)} {inert(done.remedy)}"

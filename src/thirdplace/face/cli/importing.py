"""What `import` does: name the community, read, say what was read and what was left out; and undo."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import click

from thirdplace.face.cli import tables
from thirdplace.face.cli.asked import Asked, is_talking, note
from thirdplace.face.cli.inert import inert
from thirdplace.face.cli.progress import Progress
from thirdplace.foundation.errors import NotFound, ThirdplaceError
from thirdplace.foundation.translation import gettext

if TYPE_CHECKING:
    from thirdplace.foundation.channels.models import Import
    from thirdplace.foundation.connectors.connector import Recognised
    from thirdplace.foundation.members.models import Community


@dataclasses.dataclass(frozen=True)
class Told:
    """What the command line says of the community and the source."""

    name: str | None
    zone: str | None
    source: str | None
    base_url: str | None
    times_in: str | None = None
    columns: tuple[str, ...] = ()


def one_of() -> str:
    """What to give: a path, or the number of an import."""
    return gettext("Name a file, a folder or an archive to read; or an import to take out, with --undo.")


def read(asked: Asked, path: Path, told: Told) -> None:
    """Read an archive into its community, and say what came of it."""
    from django.utils import timezone

    from thirdplace.face.api import shapes
    from thirdplace.face.api.sources import address
    from thirdplace.flow import imports

    if not path.exists():
        raise ThirdplaceError(
            gettext("%(path)s is not there.") % {"path": path},
            gettext("Look whether the name is right, and try again."),
        )
    given = address(told.base_url)
    known = _recognised(path)
    note(gettext("This is %(title)s: %(why)s") % {"title": known.connector.title, "why": inert(known.why)})
    if known.lacks:
        note(inert(known.lacks))
    community = _community(asked, told, known)
    base_url = given or address(_base_url(known, community)) or None
    zone = tables.zone(known, community, told.times_in)
    columns = tables.columns(known, community, told.columns)
    progress = Progress()
    try:
        done = imports.run(
            community,
            path,
            wall=timezone.now(),
            name=told.source,
            base_url=base_url,
            zone=zone,
            columns=columns,
            progress=lambda each: _show(progress, each),
        )
    finally:
        progress.end()
    shape = shapes.reading_of_archive(done)
    keys = ("source", "format", "found", "added", "already", "changed", "skipped", "cpu", "seconds")
    value = {**{key: shape[key] for key in keys}, "import": shape["id"], "community": community.slug}
    value["skipped"] = [{"why": each["why"], "count": each["count"]} for each in value["skipped"]]
    value.update({"columns": columns} if columns is not None else {})
    asked.answer(value, lambda: _lines(value))


def undo(asked: Asked, number: int) -> None:
    """Take an import out again."""
    from django.utils import timezone
    from django.utils.translation import ngettext

    from thirdplace.face.api import shapes
    from thirdplace.flow import imports
    from thirdplace.foundation.channels.models import Import

    found = Import.objects.filter(pk=number).select_related("community", "source").first()
    if found is None:
        raise NotFound(
            gettext("There is no import %(number)s.") % {"number": number},
            gettext("Look at the numbers: thirdplace sources."),
        )
    progress = Progress()
    try:
        done = imports.undo(found, wall=timezone.now(), progress=lambda each: _show(progress, each))
    finally:
        progress.end()
    if others := _others(done):
        note(
            ngettext(
                "Another import of the same source stands (number %(numbers)s): what it holds too stays.",
                "Other imports of the same source stand (numbers %(numbers)s): what they hold too stays.",
                len(others),
            )
            % {"numbers": ", ".join(map(str, others))}
        )
    asked.answer(
        shapes.reading_of_archive(done),
        lambda: [
            gettext("“%(name)s” is out again, with everything that it alone brought.") % {"name": inert(done.name)}
        ],
    )


def _others(done: "Import") -> list[int]:
    """The other imports of its source that stand."""
    from thirdplace.foundation.channels.models import Import

    same = Import.objects.filter(community=done.community_id, source=done.source_id, state=Import.State.DONE)
    return list(same.order_by("pk").values_list("pk", flat=True)) if done.source_id else []


def _recognised(path: Path) -> "Recognised":
    from thirdplace import settings
    from thirdplace.foundation.connectors.recognition import recognise

    return recognise(path, spool=settings.DATA / "spool", limit=settings.SPOOL_LIMIT * 1_000_000)


def _show(progress: Progress, done: "Import") -> None:
    words = {
        "reading": gettext("Reading"),
        "settling": gettext("Making it ready to look at"),
        "undoing": gettext("Taking it out again"),
    }
    progress.show(words.get(done.state, ""), done.done, done.whole)


def _community(asked: Asked, told: Told, known: "Recognised") -> "Community":
    """The community to read into: the one named, the only one, or a new one with the name and zone told or asked."""
    from django.db.models import Q

    from thirdplace.foundation.members import founding
    from thirdplace.foundation.members.models import Community

    slug = asked.community_slug
    every = Community.objects.order_by("is_invented", "pk")
    there = every.filter(Q(slug=slug) | Q(name__iexact=slug) if slug else Q(is_invented=False)).first()
    if there is not None:
        _refuse_other(there, told)
        return there
    name = told.name or slug or _asked_name(known)
    zone = founding.known_zone(told.zone) if told.zone else _asked_zone()
    made = founding.found(name=name, zone=zone, slug=slug or "")
    note(
        gettext("The community is called “%(name)s” and lives in %(zone)s.") % {"name": inert(made.name), "zone": zone}
    )
    return made


def _refuse_other(there: "Community", told: Told) -> None:
    """A name or zone that is not the community's is a mistake worth asking about."""
    other = (told.name and told.name != there.name) or (told.zone and told.zone != there.zone)
    if other:
        raise ThirdplaceError(
            gettext("The community here is called “%(name)s” and lives in %(zone)s.")
            % {"name": there.name, "zone": there.zone},
            gettext("Leave --name and --zone out, or name another community with --community."),
        )


def _asked_name(known: "Recognised") -> str:
    if is_talking():
        words = gettext("What is the community called?")
        return str(click.prompt(words, default=inert(known.space.name), err=True))
    return known.space.name or known.connector.title


def _asked_zone() -> str:
    from thirdplace.foundation.members import founding

    here = machine_zone()
    if not is_talking():
        return here
    while True:
        said = str(click.prompt(gettext("In which time zone does it live?"), default=here, err=True))
        try:
            return founding.known_zone(said)
        except ThirdplaceError as error:
            note(f"{error.what} {error.remedy}")


def machine_zone() -> str:
    """The time zone of this machine, or UTC where it does not say."""
    try:
        target = str(Path("/etc/localtime").resolve())
    except OSError:
        return "UTC"
    name = target.partition("zoneinfo/")[2]
    return name if name in available_timezones() and not name.startswith("Etc/") else "UTC"


def _base_url(known: "Recognised", community: "Community") -> str | None:
    """Where originals can be opened: asked once, where the format does not tell and somebody is there to answer."""
    from thirdplace.foundation.channels.models import Source

    again = Source.objects.filter(community=community, connector=known.connector.slug, native=known.space.native)
    if "base_url" not in known.asks or known.space.base_url or again.exists() or not is_talking():
        return None
    words = gettext("At which address can the originals be opened? (leave it empty if you do not know)")
    return str(click.prompt(words, default="", show_default=False, err=True)).strip() or None


def _lines(value: dict[str, Any]) -> Iterator[str]:
    from django.utils.formats import number_format

    from thirdplace.face.web.counted import NAMES, number, whys

    figures = {name: number(value[name]) for name in ("added", "already", "changed")}
    yield gettext("%(source)s: %(added)s new, %(already)s already here, %(changed)s changed; %(seconds)s s.") % {
        **figures, "source": inert(value["source"]), "seconds": number_format(value["seconds"], decimal_pos=1),
    }  # fmt: skip
    for name, count in value["found"].items():
        n = f"{number(count):>12}"
        yield "  " + (NAMES[name](count) % {"n": n} if name in NAMES else f"{n} {inert(name)}")
    if value["skipped"]:
        yield gettext("Left out:")
    for why, count, _ in whys(value["skipped"]):
        yield f"  {count:>12}  {inert(why)}"

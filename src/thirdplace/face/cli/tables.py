"""What the command line says and asks of a table before it is read: which column is what, and in which zone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from thirdplace.face.cli.asked import is_talking, note
from thirdplace.face.cli.inert import inert
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.translation import gettext

if TYPE_CHECKING:
    from thirdplace.foundation.connectors.connector import Recognised
    from thirdplace.foundation.connectors.table_guess import Guess
    from thirdplace.foundation.members.models import Community


def told(said: Sequence[str]) -> dict[str, str]:
    """`when=Date` and the like as a mapping."""
    columns = {}
    for each in said:
        role, sign, name = each.partition("=")
        if not sign:
            raise ThirdplaceError(
                gettext("“%(said)s” does not say which column is what.") % {"said": each[:60]},
                gettext("Write it as --column when=Date: what it is, and the name above the column."),
            )
        columns[role.strip()] = name
    return columns


def columns(known: "Recognised", community: "Community", said: Sequence[str]) -> dict[str, str] | None:
    """Which column is taken for what, shown with a few rows; refused while something is open. None: it is no table."""
    from thirdplace.foundation.channels import answers
    from thirdplace.foundation.connectors.table_guess import refused

    given = told(said)
    if known.table is None:
        if given:
            raise ThirdplaceError(
                gettext("This is no table: its columns need no names."), gettext("Leave --column out.")
            )
        return None
    mapping = answers.columns_of(community, known, given) or {}
    _show(known.table, mapping)
    if (error := refused(known.table, mapping)) is not None:
        raise error
    return mapping


def _show(table: "Guess", mapping: dict[str, str]) -> None:
    from thirdplace.foundation.connectors.table_guess import ORDER, ROLES

    for role, name in mapping.items():
        if role == ORDER or name not in table.header:
            continue
        at = table.header.index(name)
        samples = " · ".join(inert(" ".join(row[at].split())[:40]) for row in table.rows if row[at].strip())
        note(f"  {gettext(ROLES[role])} ({role}) = {inert(name)}: {samples}")


def zone(known: "Recognised", community: "Community", said: str | None) -> str | None:
    """In which zone times were written that do not tell: as said, else asked once where somebody is there to answer."""
    from thirdplace.foundation.channels import answers
    from thirdplace.foundation.members.founding import known_zone

    if said:
        return known_zone(said)
    if "zone" not in answers.open_questions(community, known):
        return None
    if is_talking():
        words = gettext("In which time zone were its times written?")
        return known_zone(str(click.prompt(words, default=community.zone, err=True)))
    note(gettext("Its times do not tell their zone; they are taken as %(zone)s. --times-in says another.") % {
        "zone": community.zone
    })  # fmt: skip
    return None

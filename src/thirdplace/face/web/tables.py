"""The columns of a table that was offered: shown with a few rows, and corrected by the steward."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from thirdplace.face.web.models import Offer
from thirdplace.foundation.channels import answers
from thirdplace.foundation.connectors.connector import Recognised
from thirdplace.foundation.connectors.table_guess import ORDER, ROLES, Guess, checked, refused
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.members.models import Community

SHOWN = 40  # columns; a table of more is read on the command line


@dataclass(frozen=True)
class Column:
    """One column with what it is taken for. choices: what it may be, as (value, words)."""

    name: str
    field: str
    role: str
    cells: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shown:
    """A table as the page asks about it. order: of day and month, None where the dates tell."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    order_field: str
    order: str | None
    problem: str


def kept(community: Community, seen: Recognised) -> dict[str, Any] | None:
    """What an offer remembers of a table; None when it is none."""
    if seen.table is None:
        return None
    return {
        "header": list(seen.table.header),
        "rows": [list(row) for row in seen.table.rows],
        "mapping": dict(answers.columns_of(community, seen, None) or {}),
        "order": seen.table.order,
    }


def shown(offer: Offer) -> Shown | None:
    """The table of an offer, as it is asked about; None when it is none."""
    if not offer.table or "columns" not in offer.asks:
        return None
    mapping = offer.columns if offer.columns is not None else offer.table["mapping"]
    role_of = {name: role for role, name in mapping.items() if role != ORDER}
    choices = (("", pgettext("column", "Left out")), *((role, gettext(words)) for role, words in ROLES.items()))
    named = [(at, name) for at, name in enumerate(offer.table["header"]) if name][:SHOWN]
    columns = tuple(
        Column(
            name,
            f"column_{offer.pk}_{at}",
            role_of.get(name, ""),
            tuple(row[at] for row in offer.table["rows"]),
            choices,
        )
        for at, name in named
    )
    return Shown(
        columns=columns,
        rows=tuple(zip(*(column.cells for column in columns), strict=True)),
        order_field=f"order_{offer.pk}",
        order=None if offer.table["order"] else mapping.get(ORDER, ""),
        problem=problem(offer),
    )


def said(offer: Offer, posted: dict[str, str]) -> dict[str, str]:
    """The mapping as the form has it; of a thing that two columns are said to be, the first."""
    table = offer.table or {"header": []}
    mapping: dict[str, str] = {}
    for at, name in enumerate(table["header"]):
        role = posted.get(f"column_{offer.pk}_{at}", "")
        if role in ROLES and role not in mapping:
            mapping[role] = name
    order = posted.get(f"order_{offer.pk}", "")
    return {**mapping, ORDER: order} if order in ("day", "month") else mapping


def problem(offer: Offer) -> str:
    """What is still missing in what was said; nothing before anything was said, or when it is enough."""
    if offer.columns is None or not offer.table:
        return ""
    guess = Guess(
        header=tuple(offer.table["header"]), mapping=offer.table["mapping"], rows=(), order=offer.table["order"],
        zoneless=False,
    )  # fmt: skip
    try:
        missing = refused(guess, checked(guess.header, offer.columns))
    except ThirdplaceError as error:
        missing = error
    return "" if missing is None else missing.what


def told(offer: Offer) -> dict[str, str]:
    """What goes with the job: also what is said to be nothing of these."""
    return {**dict.fromkeys(ROLES, ""), **(offer.columns or {})}

"""`thirdplace explain`: the card of a definition, word for word."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import Command
from thirdplace.foundation.errors import NotFound
from thirdplace.foundation.translation import gettext

if TYPE_CHECKING:
    from thirdplace.flow.advice import Advice
    from thirdplace.foundation.registry import Registry


@click.command(cls=Command)
@click.argument("name", metavar="NAME")
@click.option("--sql", is_flag=True, help="For a measure: print the query as well.")
@click.pass_obj
def command(asked: Asked, name: str, sql: bool) -> None:
    """Print how a measure is counted, what a signal notices, what an action does, a connector reads, or a report says.

    Word for word as it is written in code; advice too.

    \b
    Example:
      thirdplace explain first_reply_share
      thirdplace explain slack
    """
    asked.begin(mend=False)
    from thirdplace.face.api import shapes
    from thirdplace.flow.advice import advice

    registry = _registry(name)
    thing = registry[_plain(name)]
    value = {"sort": registry.one, "slug": _plain(name), "title": _title(thing), **shapes.card(thing.card)}
    if sql and hasattr(thing, "sql"):
        value["sql"] = thing.sql()
    piece = advice(_plain(name))
    if piece is not None:
        value["advice"] = shapes.advice(piece)
    asked.answer(value, lambda: _lines(value, piece))


def _lines(value: dict[str, Any], piece: "Advice | None") -> Iterator[str]:
    if piece is not None and value["sort"] == "advice":
        yield from _advice(piece)
        return
    if value["title"]:
        yield click.style(value["title"], bold=True)
    yield value["headline"]
    width = max((len(name) for name in value["lines"]), default=0) + 2
    for name, text in value["lines"].items():
        label = gettext(name) + ":"
        yield click.wrap_text(text, 96, f"  {label:<{width}}", " " * (width + 2))
    if piece is not None:
        yield ""
        yield from _advice(piece)
    if "sql" in value:
        yield ""
        yield value["sql"]


def _advice(piece: "Advice") -> Iterator[str]:
    """What usually helps, and how sure we are."""
    yield click.style(piece.title, bold=True)
    for paragraph in piece.body:
        yield click.wrap_text(piece.plain(paragraph), 96, "  ", "  ")
    for label, words in zip(piece.labels, (piece.usually, piece.rarely, piece.sure), strict=True):
        yield click.wrap_text(f"{label}: {piece.plain(words)}", 96, "  ", "  ")


def _plain(name: str) -> str:
    return name.strip().replace("-", "_")


def _title(thing: Any) -> str:
    words = getattr(thing, "title", None) or getattr(thing, "verb_words", "")
    return gettext(str(words)) if words else ""


def _registry(name: str) -> "Registry[Any]":
    """Where a definition of that name stands; else the place of the name that was perhaps meant."""
    from thirdplace.flow.definitions import registries

    told = [registry for registry in registries() if all(hasattr(thing, "card") for thing in registry.values())]
    for registry in told:
        if _plain(name) in registry:
            return registry
    near = [each for registry in told if (each := registry.nearest(name))]
    raise NotFound(
        gettext("Nothing here is called '%(name)s'.") % {"name": name},
        gettext("Did you mean '%(near)s'?") % {"near": near[0]}
        if near
        else gettext("There are: %(names)s.") % {"names": ", ".join(slug for registry in told for slug in registry)},
    )

"""Pictures: measures of a shape that is not one number a period, with their cards and their rows."""

from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router, Schema

from thirdplace.face.api import schemas, shapes
from thirdplace.face.api.house import NO, community
from thirdplace.foundation.engine.look import WITHOUT
from thirdplace.foundation.engine.measuring import QUESTIONS
from thirdplace.foundation.engine.pictures import Picture, pictures
from thirdplace.foundation.engine.reading import shared
from thirdplace.foundation.engine.triangles import cohorts
from thirdplace.foundation.members.models import Community

router = Router(tags=["Measures"])
Staff = Literal["without", "with", "only"]


class Drawn(Schema):
    """What a picture is. days: how far back it looks; 0 for all that is known."""

    slug: str
    title: str
    question: str
    shape: str
    days: int
    least: int
    sure: str
    card: schemas.Card


class Rows(Drawn):
    """A picture with its rows, and the days that it looked at. n: how many it counts in all."""

    first: str | None
    last: str | None
    n: int
    rows: list[dict[str, Any]]


@router.get("/pictures", response={200: list[Drawn], **NO}, operation_id="pictures")
def list_pictures(request: HttpRequest) -> Any:
    """Every picture: who stays from month to month, when people are here, in which languages they write."""
    community(request, "engine.see")
    return [definition(each) for each in pictures.values()]


@router.get("/pictures/{slug}", response={200: Rows, **NO}, operation_id="picture")
def one_picture(request: HttpRequest, slug: str, staff: Staff = "without") -> Any:
    """One picture: its card and its rows. None is not zero: too few for a share, or a month that has not come."""
    return told(pictures[slug], community(request, "engine.see"), staff)


def definition(known: Picture) -> dict[str, Any]:
    """What a picture is."""
    return {
        "slug": known.slug,
        "title": gettext(known.title),
        "question": gettext(QUESTIONS[known.question]),
        "shape": known.shape,
        "days": known.days,
        "least": known.least,
        "sure": gettext(known.sure),
        "card": shapes.card(known.card),
    }


def told(known: Picture, where: Community, staff: str = WITHOUT) -> dict[str, Any]:
    """A picture with its rows; shares with where they probably lie, never from too few."""
    seen = known.seen(where, staff)
    named = {"triangle": ("began_on", "age", "n", "of"), "week": ("weekday", "hour", "n"), "shares": ("language", "n")}
    rows: list[dict[str, Any]] = [dict(zip(named[known.shape], row, strict=False)) for row in seen.rows]
    if known.shape == "triangle" and seen.last is not None:
        rows = [
            {"began_on": each.began_on.isoformat(), "age": age, "n": n, "of": each.size,
             **_share(n, each.size, known.least)}
            for each in cohorts(seen.rows, last=seen.last)
            for age, n in enumerate(each.there, 1)
        ]  # fmt: skip
    elif known.shape == "shares":
        rows = [row | {"value": row["n"] / seen.n if seen.n >= known.least else None} for row in rows]
    days = {"first": seen.first, "last": seen.last}
    return {
        **definition(known),
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "n": seen.n,
        "rows": rows,
    }


def _share(part: int, whole: int, least: int) -> dict[str, float | None]:
    found = shared(part, whole)
    if whole < least:
        return {"value": None, "low": None, "high": None}
    return {"value": found.value, "low": found.low, "high": found.high}

"""Measures: their cards, their readings with uncertainty, and the rows behind each."""

from datetime import timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Query, Router, Schema

from thirdplace.face.api import figures, schemas
from thirdplace.face.api.house import NO, community
from thirdplace.foundation.engine import Period, measures
from thirdplace.foundation.errors import ThirdplaceError

router = Router(tags=["Measures"])
Grain = Literal["day", "week", "month"]
Part = Annotated[str, Query(max_length=200, description="all, or parts such as source:3, language:nl, staff:with.")]


class Reading(Schema):
    """A value with its uncertainty. None is not zero: nothing was there to measure, or we do not know."""

    begins_on: str | None
    ends_on: str | None
    value: float | None
    n: int
    low: float | None
    high: float | None
    open: bool
    more: dict[str, Any]


class Usual(Schema):
    """Between what its readings lay in four of five periods of the year before."""

    low: float
    high: float
    n: int


class Definition(Schema):
    """What a measure is."""

    slug: str
    title: str
    question: str
    unit: str
    better: str
    least: int
    fold: str
    rate: bool
    grains: list[str]
    sure: str
    card: schemas.Card


class Standing(Definition):
    """A measure with its last whole reading."""

    reading: Reading
    usual: Usual | None
    verdict: str


class WithQuery(Standing):
    """A measure with the query of its rows."""

    sql: str


class Row(Schema):
    """One that was counted: a message or a member."""

    key: str | None
    member: int | None
    source: int | None
    channel: str | None
    happened_at: str | None
    value: float | None


class Rows(Schema):
    """Those behind a value."""

    total: int
    reading: Reading
    rows: list[Row]


@router.get("/measures", response={200: list[Standing], **NO}, operation_id="measures")
def list_measures(request: HttpRequest, slice: Part = "all", grain: Grain = "week") -> Any:  # noqa: A002
    """Every measure, with its last whole reading and what is usual."""
    where = community(request, "engine.see")
    return figures.all_standing(where, slice, grain)


@router.get("/measures/{slug}", response={200: WithQuery, **NO}, operation_id="measure")
def one_measure(request: HttpRequest, slug: str, slice: Part = "all", grain: Grain = "week") -> Any:  # noqa: A002
    """One measure: its card, its last whole reading, what is usual, and the query of its rows."""
    where = community(request, "engine.see")
    measure = measures[slug]
    return {**figures.standing(measure, where, slice, grain), "sql": measure.sql()}


@router.get("/measures/{slug}/series", response={200: list[Reading], **NO}, operation_id="series")
def series(
    request: HttpRequest,
    slug: str,
    slice: Part = "all",  # noqa: A002
    grain: Grain = "week",
    begin: schemas.OnDay | None = None,
    end: Annotated[schemas.OnDay | None, Query(description="The last day, included.")] = None,
) -> Any:
    """A measure's readings, period by period, oldest first."""
    where = community(request, "engine.see")
    return figures.series(measures[slug], where, grain=grain, slice=slice, begin=begin, end=end)


@router.get("/measures/{slug}/rows", response={200: Rows, **NO}, operation_id="rows")
def rows(
    request: HttpRequest,
    slug: str,
    begin: schemas.OnDay,
    end: Annotated[schemas.OnDay, Query(description="The last day, included.")],
    slice: Part = "all",  # noqa: A002
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Any:
    """Which ones? Those behind a measure's value for a period, the most telling first."""
    where = community(request, "engine.see")
    if not figures.FIRST <= begin <= end <= figures.LAST:
        raise ThirdplaceError(
            gettext("That is no period."), gettext("Give a first and a last day between 1970 and 2199.")
        )
    period = Period(begin, end + timedelta(days=1))
    now = where.now(timezone.now())
    return figures.rows(measures[slug], where, period, now=now, slice=slice, limit=limit, offset=offset)

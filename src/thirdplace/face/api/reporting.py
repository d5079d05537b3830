"""Reports: what there are, and each of any week or month that is over."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from thirdplace.face.api import editions, schemas
from thirdplace.face.api.house import NO, community
from thirdplace.flow.reports import reports

router = Router(tags=["Reports"])


class Report(Schema):
    """What a report is. tells: the measures that it speaks of."""

    slug: str
    title: str
    period: str
    tells: list[str]
    card: schemas.Card


class Figure(Schema):
    """What a sentence stands on. A value of None is not zero: it cannot be told, and why_not says why."""

    sort: str
    name: str
    title: str
    begins_on: str
    ends_on: str
    slice: str
    unit: str
    value: float | None
    why_not: str | None
    n: int
    low: float | None
    high: float | None
    before: float | None
    usual: list[float] | None
    verdict: str
    opens: str


class Named(Schema):
    """A member whom a sentence names."""

    id: int
    name: str


class Sentence(Schema):
    """A sentence. more: how many members it counts and does not name."""

    words: str
    told: bool
    members: list[Named]
    more: int
    figures: list[Figure]


class Section(Schema):
    """A heading and its sentences; the opening has no heading."""

    title: str
    sentences: list[Sentence]


class Edition(Report):
    """A report of one period, as it was known by its end."""

    name: str
    begins_on: str
    ends_on: str
    known_at: str
    sections: list[Section]


@router.get("/reports", response={200: list[Report], **NO}, operation_id="reports")
def list_reports(request: HttpRequest) -> Any:
    """Every report there is."""
    community(request, "flow.see")
    return [editions.report(each) for each in reports.values()]


@router.get("/reports/{slug}", response={200: Edition, **NO}, operation_id="report")
def one_report(
    request: HttpRequest,
    slug: str,
    begins: Annotated[
        schemas.OnDay | None, Query(description="A day of the week or month; else the last that is over.")
    ] = None,
) -> Any:
    """A report of one week or month, every sentence with the figures it stands on."""
    where = community(request, "flow.see")
    return editions.edition(reports[slug].edition(where, begins, wall=timezone.now()))

"""Going on where a list stopped: by the last row's own place, so that page one hundred costs what page one does."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from thirdplace.face.web.request import Request

T = TypeVar("T")


@dataclass(frozen=True)
class Part(Generic[T]):
    """A stretch of a list: its rows, and the addresses of the next stretch and of the beginning, when there are any."""

    rows: list[T]
    further: str = ""
    first: str = ""

    def __len__(self) -> int:
        return len(self.rows)


def address(request: Request, **changes: str | None) -> str:
    """This page's address with some parts of its query changed; None takes a part away. The place in the list goes."""
    query = request.GET.copy()
    for gone in ("after", "as", "pane", *changes):
        query.pop(gone, None)
    for name, value in changes.items():
        if value is not None:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def part(request: Request, rows: list[T], *, limit: int, after: str) -> Part[T]:
    """The first rows of one more than were wanted, and where the rest is. after: the place of the last row shown."""
    going_on = address(request, after=after) if len(rows) > limit else ""
    return Part(rows[:limit], going_on, address(request) if request.GET.get("after") else "")

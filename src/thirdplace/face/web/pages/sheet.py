"""Tables that leave as CSV, for spreadsheets that would run what a member wrote."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import ngettext

from thirdplace.face.web.pages.words import clean
from thirdplace.face.web.request import Request

_RUNS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")  # the wide ones count too, where Excel speaks Japanese

LONGEST = 32_000  # letters of a cell, as spreadsheets count them: beyond 32,767 they break the row in two


def inert(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula. Numbers stay numbers; None is an empty cell, never 0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    text = _cut(clean(str(value)))
    return "'" + text if text.lstrip(" ").startswith(_RUNS) else text


def _cut(text: str) -> str:
    """A text that a cell can hold; cut, it says how much is not here."""
    if len(text) <= LONGEST // 2:
        return text
    letters = text.encode("utf-16-le")
    left = len(letters) // 2 - LONGEST
    if left <= 0:
        return text
    told = ngettext("%(n)s character more, at the original.", "%(n)s characters more, at the original.", left)
    return f"{letters[: 2 * LONGEST].decode('utf-16-le', 'ignore')}… [{told % {'n': left}}]"


def lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file, line by line; it begins with a mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([inert(str(head)) for head in heads])
    for row in rows:
        yield writer.writerow([inert(cell) for cell in row])


class _Echo:
    """What csv writes into: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def sheet(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A table as a file to keep."""
    answer = StreamingHttpResponse(lines(heads, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name) or "table"}.csv"'
    return answer


def wanted(request: Request) -> bool:
    """Whether the page is asked for as CSV."""
    return request.GET.get("as") == "csv"

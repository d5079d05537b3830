"""A table that leaves as CSV runs nothing in a spreadsheet."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from thirdplace.face.web.pages.sheet import inert, sheet


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u202e=1", "＝1"])
def test_what_a_spreadsheet_would_run_is_text(cell):
    assert inert(cell).startswith("'")


def test_numbers_stay_numbers_and_nothing_is_empty():
    assert [inert(cell) for cell in (-3, 0.5, 0, None, True)] == [-3, 0.5, 0, "", "yes"]


def test_times_are_written_as_the_standard_says():
    assert inert(datetime(2026, 11, 17, 8, 30, tzinfo=UTC)) == "2026-11-17T08:30:00+00:00"
    assert inert(date(2026, 11, 17)) == "2026-11-17"


def test_a_sheet_reads_back():
    answer = sheet(
        "Members of Hedgerow", ["Who", "Words"], [["Ann", 3], ["=cmd()", None], ['with "quotes"\nand lines', 1]]
    )
    text = b"".join(answer).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Who", "Words"],
        ["Ann", "3"],
        ["'=cmd()", ""],
        ['with "quotes"\nand lines', "1"],
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="members-of-hedgerow.csv"'


def test_a_cell_is_never_longer_than_a_spreadsheet_takes():
    cell = inert("=" + "ö😀" * 30_000)
    assert len(cell.encode("utf-16-le")) // 2 < 32_767
    assert cell.startswith("'=ö😀")
    assert cell.endswith("… [58001 characters more, at the original.]")
    assert inert("ö" * 32_000) == "ö" * 32_000

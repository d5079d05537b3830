"""Days are made in the community's zone, whatever its clocks do."""

from datetime import date, datetime

import pytest

from thirdplace.foundation.engine.days import by_day, offsets
from thirdplace.foundation.engine.shapes import SHAPES, shape, sql
from thirdplace.foundation.engine.warehouse import cursor, put, put_zone

BEGINNING, END = datetime(1970, 1, 1), datetime(2040, 1, 1)


def day(zone: str, at: datetime) -> date:
    with cursor() as connection:
        put(connection, "activities", [[at if name == "happened_at" else None for name in SHAPES["activities"]]])
        put_zone(connection, zone, begin=BEGINNING, end=END)
        asked = sql(by_day(shape("activities"), shape("offsets")).select("happened_on"))
        ((found,),) = connection.execute(asked).fetchall()
        return found


@pytest.mark.parametrize(
    ("zone", "at", "on"),
    [
        ("UTC", datetime(2026, 3, 1, 23, 59), date(2026, 3, 1)),
        ("Europe/Amsterdam", datetime(2026, 3, 1, 22, 59), date(2026, 3, 1)),
        ("Europe/Amsterdam", datetime(2026, 3, 1, 23, 0), date(2026, 3, 2)),
        # clocks go forward on 29 March 2026 at 01:00 UTC: that night begins an hour later than the next
        ("Europe/Amsterdam", datetime(2026, 3, 28, 22, 59), date(2026, 3, 28)),
        ("Europe/Amsterdam", datetime(2026, 3, 28, 23, 0), date(2026, 3, 29)),
        ("Europe/Amsterdam", datetime(2026, 3, 29, 21, 59), date(2026, 3, 29)),
        ("Europe/Amsterdam", datetime(2026, 3, 29, 22, 0), date(2026, 3, 30)),
        # and back on 25 October 2026 at 01:00 UTC
        ("Europe/Amsterdam", datetime(2026, 10, 24, 22, 0), date(2026, 10, 25)),
        ("Europe/Amsterdam", datetime(2026, 10, 25, 22, 59), date(2026, 10, 25)),
        ("Europe/Amsterdam", datetime(2026, 10, 25, 23, 0), date(2026, 10, 26)),
        # the south turns the other way, and half an hour only
        ("Australia/Lord_Howe", datetime(2026, 1, 10, 12, 59), date(2026, 1, 10)),
        ("Australia/Lord_Howe", datetime(2026, 1, 10, 13, 0), date(2026, 1, 11)),
        ("Australia/Lord_Howe", datetime(2026, 7, 10, 13, 29), date(2026, 7, 10)),
        ("Australia/Lord_Howe", datetime(2026, 7, 10, 13, 30), date(2026, 7, 11)),
        ("Asia/Kathmandu", datetime(2026, 5, 4, 18, 14), date(2026, 5, 4)),
        ("Asia/Kathmandu", datetime(2026, 5, 4, 18, 15), date(2026, 5, 5)),
        # Samoa had no 30 December 2011
        ("Pacific/Apia", datetime(2011, 12, 30, 9, 59), date(2011, 12, 29)),
        ("Pacific/Apia", datetime(2011, 12, 30, 10, 0), date(2011, 12, 31)),
        ("America/New_York", datetime(1969, 12, 31, 4, 0), date(1969, 12, 30)),
    ],
)
def test_a_moment_belongs_to_the_day_that_people_there_call_it(zone, at, on):
    assert day(zone, at) == on


def test_a_zone_without_turns_is_one_piece():
    assert len(offsets("Asia/Tokyo")) == 1
    assert offsets("UTC")[0][2] == 0


def test_the_pieces_of_a_zone_leave_no_gap():
    pieces = offsets("Europe/Amsterdam")
    assert [ends for _begins, ends, _seconds in pieces[:-1]] == [begins for begins, _ends, _seconds in pieces[1:]]
    assert {seconds for _begins, _ends, seconds in pieces} == {3600, 7200}


def test_only_the_turns_that_matter_are_joined():
    with cursor() as connection:
        put_zone(connection, "Europe/Amsterdam", begin=datetime(2026, 1, 1), end=datetime(2026, 12, 31))
        (count,) = connection.execute("SELECT count(*) FROM offsets").fetchall()[0]
    assert count == 3

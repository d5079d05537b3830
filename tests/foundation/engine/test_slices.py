"""Parts of a community, and stretches of time."""

from datetime import date

import pytest

from thirdplace.foundation.engine.periods import Grain, Period, periods
from thirdplace.foundation.engine.slices import Slice
from thirdplace.foundation.errors import ThirdplaceError


@pytest.mark.parametrize(
    "written", ["all", "source:3", "channel:-12", "language:nl", "staff:only", "source:3,staff:with", "source:0"]
)
def test_what_is_written_is_read(written):
    assert str(Slice.parse(written)) == written


def test_nothing_said_is_everything():
    assert Slice.parse("") == Slice.parse("all") == Slice()


@pytest.mark.parametrize(
    "written",
    ["source:x", "language:n'l", "staff:maybe", "1 = 1", "channel:1 OR 1", "all,all", "source:²", "source:--5"],
)
def test_anything_else_is_refused_with_what_to_write(written):
    with pytest.raises(ThirdplaceError) as error:
        Slice.parse(written)
    assert "source:" in error.value.remedy


def test_the_rows_of_a_slice():
    assert Slice().condition() == "true"
    assert Slice(source=3, language="nl").condition() == "source = 3 AND language = 'nl'"


def test_weeks_begin_on_monday():
    week = Period.of(date(2026, 11, 22), Grain.WEEK)
    assert (week.begins_on, week.ends_on) == (date(2026, 11, 16), date(2026, 11, 23))
    assert date(2026, 11, 22) in week
    assert date(2026, 11, 23) not in week


def test_the_period_before_is_as_long_and_a_months_is_a_month():
    assert Period.of(date(2026, 3, 5), Grain.MONTH).before() == Period.of(date(2026, 2, 1), Grain.MONTH)
    assert Period(date(2026, 3, 5), date(2026, 3, 9)).before() == Period(date(2026, 3, 1), date(2026, 3, 5))
    assert Period.of(date(2026, 1, 1), Grain.WEEK).before().begins_on == date(2025, 12, 22)


def test_periods_leave_none_out():
    months = list(periods(date(2025, 11, 30), date(2026, 2, 1), Grain.MONTH))
    assert [each.begins_on.month for each in months] == [11, 12, 1]
    assert len(list(periods(date(2026, 3, 28), date(2026, 3, 31), Grain.DAY))) == 3

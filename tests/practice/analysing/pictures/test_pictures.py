"""Pictures: who stays from month to month, when people are here, in which languages they write."""

import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from thirdplace.foundation.engine.pictures import pictures
from thirdplace.foundation.engine.triangles import Cohort, cohorts, pooled
from village import village as made

retention, hours, languages = pictures["retention"], pictures["hours"], pictures["languages"]
PEOPLE = ("ann", "ben", "cho", "dee", "eve", "vic", "bot")


def said(who, *days, **given):
    """What somebody said on some days."""
    return [(who, "said", day, None, given) for day in days]


def test_who_begins_in_march_and_is_there_in_may(village):
    rows = [*said("ann", 2, 5, 62), *said("ben", 3), *said("cho", 33, 63), *said("vic", 2), *said("bot", 2)]
    assert retention.rows(village(*rows, now=70)) == [
        (202603, 0, 2), (202603, 2, 1), (202604, 0, 1), (202604, 1, 1),
    ]  # fmt: skip


def test_a_month_that_is_not_over_is_not_in_the_triangle():
    rows = [(202603, 0, 4), (202603, 2, 1), (202605, 0, 2)]
    assert cohorts(rows, last=date(2026, 5, 31)) == [Cohort(date(2026, 3, 1), 4, [0])]
    (march, may) = cohorts(rows, last=date(2026, 6, 1))
    assert (march.there, may.there) == ([0, 1], [])
    assert [march.share(age) for age in (1, 2, 3)] == [0.0, 0.25, None]
    assert pooled([march, may], 2).n == 4
    assert pooled([march, may], 3).value is None


def test_hours_are_those_of_the_communitys_zone(village):
    rows = [*said("ann", 1 + 23.5 / 24, 2 + 0.5 / 24), *said("vic", 3)]
    assert hours.rows(village(*rows)) == [(0, 23, 1), (1, 0, 1)]
    assert hours.rows(village(*rows, zone="Asia/Kathmandu")) == [(1, 5, 1), (1, 6, 1)]


def test_only_the_last_twelve_weeks_are_looked_at(village):
    assert hours.rows(village(*said("ann", -80, 1), now=8)) == [(0, 0, 1)]
    assert languages.rows(village(*said("ann", -80, 1, language="nl"), now=8)) == [("nl", 1)]


def test_a_message_whose_language_is_not_known_is_counted_apart(village):
    rows = [*said("ann", 1, 2, language="nl"), *said("ben", 3, language="en"), *said("ben", 3.1)]
    assert languages.rows(village(*rows)) == [("en", 1), ("nl", 2), (None, 1)]


@pytest.mark.parametrize("seed", range(3))
def test_the_query_and_the_loop_agree(seed):
    chance, rows, day = random.Random(seed), [], -200.0
    while day < 60:
        day = round(day + chance.choice([0.01, 0.3, 2.0]), 4)
        rows.append((chance.choice(PEOPLE), "said", day, None, {"language": chance.choice(["en", "nl", None])}))
    tables = made(*rows, now=61, zone="America/New_York")
    names = {5000 + number: name for name, number in tables.village.members.items()}
    zone, talk = ZoneInfo("America/New_York"), []
    for row in tables.village.activities:
        if names[row["identity"]] not in ("vic", "bot"):
            at = row["happened_at"].replace(tzinfo=ZoneInfo("UTC"))
            talk.append((names[row["identity"]], at, at.astimezone(zone), row.get("language")))
    since = max(at for _who, at, *_rest in talk).replace(hour=0, minute=0, second=0, microsecond=0)
    since = since.replace(year=2026, month=3, day=1) + timedelta(days=61 - 84)
    here = Counter((local.weekday(), local.hour) for _who, at, local, _code in talk if at >= since)
    assert {row[:2]: row[2] for row in hours.rows(tables)} == here
    months = defaultdict(set)
    for who, _at, local, _code in talk:
        months[who].add((local.year, local.month))
    ages = Counter()
    for each in months.values():
        began = min(each)
        ages.update((began[0] * 100 + began[1], (year - began[0]) * 12 + month - began[1]) for year, month in each)
    assert {row[:2]: row[2] for row in retention.rows(tables)} == ages

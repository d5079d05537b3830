"""The same once more, counted the slow way over a random log: the engine and plain loops agree, month by month."""

import random
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from thirdplace.foundation.engine import measures
from thirdplace.foundation.engine.periods import Period
from village import BOTS, STAFF, Village

PEOPLE = [f"m{nth}" for nth in range(30)] + ["vic", "bot"]
LAST = 190  # the day until which everything has been read
MONTHS = [Period.of(date(2026, nth, 1), "month") for nth in range(3, 9)]
DAY = timedelta(days=1)


def chatter(seed):
    """Half a year: a few write much, many now and then, in a flat channel, another, and threads."""
    chance, rows, day = random.Random(seed), [], 1.0
    while day < LAST - 1:
        day = round(day + chance.choice([0.002, 0.01, 0.019, 0.03, 0.4, 3.0]), 4)
        who = PEOPLE[min(int(chance.paretovariate(0.6)), len(PEOPLE)) - 1]
        thread = chance.choice([None, None, f"t{int(day) // 4}"])
        kind = "said" if thread is None else chance.choice(["asked", "replied", "replied", "answered"])
        rows.append((who, kind, day, thread, {"channel": chance.choice([7, 8])} if thread is None else {}))
    return rows


@pytest.fixture(scope="module", params=[1, 2, 3])
def log(request):
    """A village, its tables, and what its members said: rows as the log has them."""
    made = Village(*chatter(request.param))
    names = {5000 + number: name for name, number in made.members.items()}
    rows = [row | {"who": names[row["identity"]]} for row in made.activities]
    rows.sort(key=lambda row: (row["happened_at"], row["key"]))
    people = [row for row in rows if row["who"] not in BOTS]
    return made.tables(now=LAST), people, [row for row in people if row["who"] not in STAFF]


def inside(rows, period):
    """What was said in a period."""
    return [row for row in rows if row["happened_at"].date() in period]


def read(log, slug, period):
    """What the engine says."""
    return measures[slug].reading(log[0], period)


def sums(log, period):
    """How much each member wrote in a period, the busiest first."""
    return sorted(Counter(row["who"] for row in inside(log[2], period)).values(), reverse=True)


@pytest.mark.parametrize("period", MONTHS)
def test_how_the_talk_is_shared(log, period):
    wrote = sums(log, period)
    whole, n = sum(wrote), len(wrote)
    apart = sum(abs(one - other) for one in wrote for other in wrote)
    assert read(log, "participation_inequality", period).value == pytest.approx(apart / (2 * n * whole))
    reached = next(count for count in range(1, n + 1) if 2 * sum(wrote[:count]) >= whole)
    assert (read(log, "contributor_absence_factor", period).value, reached > 1) == (reached, True)
    found = read(log, "top_share", period)
    tenth = int(n / 10 + 0.5) or 1
    assert found.value == pytest.approx(wrote[0] / whole)
    assert found.more["next"] == pytest.approx(sum(wrote[1:tenth]) / whole)
    assert found.value + found.more["next"] + found.more["rest"] == pytest.approx(1)


@pytest.mark.parametrize("period", MONTHS)
def test_who_is_there_and_who_returns(log, period):
    days, later = defaultdict(set), set()
    for row in log[2]:
        on = row["happened_at"].date()
        if on in period:
            days[row["who"]].add(on)
        elif period.ends_on <= on < period.ends_on + 28 * DAY:
            later.add(row["who"])
    average = sum(len(each) for each in days.values()) / period.days / len(days)
    assert read(log, "stickiness", period).value == pytest.approx(average)
    found = read(log, "returning_share", period)
    known = period.ends_on + 28 * DAY <= date(2026, 3, 1) + LAST * DAY
    assert found.value == (pytest.approx(len(days.keys() & later) / len(days)) if known else None)


@pytest.mark.parametrize("period", MONTHS)
def test_who_is_lost_and_won_back(log, period):
    moments = defaultdict(dict)  # of each member, their days: first and last moment
    for row in log[2]:
        first, _last = moments[row["who"]].get(row["happened_at"].date(), (row["happened_at"],) * 2)
        moments[row["who"]][row["happened_at"].date()] = (first, row["happened_at"])
    lost, back = set(), set()
    for who, days in moments.items():
        spans = [*days.values(), (None, None)]
        for (_first, last), (after, _last) in zip(spans, spans[1:], strict=False):
            gone = last + 28 * DAY
            if (
                (after is None or after > gone)
                and gone.date() in period
                and (gone.date() - date(2026, 3, 1)).days < LAST
            ):
                lost.add(who)
            if after is not None and gone < after <= last + 365 * DAY and after.date() in period:
                back.add(who)
    assert read(log, "lost_members", period).value == len(lost)
    assert read(log, "members_won_back", period).value == len(back)


@pytest.mark.parametrize("period", MONTHS)
def test_conversations_and_how_deep_they_go(log, period):
    places = defaultdict(list)
    for row in log[1]:
        places[row["thread"] or -row["channel"]].append(row)
    lengths = {}
    for rows in places.values():
        opener, before = None, None
        for row in rows:
            flat = row["thread"] is None
            gap = before is None or row["happened_at"] - before["happened_at"] > (DAY / 48 if flat else 30 * DAY)
            asked = row["kind"] == "asked" and (gap or row["who"] != before["who"])
            if gap or asked:
                opener = row
                lengths[row["key"]] = (row, asked or (flat and row["kind"] == "said"), 0)
            if row["happened_at"] <= opener["happened_at"] + 30 * DAY:
                lengths[opener["key"]] = (*lengths[opener["key"]][:2], lengths[opener["key"]][2] + 1)
            before = row
    mine = [(row, n) for row, opens, n in lengths.values() if opens and row["who"] not in STAFF]
    here = [n for row, n in mine if row["happened_at"].date() in period]
    assert read(log, "conversations", period).value == len(here) > 0
    found = read(log, "conversation_depth", period)
    if period.ends_on + 30 * DAY > date(2026, 3, 1) + LAST * DAY:
        assert found.value is None
    else:
        assert (found.value, found.n) == (pytest.approx(sum(here) / len(here)), len(here))

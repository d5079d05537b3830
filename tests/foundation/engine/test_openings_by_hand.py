"""Conversations once more, counted the slow way: the query and a plain loop agree on whatever was said."""

import random
from datetime import timedelta

import pytest

from thirdplace.foundation.engine.conversations import FOLLOWED, SILENCE
from village import BOTS, Village

PEOPLE = ("ann", "ben", "cho", "vic", "bot", "dee")


def chatter(seed):
    """Talk in two flat channels and a few threads, close enough in time to be tricky."""
    chance, rows, names = random.Random(seed), [], {}
    day = 1.0
    for _ in range(120):
        day = round(day + chance.choice([0.0, 0.001, 0.015, 0.0208, 0.021, 0.4, 9.0]), 4)
        who, thread = chance.choice(PEOPLE), chance.choice([None, None, "a", "b", "c"])
        kinds = ["said"] if thread is None else ["replied", "answered", "commented"]
        kind = chance.choice(kinds) if chance.random() < 0.8 else chance.choice(["asked", "started", "replied"])
        given = {"channel": chance.choice([7, 8])} if thread is None else {}
        if chance.random() < 0.3 and names:
            given["about"] = chance.choice(sorted(names))
        rows.append((who, kind, day, thread, given))
        names[f"{who}-{sum(row[0] == who for row in rows)}"] = day
    return rows


def by_hand(made):
    """Of each message that waits: whether it opens, when another replied, when another answered."""
    rows = sorted(made.activities, key=lambda row: (row["happened_at"], row["key"]))
    bots = {5000 + number for name, number in made.members.items() if name in BOTS}
    rows = [row for row in rows if row["identity"] not in bots]
    found = {}
    for row in rows:
        place = [each for each in rows if _place(each) == _place(row)]
        at = place.index(row)
        flat, gap = row["thread"] is None, SILENCE if row["thread"] is None else FOLLOWED
        before = place[at - 1] if at else None
        breaks = before is None or row["happened_at"] - before["happened_at"] > gap
        opens = row["kind"] in ("asked", "started") or (row["kind"] == "said" and flat and breaks)
        if not breaks and before["identity"] == row["identity"]:
            continue
        month = [each for each in rows if each["identity"] == row["identity"] and _month(each) == _month(row)]
        if not opens and row["happened_at"] != month[0]["happened_at"]:
            continue
        found[row["key"]] = (opens, _replied(row, place[at:], gap, rows), _answered(row, place))
    return found


def _place(row):
    return row["thread"] or -row["channel"]


def _month(row):
    return row["happened_at"].year, row["happened_at"].month


def _replied(row, onwards, gap, rows):
    times = []
    for last, each in zip(onwards, onwards[1:], strict=False):
        if each["happened_at"] - last["happened_at"] > gap:
            break
        if each["identity"] != row["identity"]:
            times.append(each["happened_at"])
            break
    named = [each for each in rows if each.get("about") == row["key"] and each["identity"] != row["identity"]]
    times += [each["happened_at"] for each in named if each["happened_at"] > row["happened_at"]]
    return _soon(row, times)


def _answered(row, place):
    if row["kind"] != "asked" or row["thread"] is None:
        return None
    others = [each for each in place if each["identity"] != row["identity"]]
    told = [each for each in others if each["kind"] not in ("commented", "asked")]
    return _soon(row, [each["happened_at"] for each in told if each["happened_at"] > row["happened_at"]])


def _soon(row, times):
    return min((at for at in times if at <= row["happened_at"] + timedelta(days=30)), default=None)


@pytest.mark.parametrize("seed", range(12))
def test_the_query_and_the_loop_agree(seed):
    made = Village(*chatter(seed))
    rows = made.tables(now=1000).query("SELECT key, opens, replied_at, answered_at FROM openings").fetchall()
    assert len(rows) > 20
    assert {row[0]: row[1:] for row in rows} == by_hand(made)

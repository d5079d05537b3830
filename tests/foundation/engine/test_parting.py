"""A measure by language and staff, computed together."""

from datetime import date

import pytest
from town import NOW, Town

from thirdplace.foundation.engine import Period, Slice, measures, tables
from thirdplace.foundation.engine.parting import parted

pytestmark = pytest.mark.django_db
WEEKS = Period(date(2026, 1, 1), date(2026, 2, 1))

ENGLISH = "The gate behind the old mill was closed again this morning, does anybody know who has the key to it?"
DUTCH = "Het hek achter de oude molen was vanochtend weer dicht, weet iemand misschien wie de sleutel heeft?"


@pytest.fixture
def town():
    """Ann and Ben write English, Cho writes Dutch, Dee is of the house; one word of nobody knows what."""
    made = Town(zone="UTC")
    made.tell(
        [
            {"who": "ann", "kind": "said", "day": 1.5, "text": ENGLISH},
            {"who": "ben", "kind": "asked", "day": 2, "thread": "gate", "text": ENGLISH},
            {"who": "cho", "kind": "replied", "day": 2.1, "thread": "gate", "text": DUTCH},
            {"who": "cho", "kind": "asked", "day": 5, "thread": "stile", "text": DUTCH},
            {"who": "dee", "kind": "replied", "day": 8, "thread": "stile", "text": ENGLISH},
            {"who": "ann", "kind": "said", "day": 9.5},
            {"who": "ann", "kind": "said", "day": 20, "text": ENGLISH},
        ]
    )
    made.mark("dee", staff=True)
    made.refresh()
    return made


def test_together_they_are_what_each_is_alone(town):
    seen = tables(town.community, NOW)
    for measure in measures.values():
        found = parted(measure, town.community, WEEKS, ["en", "nl", "sv"])
        assert [str(part) for part in found] == [
            "all", "language:en", "language:nl", "language:sv", "staff:with", "staff:only",
        ]  # fmt: skip
        for part, reading in found.items():
            alone = measure.reading(seen, WEEKS, part)
            assert (reading.value, reading.n, reading.low, reading.high) == (
                alone.value, alone.n, alone.low, alone.high,
            ), (measure.slug, str(part))  # fmt: skip


def test_the_parts_by_their_values(town):
    messages = parted(measures["messages"], town.community, WEEKS, ["en", "nl", "sv"])
    assert [reading.value for reading in messages.values()] == [6.0, 3.0, 2.0, 0.0, 7.0, 1.0]
    answered = parted(measures["answered_share"], town.community, WEEKS, ["en", "sv"])
    assert [answered[Slice(language=code)].value for code in ("en", "sv")] == [1.0, None]


def test_they_move_on_with_the_log_and_with_a_mark(town):
    before = parted(measures["messages"], town.community, WEEKS, ["en"])
    assert parted(measures["messages"], town.community, WEEKS, ["en"]) is before
    town.tell([{"who": "eve", "kind": "said", "day": 12, "text": ENGLISH}])
    town.refresh()
    assert parted(measures["messages"], town.community, WEEKS, ["en"])[Slice(language="en")].value == 4.0
    town.mark("ann", staff=True)
    town.refresh()
    assert parted(measures["messages"], town.community, WEEKS, ["en"])[Slice(language="en")].value == 2.0


def test_nothing_is_known_before_the_first_refresh():
    assert parted(measures["messages"], Town().community, WEEKS, ["en"]) == {}


def test_which_ones_come_with_how_many_there_are(town):
    seen, messages = tables(town.community, NOW), measures["messages"]
    for offset, names in ((0, 2), (2, 1), (9, 0)):
        rows, whole = messages.rows_of(seen, WEEKS, limit=2, offset=offset)
        assert (len(rows), whole) == (names, messages.rows_count(seen, WEEKS))
        assert rows == messages.rows(seen, WEEKS, limit=2, offset=offset)
    assert messages.rows_of(seen, Period(date(2025, 1, 1), date(2025, 2, 1))) == ([], 0)

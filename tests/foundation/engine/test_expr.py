"""The functions that definitions may use give the same on every engine here: DuckDB, and Sail where installed."""

import importlib.util
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import ibis
import pyarrow as pa
import pytest

from thirdplace.foundation.engine.expr import (
    _,
    days_between,
    first_known,
    least,
    literal,
    row_number,
    seconds_between,
    share,
    within,
)

ROWS = {
    "who": ["ann", "ann", "ben", "ben", "cho"],
    "said_at": [
        datetime(2026, 3, 1, 12, 0, 0, 900_000), datetime(2026, 3, 2, 12, 0), datetime(2026, 3, 1, 12, 0),
        datetime(2026, 3, 5, 12, 0), datetime(2026, 3, 29, 1, 30),
    ],
    "replied_at": [
        datetime(2026, 3, 1, 12, 0, 1, 100_000), None, datetime(2026, 3, 2, 12, 0),
        datetime(2026, 3, 6, 12, 0, 1), None,
    ],
    "on": [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 5), date(2026, 3, 29)],
    "part": [1, 0, 3, 5, 0],
    "whole": [2, 0, 19, 20, 0],
}  # fmt: skip
SHAPE = {
    "who": pa.string(), "said_at": pa.timestamp("us"), "replied_at": pa.timestamp("us"), "on": pa.date32(),
    "part": pa.int64(), "whole": pa.int64(),
}  # fmt: skip


@contextmanager
def duckdb():
    yield ibis.duckdb.connect()


@contextmanager
def sail():
    if importlib.util.find_spec("pysail") is None:
        pytest.skip("Sail is not installed here.")
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer("127.0.0.1", 0)
    server.start()
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{server.listening_address[1]}").getOrCreate()
    session.conf.set("spark.sql.session.timeZone", "UTC")
    yield ibis.pyspark.connect(session)
    session.stop()
    server.stop()


@pytest.fixture(scope="module", params=[duckdb, sail], ids=["duckdb", "sail"])
def engine(request):
    with request.param() as connected:
        yield connected


@pytest.fixture
def ask(engine):
    """The values of an expression over the rows, in the order of who and when."""

    def values(expression):
        rows = ibis.memtable(pa.table({name: pa.array(ROWS[name], kind) for name, kind in SHAPE.items()}))
        asked = rows.select("who", "said_at", value=expression).order_by("who", "said_at")
        found = engine.to_pyarrow(asked).column("value").to_pylist()
        return [None if each != each else each for each in found]

    return values


def test_row_number_counts_from_nought(ask):
    assert ask(row_number().over(group_by="who", order_by="said_at")) == [0, 1, 0, 1, 0]


def test_a_row_can_be_asked_by_name(ask):
    assert ask(_["who"]) == ask(_.who) == ["ann", "ann", "ben", "ben", "cho"]


def test_the_row_before_is_of_the_same_member(ask):
    before = _.on.lag().over(group_by="who", order_by="said_at")
    assert ask(days_between(before, _.on)) == [None, 1, None, 4, None]


def test_seconds_are_whole_and_cut_off(ask):
    assert ask(seconds_between(_.said_at, _.replied_at)) == [1.0, None, 86_400.0, 86_401.0, None]


def test_within_a_span_counts_its_end_and_nothing_that_never_came(ask):
    assert ask(within(_.replied_at, _.said_at, timedelta(days=1))) == [True, False, True, False, False]


def test_a_share_of_too_few_is_empty(ask):
    assert ask(share(_.part, _.whole, least=20)) == [None, None, None, 0.25, None]
    assert ask(share(_.part, _.whole, least=2))[0] == 0.5


def test_the_first_known_and_the_least(ask):
    assert ask(first_known(_.replied_at, _.said_at).day()) == [1, 2, 2, 6, 29]
    assert ask(least(_.part, _.whole, literal(4))) == [1, 0, 3, 4, 0]


def test_a_choice_is_written_without_casting_a_truth(ask):
    assert ask((_.part > 0).ifelse(1.0, 0.0)) == [1.0, 0.0, 1.0, 1.0, 0.0]


def test_a_quantile_lies_between_the_values(engine):
    rows = ibis.memtable(pa.table({"gap": [1, 2, 3, 4, 10]}))
    assert engine.to_pyarrow(rows.agg(value=_.gap.quantile(0.9))).column("value").to_pylist() == pytest.approx([7.6])

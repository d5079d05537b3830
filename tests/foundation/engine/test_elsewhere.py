"""Every definition and every rollup gives the same rows on Sail as on DuckDB; where there is no Sail, it says so."""

import importlib.util
import random
from decimal import Decimal

import ibis
import pytest

from thirdplace.flow.signals import signals
from thirdplace.foundation.engine import Tables, measures, rollups
from thirdplace.foundation.engine.shapes import SHAPES, shape, sql
from village import village

if importlib.util.find_spec("pysail") is None:
    pytest.skip("Sail is not installed here.", allow_module_level=True)

PEOPLE = ("ann", "ben", "cho", "dee", "vic", "bot")


def life():
    """A few months of talk."""
    chance, rows, day = random.Random(7), [], -120.0
    while day < 7:
        who, thread = chance.choice(PEOPLE), chance.choice([None, None, "a", "b", f"t{day}"])
        kind = "said" if thread is None else chance.choice(["asked", "started", "answered", "replied", "commented"])
        rows.append((who, kind, round(day, 4), thread, {"language": chance.choice(["en", "nl", None])}))
        day += chance.choice([0.001, 0.01, 0.02, 0.2, 2.0])
    return rows


@pytest.fixture(scope="module")
def here():
    return village(*life())


@pytest.fixture(scope="module")
def there(here):
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer("127.0.0.1", 0)
    server.start()
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{server.listening_address[1]}").getOrCreate()
    session.conf.set("spark.sql.session.timeZone", "UTC")
    for name in SHAPES:
        columns = ", ".join(_column(column, kind) for column, kind in SHAPES[name].items())
        rows = here.query(f"SELECT {columns} FROM {name}").fetchall()
        session.createDataFrame(rows, _schema(SHAPES[name])).createOrReplaceTempView(f"{name}_")
        back = ", ".join(_back(column, kind) for column, kind in SHAPES[name].items())
        session.sql(f"SELECT {back} FROM {name}_").createOrReplaceTempView(name)
    ibis.pyspark.connect(session)  # without it, no query can be written for Spark
    yield session
    session.stop()
    server.stop()


def _column(name, kind):
    return f"{name}::VARCHAR AS {name}" if kind in ("timestamp", "date") else name


def _back(name, kind):
    return f"CAST({name} AS {'TIMESTAMP_NTZ' if kind == 'timestamp' else 'DATE'}) AS {name}" if kind in (
        "timestamp", "date",
    ) else name  # fmt: skip


def _schema(columns):
    kinds = {"int64": "bigint", "int32": "int", "boolean": "boolean"}
    return ", ".join(f"{name} {kinds.get(kind, 'string')}" for name, kind in columns.items())


def same(expression, here, there):
    """Both engines' rows, as sets of plain values."""
    from thirdplace.foundation.engine.expr import _

    plain = expression.mutate(**{
        name: _[name].cast("string") for name, kind in expression.schema().items() if kind.is_temporal()
    })  # fmt: skip
    found = [[tuple(row) for row in there.sql(sql(plain, "pyspark")).collect()], here.query(sql(plain)).fetchall()]
    return [sorted((tuple(map(_plain, row)) for row in rows), key=str) for rows in found]


def _plain(value):
    if isinstance(value, float | Decimal):
        return round(float(value), 6)
    return value.removesuffix("+00:00") if isinstance(value, str) else value


@pytest.mark.parametrize("slug", sorted(measures))
def test_a_measures_rows_are_the_same(slug, here, there):
    theirs, ours = same(measures[slug]._rows("without"), here, there)
    assert ours
    assert theirs == ours


@pytest.mark.parametrize("slug", sorted(signals))
def test_a_signals_findings_are_the_same(slug, here, there):
    theirs, ours = same(signals[slug].define(Tables()), here, there)
    assert theirs == ours


@pytest.mark.parametrize("name", ["standing", *rollups.NAMES])
def test_a_rollups_rows_are_the_same(name, here, there):
    theirs, ours = same(rollups._expression(name), here, there)
    assert len(ours) == here.query(f"SELECT count(*) FROM {name}").fetchall()[0][0] > 0
    assert theirs == ours


def test_a_shape_is_a_table_anywhere(there):
    assert there.sql(sql(shape("moment"), "pyspark")).collect()

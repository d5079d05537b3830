"""What every connector promises, present and future."""

import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from exports import OURS, PACKINGS, Said, files_of, hear, hostile, larger, pack, recording, rows

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import LONGEST_NAME, SPOKEN, Activity, Kind, Person, Place, Tally
from thirdplace.foundation.connectors.columns import ROWS, gather
from thirdplace.foundation.connectors.connector import Connector


@pytest.fixture(params=OURS, ids=lambda connector: connector.slug)
def connector(request: pytest.FixtureRequest) -> type[Connector]:
    return request.param


@pytest.fixture
def said(connector: type[Connector]) -> Said:
    return hear(recording(connector.slug))


def test_the_recording_is_recognised_and_it_says_why(connector, said):
    assert said.connector is connector
    with Archive(recording(connector.slug)) as archive:
        recognised = connector.recognise(archive)
    assert recognised.why.endswith(".")
    assert 0.5 < recognised.sure <= 1
    assert recognised.space == said.space


def test_nobody_else_takes_it_for_theirs(connector):
    with Archive(recording(connector.slug)) as archive:
        assert [each.slug for each in OURS if each.recognise(archive)] == [connector.slug]


def test_reading_twice_says_the_same(connector, said):
    again = hear(recording(connector.slug))
    assert said.items == again.items
    assert (said.tally.found, said.tally.skipped) == (again.tally.found, again.tally.skipped)


def test_the_fast_way_says_what_the_simple_way_says(connector, said):
    assert sorted(rows(said.columns), key=str) == sorted(rows(gather(said.items, 1)), key=str)
    people = {number: person for each in said.columns for number, person in each.people.items()}
    places = {number: place for each in said.columns for number, place in each.places.items()}
    assert people == {number: person for each in gather(said.items, 1) for number, person in each.people.items()}
    assert places == {number: place for each in gather(said.items, 1) for number, place in each.places.items()}


def test_the_fast_way_counts_alike(connector):
    with Archive(recording(connector.slug)) as archive:
        simple, fast = Tally(), Tally()
        list(connector(archive).read(simple))
        list(connector(archive).columns(fast, 1))
    assert (simple.found, simple.skipped, simple.places) == (fast.found, fast.skipped, fast.places)


def test_every_item_has_an_id_of_its_own(said):
    natives = [each.native for each in said.activities]
    assert len(set(natives)) == len(natives) > 20


def test_every_time_is_aware_and_in_utc(said):
    for each in said.activities:
        assert each.happened_at.utcoffset().total_seconds() == 0
        assert each.edited_at is None or each.edited_at.utcoffset().total_seconds() == 0


def test_everybody_and_every_channel_is_introduced_before_they_are_named(said):
    people, places = set(), set()
    for item in said.items:
        if isinstance(item, Person):
            assert item.name
            people.add(item.native)
        elif isinstance(item, Place):
            assert item.name
            places.add(item.native)
        elif isinstance(item, Activity):
            assert item.who is None or item.who in people
            assert item.channel is None or item.channel in places


def test_what_was_spoken_has_words_and_everything_knows_its_file(connector, said):
    with Archive(recording(connector.slug)) as archive:
        files = set(archive.names())
    for each in said.activities:
        assert each.place in files
        assert each.kind not in SPOKEN or each.text is not None
        assert each.kind not in (Kind.REACTED, Kind.VOTED, Kind.ACCEPTED) or each.about


def test_what_was_left_out_has_a_reason_and_a_place(said):
    assert said.tally.skipped
    for why, count in said.tally.skipped.items():
        assert why.endswith(".")
        assert count > 0
        assert said.tally.places[why]


def test_progress_grows_to_the_whole(said):
    assert 0 < said.tally.done <= said.tally.whole


@pytest.mark.parametrize("how", PACKINGS)
def test_every_packing_is_read_alike(connector, said, how, tmp_path: Path):
    path = pack(files_of(recording(connector.slug)), how, tmp_path, name=recording(connector.slug).name)
    spool = tmp_path / "spool"
    other = hear(path, spool=spool)
    assert other.items == said.items
    assert other.tally.skipped == said.tally.skipped
    assert not spool.exists() or not list(spool.iterdir())


@pytest.mark.parametrize("how", ["zip", "tar.xz", "7z"])
def test_a_peek_is_enough_to_recognise(connector, how, tmp_path: Path):
    path = pack(files_of(recording(connector.slug)), how, tmp_path, name=recording(connector.slug).name)
    with Archive(path, spool=tmp_path / "spool", peek=True) as archive:
        assert connector.recognise(archive) is not None
    assert not (tmp_path / "spool").exists() or not list((tmp_path / "spool").iterdir())


def test_hostile_words_stay_words(connector, said, tmp_path: Path):
    path = pack(hostile(files_of(recording(connector.slug))), "folder", tmp_path, name=recording(connector.slug).name)
    heard = hear(path)
    assert len(heard.activities) == len(said.activities)
    spoken = [each for each in heard.activities if each.kind in SPOKEN and each.text]
    assert len(spoken) > 20
    for each in heard.activities:
        for words in (each.text, each.title, each.label):
            (words or "").encode("utf-8")
        assert len(each.title or "") <= LONGEST_NAME
        assert len(each.label or "") <= LONGEST_NAME
    assert all("x" * 5_000 in each.text for each in spoken)
    for item in heard.items:
        assert not isinstance(item, Person | Place) or len(item.name) <= LONGEST_NAME


def test_a_card_says_what_is_left(connector):
    assert list(connector.card.lines) == ["Needs", "Brings", "Resumes", "Leaves"]
    assert connector.card.headline.endswith(".")


def test_batches_are_bounded(said):
    assert all(len(each) <= ROWS for each in said.columns)


def test_memory_stays_flat(connector, tmp_path: Path):
    peaks = []
    for times in (60, 240):
        path = pack(larger(connector.slug, times), "folder", tmp_path / str(times), name=recording(connector.slug).name)
        with Archive(path) as archive:
            peaks.append(peak_of(connector(archive).read(Tally())))
    assert peaks[1] < 1.3 * peaks[0] + 300_000


def peak_of(run: Iterator[object]) -> int:
    """Bytes that Python took at most while something was read."""
    tracemalloc.start()
    try:
        assert sum(1 for _ in run) > 500
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_nothing_is_left_running(connector):
    before = threading.active_count()
    hear(recording(connector.slug))
    deadline = time.monotonic() + 2
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() <= before

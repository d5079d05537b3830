"""Newer words replace older ones, older ones never newer ones."""

from ledger import append, changed, said, talk, words
from thirdplace.foundation.connectors.base import Kind
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.changing import NO_ORIGINAL, OLDER, OTHERWISE


def lake_of(*imports: list) -> Lake:  # type: ignore[type-arg]
    lake = Lake(1)
    for nth, items in enumerate(imports, 1):
        append(lake, items, nth)
    return lake


def test_an_edited_message_is_a_change() -> None:
    lake = lake_of(talk(0, 3))
    done = append(lake, [*talk(0, 1), said(1, "new words", edited=5), said(2)], 2)
    assert (done.added, done.already, done.changed) == (0, 2, 1)
    assert words(lake) == {"m0": "word 0", "m1": "new words", "m2": "word 2"}


def test_the_same_edit_again_is_known() -> None:
    lake = lake_of(talk(0, 3), [said(1, "new words", edited=5)])
    done = append(lake, [said(1, "new words", edited=5)], 3)
    assert (done.added, done.already, done.changed, dict(done.skipped)) == (0, 1, 0, {})


def test_an_older_export_does_not_bring_older_words_back() -> None:
    lake = lake_of([*talk(0, 1), said(1, "second words", edited=9)])
    done = append(lake, [said(1, "first words", edited=5)], 2)
    assert (done.changed, dict(done.skipped)) == (0, {OLDER: 1})
    assert words(lake)["m1"] == "second words"


def test_the_first_words_again_are_known_and_stay_replaced() -> None:
    lake = lake_of(talk(0, 3), [said(1, "new words", edited=5)])
    done = append(lake, talk(0, 3), 3)
    assert (done.already, done.changed) == (3, 0)
    assert words(lake)["m1"] == "new words"


def test_of_three_versions_the_newest_stands_in_whatever_order_they_come() -> None:
    versions = [said(1, "one"), said(1, "two", edited=5), said(1, "three", edited=6)]
    for order in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)):
        lake = Lake(10 + sum(10**nth * each for nth, each in enumerate(order)))
        for nth, each in enumerate(order, 1):
            append(lake, [*talk(0, 1), versions[each]], nth)
        assert words(lake)["m1"] == "three", order


def test_without_times_of_editing_the_archive_that_reaches_further_wins() -> None:
    lake = lake_of([*talk(0, 3), said(9, "last")])
    done = append(lake, [*talk(0, 1), said(1, "later words"), said(20, "much later")], 2)
    assert (done.added, done.changed) == (1, 1)
    assert words(lake)["m1"] == "later words"
    done = append(lake, [*talk(0, 1), said(1, "stale words"), said(15, "in between")], 3)
    assert (done.added, done.changed, dict(done.skipped)) == (1, 0, {OLDER: 1})
    assert words(lake)["m1"] == "later words"


def test_in_one_archive_the_newest_of_two_versions_is_kept() -> None:
    lake = Lake(1)
    done = append(lake, [*talk(0, 1), said(1, "one"), said(1, "three", edited=6), said(1, "two", edited=5)], 1)
    assert (done.added, done.changed, dict(done.skipped)) == (2, 1, {OTHERWISE: 1})
    assert words(lake)["m1"] == "three"


def test_the_platform_deletes_and_edits() -> None:
    lake = lake_of(talk(0, 4))
    events = [changed(1, Kind.DELETED, 7), changed(2, Kind.EDITED, 8, "mended")]
    done = append(lake, events, 2)
    assert (done.added, done.changed) == (0, 2)
    assert words(lake) == {"m0": "word 0", "m2": "mended", "m3": "word 3"}
    again = append(lake, events, 3)
    assert (again.added, again.already, again.changed) == (0, 2, 0)


def test_both_in_the_archive_that_holds_the_message() -> None:
    lake = lake_of([*talk(0, 4), changed(1, Kind.DELETED, 7), changed(2, Kind.EDITED, 8, "mended")])
    assert words(lake) == {"m0": "word 0", "m2": "mended", "m3": "word 3"}


def test_a_deletion_that_comes_before_the_message_holds() -> None:
    lake = lake_of([changed(1, Kind.DELETED, 7)], talk(0, 3))
    assert words(lake) == {"m0": "word 0", "m2": "word 2"}


def test_an_edit_of_something_unknown_is_said() -> None:
    done = append(Lake(1), [changed(1, Kind.EDITED, 7, "mended")], 1)
    assert (done.changed, dict(done.skipped)) == (0, {NO_ORIGINAL: 1})


def test_an_edit_and_a_deletion_of_one_moment_are_a_deletion() -> None:
    lake = lake_of(talk(0, 3), [changed(1, Kind.EDITED, 7, "mended"), changed(1, Kind.DELETED, 7)])
    assert "m1" not in words(lake)

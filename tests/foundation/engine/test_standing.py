"""The one door out: what stands after edits and deletions."""

import pytest

from thirdplace.foundation.engine.shapes import ACTIVITIES, SHAPES, sql
from thirdplace.foundation.engine.warehouse import put
from village import Village, moment, plain


@pytest.fixture
def stand():
    """Ask what stands of one message by Ann, after some changes: (change, day, text)."""

    def ask(*changes):
        made = Village(("ann", "said", 1, None, {"text": "first"}))
        tables = made.tables()
        row = made.activities[0]
        rows = [
            {**row, "text": text, "change": change, "changed_at": plain(moment(at))} for change, at, text in changes
        ]
        put(tables.connection, "changes", [[each.get(name) for name in SHAPES["changes"]] for each in rows])
        found = tables.query(sql(tables.everyone.select("text", *list(ACTIVITIES)[:1])))
        return [text for text, _key in found.fetchall()]

    return ask


def test_without_changes_the_first_words_stand(stand):
    assert stand() == ["first"]


def test_the_newest_of_two_edits_stands(stand):
    assert stand(("edited", 3, "third"), ("edited", 2, "second")) == ["third"]


def test_what_was_deleted_is_gone(stand):
    assert stand(("deleted", 2, None)) == []


def test_an_edit_after_a_deletion_stands(stand):
    assert stand(("deleted", 2, None), ("edited", 3, "back")) == ["back"]


def test_of_an_edit_and_a_deletion_at_once_the_deletion_counts(stand):
    assert stand(("edited", 2, "second"), ("deleted", 2, None)) == []

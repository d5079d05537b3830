"""What only the steward can tell of an archive is asked once, used, and kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from thirdplace.foundation.channels import answers, importing
from thirdplace.foundation.channels.models import Import, Source, TableColumns
from thirdplace.foundation.connectors.recognition import recognise
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community

ROWS = "moment,by,words,remark\n2025-07-03 10:00,Ada,It rained all day,wet\n2025-07-04 23:30,Bo,Then came the sun,dry\n"


def table(tmp_path: Path, text: str = ROWS, name: str = "talk.csv") -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


def said(community: Community) -> list[tuple[str, str]]:
    """The words in the index, with when, the oldest first."""
    found = Index(community.pk).latest(limit=50)
    return sorted((f"{each.happened_at:%d %H:%M}", each.text) for each in found)


def test_times_without_a_zone_are_the_communitys_and_stay_so(community, trouble: Callable, tmp_path):
    done = importing.import_archive(community, table(tmp_path))
    assert said(community) == [("03 08:00", "It rained all day"), ("04 21:30", "Then came the sun")]
    assert Source.objects.get().zone == "Europe/Amsterdam"
    Community.objects.update(zone="America/New_York")
    community.refresh_from_db()
    again = importing.import_archive(community, table(tmp_path))
    assert (done.added, again.added, again.already, again.changed) == (2, 0, 2, 0)
    assert trouble(community) == []


def test_a_zone_that_is_told_goes_first(community, tmp_path):
    importing.import_archive(community, table(tmp_path), zone="Asia/Tokyo")
    assert said(community)[0] == ("03 01:00", "It rained all day")


def test_columns_that_are_told_are_kept_for_the_next_table(community, trouble: Callable, tmp_path):
    path = table(tmp_path)
    assert answers.open_questions(community, recognise(path)) == ["columns", "zone"]
    importing.import_archive(community, path, columns={"text": "remark", "title": "words"})
    assert [words for _at, words in said(community)] == ["wet", "dry"]
    kept = TableColumns.objects.get()
    assert kept.mapping == {"when": "moment", "who": "by", "text": "remark", "title": "words"}
    later = table(tmp_path, ROWS.replace("-07-", "-08-").replace("wet", "damp"), name="talk 2025-08.csv")
    assert answers.open_questions(community, recognise(later)) == []
    importing.import_archive(community, later)
    assert sorted(words for _at, words in said(community)) == ["damp", "dry", "dry", "wet"]
    assert Source.objects.count() == 1
    assert trouble(community) == []


def test_an_empty_answer_takes_a_column_away(community, tmp_path):
    importing.import_archive(community, table(tmp_path), columns={"who": "", "text": "words"})
    assert "who" not in TableColumns.objects.get().mapping


@pytest.mark.parametrize("columns", [{"when": "nowhere"}, {"when": ""}, {"colour": "by"}])
def test_a_wrong_answer_fails_and_leaves_nothing(community, trouble: Callable, tmp_path, columns):
    with pytest.raises(ThirdplaceError):
        importing.import_archive(community, table(tmp_path), columns=columns)
    (row,) = Import.objects.all()
    assert (row.state, bool(row.what), bool(row.remedy)) == (Import.State.FAILED, True, True)
    assert (Source.objects.count(), TableColumns.objects.count()) == (0, 0)
    assert trouble(community) == []
